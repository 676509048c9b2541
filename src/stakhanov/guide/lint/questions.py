"""Questions: their answers state no number of their own, and satisfy their own key points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stakhanov.guide.agreement import agrees
from stakhanov.guide.figures import Figure, figures, measures
from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.numbers import DISAGREES, UNBOUND, nameless, names_of
from stakhanov.guide.lint.registry import Desk, known, on_pages
from stakhanov.guide.live import LIVE
from stakhanov.guide.practice.answers import Outcome, judged

MISSES = known("model-misses-point", "a model answer does not satisfy one of its own key points")


@on_pages
def misses(desk: Desk) -> Iterable[Finding]:
    """Key points that the model answer does not hold."""
    for index, question in enumerate(desk.page.term.questions):
        verdicts = judged(question.model, question.points, question.prompt)
        for place, verdict in enumerate(verdicts):
            if verdict.outcome is not Outcome.FOUND:
                why = f", because of {verdict.why}" if verdict.why else ""
                message = (
                    f"{question.id}: the model answer must hold its key point {verdict.point};"
                    f" found it {verdict.outcome.value}{why}"
                )
                yield desk.at(MISSES, message, "questions", index, "points", place)


@on_pages
def unbound(desk: Desk) -> Iterable[Finding]:
    """Numbers of answers and summaries that no claim of the page states."""
    names = names_of(desk)
    stated = _stated(desk)
    lives = {
        "".join(value.text.split())
        for claim in desk.page.term.claims.values()
        for value in claim.values
        if value.result
    }
    errors = {
        value.text.casefold()
        for claim in desk.page.term.claims.values()
        for value in claim.values
        if value.quotes_error
    }
    for what, text, steps in _answers(desk):
        blank = nameless(text, names)
        for figure in figures(blank):
            if figure.spelt and not measures(blank, figure.end):
                continue  # a count such as two reasons
            if _among(figure, stated):
                continue
            if figure.text.casefold() in errors:
                message = f"{what} must not state the known error {figure.text!r}; found it"
                yield desk.at(DISAGREES, message, *steps)
            else:
                message = (
                    f"{what} must state only numbers of the page's claims; found {figure.text!r}"
                )
                yield desk.at(UNBOUND, message, *steps)
        for match in LIVE.finditer(text):
            if "".join(match[0].split()) not in lives:
                message = (
                    f"{what} must show only live values of the page's claims; found {match[0]}"
                )
                yield desk.at(UNBOUND, message, *steps)


def _answers(desk: Desk) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Texts of the front matter that a reader takes for true."""
    term = desk.page.term
    yield "the gist", term.gist, ("gist",)
    for index, question in enumerate(term.questions):
        yield f"{question.id}: the prompt", question.prompt, ("questions", index, "prompt")
        yield f"{question.id}: the model answer", question.model, ("questions", index, "model")
        if question.choices is not None:
            right = question.choices.right
            yield f"{question.id}: the right choice", right, ("questions", index, "choices")
    if term.before is not None:
        answer = term.before.options[term.before.answer]
        yield "the answer before reading", answer, ("before", "answer")
        yield "the reason before reading", term.before.why, ("before", "why")
    if term.try_ is not None:
        yield "what the run supports", term.try_.supports, ("try", "supports")
        yield "what the run does not support", term.try_.not_supported, ("try", "not_supported")


def _stated(desk: Desk) -> list[tuple[Figure, list[object]]]:
    """The numbers that claims state, with the facts behind them."""
    found: list[tuple[Figure, list[object]]] = []
    for claim in desk.page.term.claims.values():
        for value in claim.values:
            if value.quotes_error or value.result:
                continue
            facts = [fact.value for one in value.fact if (fact := desk.guide.fact(one)) is not None]
            found += [(figure, list(facts)) for figure in figures(value.text)]
    return found


def _among(figure: Figure, stated: Iterable[tuple[Figure, list[object]]]) -> bool:
    for other, facts in stated:
        if (figure.low, figure.high, figure.day) == (other.low, other.high, other.day):
            return True
        if figure.years is not None and figure.years == other.years and _vaguer(figure, other):
            return True
        if any(agrees(figure.text, "", fact, 0.0) for fact in facts):  # type: ignore[arg-type]
            return True
    return False


def _vaguer(figure: Figure, other: Figure) -> bool:
    """Whether a date says no more than another of the same years."""
    mine, theirs = figure.day, other.day
    if mine is None or mine.month is None:
        return True
    return theirs is not None and mine.month == theirs.month and mine.days in (None, theirs.days)
