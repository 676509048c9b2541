"""`stakhanov guide test`: a mock test in the terminal, marked only when it is handed in."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.dialogue import Dialogue
from stakhanov.cli.examination import HELP, Examination
from stakhanov.cli.failures import Interrupted
from stakhanov.cli.learning import Class, Place, deck_called
from stakhanov.cli.options import Json
from stakhanov.cli.output import Table
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.guide.mock_tests.sitting import Attempt
    from stakhanov.guide.practice.cards import Deck
    from stakhanov.guide.practice.learner import Learner
    from stakhanov.guide.practice.progress import Progress

#: Tests whose ranges are shown beside their scores.
LATEST = 8


def mock_test(
    name: Class,
    *,
    minutes: Annotated[
        float | None,
        typer.Option(
            "--minutes", min=1.0, help="A shorter test in proportion; else the exam's minutes."
        ),
    ] = None,
    weak: Annotated[bool, typer.Option("--weak", help="Ask what you recall least.")] = False,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Which test is drawn; else a new one.")
    ] = None,
    anew: Annotated[
        bool,
        typer.Option("--new", help="Begin anew, even where a test was begun and not handed in."),
    ] = False,
    place: Place = None,
    as_json: Json = False,
) -> None:
    """Sit a mock test of a class; what it should bring is told as a range, before and after."""
    _, deck = deck_called(name)
    from stakhanov.guide.mock_tests.sitting import Attempt
    from stakhanov.guide.practice.progress import Progress
    from stakhanov.guide.practice.standing import learner_of

    progress = Progress(place)
    try:
        learner, talk = learner_of(deck, progress), Dialogue(aside=as_json)
        attempt = None if anew else Attempt.unfinished(deck, progress)
        if attempt is not None:
            talk.say("Going on with the test that was begun (--new begins another).")
        else:
            chosen = random.randrange(1_000_000) if seed is None else seed
            attempt = _begun(learner, progress, talk, (chosen, minutes, weak))
        _conditions(attempt, deck, talk)
        try:
            handed_in = Examination(talk, attempt).hold()
        except KeyboardInterrupt:
            talk.say()
            raise Interrupted(
                f"stopped; answers are kept (stakhanov guide test {name} goes on)"
            ) from None
        data, screen = _result(attempt, learner) if handed_in else _left(attempt, name)
        output.answer({"class": deck.guide, **data}, "", *screen, as_json=as_json)
    finally:
        progress.close()


def _begun(
    learner: Learner, progress: Progress, talk: Dialogue, asked: tuple[int, float | None, bool]
) -> Attempt:
    from stakhanov.guide.mock_tests.drawing import drawn, recalled
    from stakhanov.guide.mock_tests.sitting import Attempt
    from stakhanov.guide.practice.reviews import moment

    seed, minutes, weak = asked
    paper = drawn(learner.deck, seed, minutes, recalled(learner, moment()) if weak else None)
    for sentence in paper.short_of:
        talk.say(sentence)
    return Attempt.begin(learner, progress, paper, seed)


def _conditions(attempt: Attempt, deck: Deck, talk: Dialogue) -> None:
    from stakhanov.guide.mock_tests.sitting import told

    sitting = attempt.sitting
    talk.say(f"{deck.title}: mock test {sitting.seed}")
    talk.say(
        f"{len(sitting.items)} questions, {sitting.minutes:.0f} minutes by the exam's measure; "
        "nothing is marked until you hand it in, and every answer is kept."
    )
    talk.say(told(sitting))
    talk.say(HELP)


def _left(attempt: Attempt, name: str) -> tuple[dict[str, Any], list[str]]:
    answered = sum(bool(item.answer.strip()) for item in attempt.sitting.items)
    said = (
        f"Not handed in: {counted(answered, 'answer')} kept; stakhanov guide test {name} goes on."
    )
    return {"handed_in": False, "answered": answered, "items": len(attempt.sitting.items)}, [said]


def _result(attempt: Attempt, learner: Learner) -> tuple[dict[str, Any], list[str | Table]]:
    from stakhanov.guide.mock_tests.sitting import result_of

    data = result_of(attempt, learner)
    return data, _screen(attempt, data)


def _calibration(attempt: Attempt) -> list[str | Table]:
    """How ranges held so far, the latest tests as lines from 0 to 100 points; nothing before the third."""
    from stakhanov.guide.mock_tests.calibration import calibration, held, strip

    tests = calibration(attempt.progress.sittings(attempt.deck.guide))
    if not tests:
        return []
    rows = [
        (
            str(one.at.astimezone().date()),
            f"{one.points[0]} to {one.points[1]}",
            f"{100 * one.score:.0f}",
            strip(one),
        )
        for one in tests[-LATEST:]
    ]
    columns = ("handed in", "told before", "came", "0 to 100: range -, score o, outside x")
    return [held(tests), Table(columns, rows, ("told before", "came")), ""]


def _screen(attempt: Attempt, data: dict[str, Any]) -> list[str | Table]:
    from stakhanov.guide.mock_tests.sitting import told
    from stakhanov.guide.practice.standing import percent

    screen: list[str | Table] = [f"{percent(data['score'])} of the points. {told(attempt.sitting)}"]
    for name, share in (
        ("practised before", data["practised"]),
        ("never practised", data["unseen"]),
    ):
        if share is not None:
            screen.append(f"On what was {name}: {percent(share)}.")
    screen += _calibration(attempt)
    screen.append(
        Table(("sort", "found"), [(k, percent(v)) for k, v in data["sorts"].items()], ("found",))
    )
    missed = [
        (place, item)
        for place, item in enumerate(attempt.sitting.items)
        if (item.credit or 0.0) < 1.0
    ]
    if missed:
        screen += ["", "To come back to (they are scheduled):"]
    for place, _ in missed:
        asked = attempt.asked(place)
        screen.append(f"{place + 1}. {asked.card.title}: {asked.right}")
        screen += [f"   ({work})" for work in asked.card.evidence[:2]]
    return screen
