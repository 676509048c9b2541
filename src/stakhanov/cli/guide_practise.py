"""`stakhanov guide practise`: a learn session in the terminal, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.dialogue import Dialogue
from stakhanov.cli.failures import Interrupted
from stakhanov.cli.learning import HOW, Class, Place, deck_called
from stakhanov.cli.lesson import HELP, Lesson
from stakhanov.cli.options import Json
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.guide.guides import Guide
    from stakhanov.guide.practice.cards import Deck
    from stakhanov.guide.practice.learner import Learner
    from stakhanov.guide.practice.progress import Progress
    from stakhanov.guide.practice.session import Session

#: The shortest session, in minutes.
SHORTEST = 0.05


def practise(
    name: Class,
    *,
    exam: Annotated[
        str | None,
        typer.Option(
            "--exam", metavar="DATE", help="When the exam is, kept from then on; none forgets it."
        ),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(
            "--minutes",
            min=SHORTEST,
            help="Minutes of this session; else those of the plan, or 15.",
        ),
    ] = None,
    term: Annotated[
        list[str] | None,
        typer.Option("--term", metavar="TERM", help="Only this term; may be given many times."),
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Say how you stand and what is left to do, and stop.")
    ] = False,
    give: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write all progress into a file, and stop."),
    ] = None,
    take: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar="FILE",
            help="Take in progress that another machine wrote, and stop.",
        ),
    ] = None,
    place: Place = None,
    as_json: Json = False,
) -> None:
    """Learn a class: what gains most for its time, until the minutes are used up."""
    guide, deck = deck_called(name)
    asked_for = _terms(deck, term or ())
    day = _date(exam)
    from stakhanov.guide.practice.progress import Progress

    progress = Progress(place)
    try:
        if exam is not None:
            from stakhanov.guide.practice.reviews import ExamDay

            progress.add(ExamDay(guide=deck.guide, on=day))
        if give is not None or take is not None:
            _exchange(progress, give, take, as_json=as_json)
        elif plan:
            _stand(asked_for, progress, as_json=as_json)
        else:
            _learn(guide, asked_for, progress, (minutes, name), as_json=as_json)
    finally:
        progress.close()


def _terms(deck: Deck, given: Sequence[str]) -> Deck:
    """The deck, or the part of it that some terms make. Raises BadInput."""
    known = sorted({card.term for card in deck.cards})
    problems = [
        Problem("--term", "must be a term of the class", one, hint_of(one, known))
        for one in given
        if one not in known
    ]
    if problems:
        raise BadInput(problems)
    return deck.of_terms(frozenset(given)) if given else deck


def _date(text: str | None) -> date | None:
    if text is None or text == "none":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            [Problem("--exam", "must be a date such as 2026-12-31, or none", text)]
        ) from None


def _exchange(progress: Progress, give: Path | None, take: Path | None, *, as_json: bool) -> None:
    """Take in what another machine wrote, then write what is known now."""
    new = progress.read(take) if take is not None else 0
    kept = progress.write(give) if give is not None else progress.kept()
    data = {
        "imported": new,
        "reviews": len(kept.reviews),
        "sittings": len(kept.sittings),
        "file": str(give) if give is not None else None,
    }
    parts = [f"{new:,} new entries from {take}"] if take is not None else []
    parts += [f"{len(kept.reviews):,} answers written into {give}"] if give is not None else []
    output.answer(data, *parts, as_json=as_json)


def _stand(deck: Deck, progress: Progress, *, as_json: bool) -> None:
    from stakhanov.guide.practice.reviews import moment
    from stakhanov.guide.practice.standing import learner_of, standing, told

    learner, now = learner_of(deck, progress), moment()
    data = {"class": deck.guide, **standing(learner, now)}
    line = f"{deck.title}: {data['reviewed']} of {data['cards']} cards begun"
    output.answer(data, line, *told(learner, now, HOW), as_json=as_json)


def _learn(
    guide: Guide,
    deck: Deck,
    progress: Progress,
    asked: tuple[float | None, str],
    *,
    as_json: bool,
) -> None:
    from stakhanov.guide.practice.reviews import moment
    from stakhanov.guide.practice.session import USUAL, Session
    from stakhanov.guide.practice.standing import learner_of, standing, told

    minutes, name = asked
    learner, talk = learner_of(deck, progress), Dialogue(aside=as_json)
    planned = learner.plan(moment())
    usual = float(planned.minutes) if planned is not None and planned.minutes else USUAL
    session = Session(learner, progress, minutes if minutes is not None else usual)
    talk.say(deck.title)
    for line in told(learner, moment(), HOW):
        talk.say(line)
    talk.say(HELP)
    try:
        Lesson(talk, session).hold()
    except KeyboardInterrupt:
        talk.say()
        raise Interrupted(
            f"stopped; {counted(len(session.done), 'answer')} kept (stakhanov guide practise {name} goes on)"
        ) from None
    data = session.summed()
    after = learner_of(deck, progress)
    what, lines = _moved(guide, session, after)
    now = standing(after, moment())
    plan, test = told(after, moment(), HOW)
    told_before = lines and now["predicted"] is not None
    screen = [_ended(data), *lines, plan, *([] if told_before else [test])]
    output.answer({"class": deck.guide, **data, "moved": what, **now}, "", *screen, as_json=as_json)


def _moved(
    guide: Guide, session: Session, after: Learner
) -> tuple[dict[str, Any] | None, list[str]]:
    """What the session moved and what there is to try, as data and as lines; nothing without an answer."""
    from stakhanov.guide.practice.moved import kept, moved, tried
    from stakhanov.guide.practice.reviews import moment

    if not session.done:
        return None, []
    found, tries = moved(session, after, moment()), tried(guide, session)
    commands = [f"To try: {one.title} ({_command(guide, one.experiment)})" for one in tries]
    return kept(found, tries), [*found.told(), *commands]


def _command(guide: Guide, experiment: str) -> str:
    """How a terminal runs an experiment of a class."""
    declared = guide.experiments[experiment]
    return f"stakhanov experiment {declared.path if declared.own else declared.id}"


def _ended(data: dict[str, Any]) -> str:
    return (
        f"{counted(data['answers'], 'answer')} in {output.span(60 * data['minutes'])}: {data['got']} got, "
        f"{data['missed']} to come back to."
    )
