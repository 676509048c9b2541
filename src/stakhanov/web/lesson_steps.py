"""What a learner may wish of a session: to answer, to grade, the last answer back, a card left for today."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.practice.cards import Deck
from stakhanov.guide.practice.lessons import Held
from stakhanov.guide.practice.memory import Grade

#: Letters of one answer.
LONGEST = 4_000
#: Minutes of a session.
SHORTEST, MOST_MINUTES = 1.0, 180.0
#: Changes a session as it was wished; gives what is told of it.
Take = Callable[[Held], str]


def asked_card(held: Held) -> str:
    """The name of the card that is asked; empty when nothing is."""
    found = held.asks
    return found[0].card.id if found is not None else ""


def answering(card: str, said: str) -> Take:
    """An answer to a card; it changes no more once what is right was shown."""

    def take(held: Held) -> str:
        if held.said is None and asked_card(held) == card:
            held.answer(said)
        return ""

    return take


def grading(card: str, grade: Grade, points: Collection[str] | None) -> Take:
    """How it went, and which key points count as the learner sees it; without them the judge's word stands."""

    def take(held: Held) -> str:
        judgement = held.judgement
        if judgement is not None and asked_card(held) == card:
            verdicts = judgement.verdicts if points is not None else ()
            held.grade(grade, {one.point: one.point in (points or ()) for one in verdicts})
        return ""

    return take


def undoing(held: Held) -> str:
    """The last answer is taken back."""
    return "Nothing to undo." if held.undo() is None else "Taken back; here it is again."


def postponing(held: Held) -> str:
    """The card is asked no more today."""
    held.postpone()
    return "Not today, then."


def known_terms(cards: Deck, terms: Collection[str]) -> None:
    """Raises BadInput where one is no term of the class."""
    known = {card.term for card in cards.cards}
    problems = [
        Problem("term", "must be a term of the class", one) for one in terms if one not in known
    ]
    if problems:
        raise BadInput(problems)


def day_of(text: str) -> date | None:
    """A date; none where nothing is said. Raises BadInput."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput([Problem("on", "must be a date such as 2026-12-31", text)]) from None
