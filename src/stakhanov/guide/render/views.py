"""What the template of a term shows: everything worked out, nothing left to the template."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from stakhanov.guide.experiments import Declared
from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.answers import Outcome, judged
from stakhanov.guide.practice.gaps import gaps_of
from stakhanov.guide.render.badges import Badge, badges, sizes
from stakhanov.guide.render.body import body_html, words_html
from stakhanov.guide.render.charts import Chart, Row, charts, rows_of
from stakhanov.guide.render.linked_data import term_data
from stakhanov.guide.terms import Before, Question


@dataclass(frozen=True)
class Link:
    """A way to a page, and a word on it."""

    href: str
    title: str
    angle: str = ""
    where: str = ""


@dataclass(frozen=True)
class Trial:
    """An experiment that a page rests on or lets a reader try."""

    id: str
    title: str
    question: str
    predict: str
    options: tuple[str, ...]
    assumptions: tuple[str, ...]
    supports: str
    not_supported: str
    moves: tuple[str, ...]
    charts: tuple[Chart, ...]
    rows: tuple[Row, ...]
    sizes: str
    file: str  # the declaration, where it does not ship with the laboratory
    command: str


@dataclass(frozen=True)
class PointView:
    """A key point of an answer: the words of the model answer that carry it, and its claim."""

    words: str
    weight: str
    claim: str


@dataclass(frozen=True)
class QuestionView:
    """A review question with its model answer."""

    id: str
    prompt: str
    model: str
    points: tuple[PointView, ...]
    choices: tuple[str, ...]
    right: str


@dataclass(frozen=True)
class TermView:
    """A term's page."""

    id: str
    title: str
    gist: str
    aliases: tuple[str, ...]
    years: str
    unit: str
    also: tuple[Link, ...]
    see: tuple[Link, ...]
    before: Before | None
    answer: str  # to the question before
    body: str
    badges: tuple[Badge, ...]
    trials: tuple[Trial, ...]
    questions: tuple[QuestionView, ...]
    disputes: tuple[tuple[str, str, str, str], ...]
    works: tuple[str, ...]
    earlier: Link | None
    later: Link | None
    status: str
    within: str
    data: str


def term_view(library: Library, guide: Guide, page: Page) -> TermView:
    """A term as its page shows it."""
    term = page.term
    behind = badges(guide, page)
    ordered = guide.ordered()
    place = next(number for number, one in enumerate(ordered) if one is page)
    return TermView(
        id=term.id,
        title=term.title,
        gist=term.gist,
        aliases=term.aliases,
        years=f"{term.years[0]}–{term.years[1]}" if term.years else "",
        unit=next((unit.title for unit in guide.about.unit if term.id in unit.terms), ""),
        also=tuple(_also(library, page)),
        see=tuple(_link(one) for name in term.see if (one := guide.page(name)) is not None),
        before=term.before,
        answer=_answer(term.before),
        body=body_html(library, guide, page, _button(behind, _gaps(guide, page))),
        badges=tuple(behind.values()),
        trials=tuple(_trials(guide, page)),
        questions=tuple(_question(guide, one) for one in term.questions),
        disputes=tuple((one.claim, *row) for one in behind.values() for row in one.disputes),
        works=tuple(sorted({w.cited for one in behind.values() for w in one.witnesses})),
        earlier=_link(ordered[place - 1]) if place else None,
        later=_link(ordered[place + 1]) if place + 1 < len(ordered) else None,
        status=_status(page),
        within=_within(guide, page),
        data=term_data(guide, page),
    )


def _gaps(guide: Guide, page: Page) -> dict[str, list[str]]:
    """What a reader may be asked to fill in: what cards leave out of each claim."""
    found = {}
    for name in page.term.claims:
        sentence = " ".join(guide.sentence(page, name).split())
        found[name] = [sentence[gap.start : gap.end] for gap in gaps_of(guide, page, name)]
    return found


def _button(behind: dict[str, Badge], gaps: dict[str, list[str]]) -> Callable[[str], str]:
    """A badge: a button that opens its panel, with no script; what may be hidden of its claim goes with it."""

    def made(claim: str) -> str:
        badge = behind[claim]
        parts = escape(json.dumps(gaps.get(claim, []), ensure_ascii=False))
        return (
            f' <button type="button" class="badge {badge.kind}" popovertarget="evidence--{claim}"'
            f' aria-label="Evidence: {badge.label}" data-claim="{claim}" data-gaps="{parts}">'
            f"{badge.label}</button>"
        )

    return made


def _also(library: Library, page: Page) -> list[Link]:
    found = []
    for one in page.term.also_in:
        guide = library.guides.get(one.class_)
        if guide is not None and one.class_ in library.asked:
            found.append(Link(f"../{guide.id}/{one.term}.html", guide.about.title, one.angle))
        elif guide is not None:
            found.append(Link("", guide.about.title, one.angle))
    return found


def _link(page: Page) -> Link:
    return Link(f"{page.term.id}.html", page.term.title, page.term.gist)


def _trials(guide: Guide, page: Page) -> list[Trial]:
    return [
        _trial(guide, page, guide.experiments[name])
        for name in sorted(page.experiments)
        if name in guide.experiments
    ]


def _trial(guide: Guide, page: Page, declared: Declared) -> Trial:
    asked, tried = declared.experiment, page.term.try_
    own = tried if tried is not None and tried.experiment == declared.id else None
    ran = guide.lock.experiments.get(declared.id)
    says = " ".join(one.says for one in asked.expectations if one.says)
    return Trial(
        id=declared.id,
        title=asked.title,
        question=asked.question,
        predict=own.predict if own is not None else asked.predict,
        options=own.options if own is not None else (),
        assumptions=asked.assumptions,
        supports=own.supports if own is not None else says,
        not_supported=own.not_supported if own is not None else asked.does_not_support,
        moves=own.move if own is not None else (),
        charts=tuple(charts(declared, ran, page)) if ran is not None else (),
        rows=tuple(rows_of(declared, ran)) if ran is not None else (),
        sizes=sizes(ran) if ran is not None else "",
        file=f"experiments/{declared.id}.toml" if declared.own else "",
        command=f"stakhanov experiment {declared.id}{'.toml' if declared.own else ''}",
    )


def _question(guide: Guide, question: Question) -> QuestionView:
    verdicts = judged(question.model, question.points, question.prompt)
    points = []
    for point, verdict in zip(question.points, verdicts, strict=True):
        carried = verdict.outcome is Outcome.FOUND
        words = question.model[verdict.start : verdict.end] if carried else point.any[0]
        points.append(PointView(" ".join(words.split()), f"{point.weight:g}", point.claim))
    choices = question.choices
    return QuestionView(
        id=question.id,
        prompt=words_html(question.prompt, guide),
        model=words_html(question.model, guide),
        points=tuple(points),
        choices=tuple(sorted((choices.right, *choices.wrong))) if choices is not None else (),
        right=choices.right if choices is not None else "",
    )


def _answer(before: Before | None) -> str:
    """The right option and why it is, which may begin with it."""
    if before is None:
        return ""
    right = before.options[before.answer]
    return before.why if before.why.startswith(right) else f"{right}. {before.why}".strip()


def _status(page: Page) -> str:
    reviewed = page.term.reviewed
    when = f" on {reviewed.on.isoformat()}" if reviewed.on is not None else ""
    if reviewed.status == "reviewed":
        return f"Reviewed by {reviewed.by or 'the authors'}{when}."
    return f"A draft{when}: nobody but its authors has checked it."


def _within(guide: Guide, page: Page) -> str:
    """The work that a page stands in, as a citation names it."""
    year = page.term.reviewed.on.year if page.term.reviewed.on is not None else date.today().year
    return f"{guide.about.title}. Stakhanov study guides, {year}. {guide.about.licence}."
