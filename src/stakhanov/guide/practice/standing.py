"""How a learner stands before a class: what is remembered, what is left to do, what a test would bring."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.guide.practice.answers import Verdict
    from stakhanov.guide.practice.cards import Deck
    from stakhanov.guide.practice.learner import Learner
    from stakhanov.guide.practice.planner import Plan
    from stakhanov.guide.practice.prediction import Range
    from stakhanov.guide.practice.progress import Progress


def learner_of(deck: Deck, progress: Progress) -> Learner:
    """The learner before a class."""
    from stakhanov.guide.practice.learner import Learner

    return Learner.of(
        deck, progress.reviews(deck.guide), progress.sittings(deck.guide), progress.exam(deck.guide)
    )


def standing(learner: Learner, now: datetime) -> dict[str, Any]:
    """How a learner stands, as data: what is remembered, the exam, the plan, the range of a mock test."""
    found = [memory.recall(now) for memory in learner.memories() if memory is not None]
    known, asked = learner.firsts
    plan, outlook = learner.plan(now), learner.outlook(now)
    exam = (
        learner.exam.on.isoformat()
        if learner.exam is not None and learner.exam.on is not None
        else None
    )
    return {
        "cards": len(learner.deck.cards),
        "reviewed": len(found),
        "recall": sum(found) / len(found) if found else None,
        "first_answers": {"right": known, "asked": asked},
        "exam": exam,
        "plan": planned(plan) if plan is not None else None,
        "predicted": None
        if isinstance(outlook, str)
        else {"low": outlook.low, "high": outlook.high},
        "why_not": outlook if isinstance(outlook, str) else None,
        "terms": by_term(learner, now),
    }


def by_term(learner: Learner, now: datetime) -> list[dict[str, Any]]:
    """How a learner stands with each term, in the order of the class; `recall` is that of the cards begun."""
    titles = {card.term: card.title for card in learner.deck.cards}
    cards = Counter(card.term for card in learner.deck.cards)
    found: dict[str, list[float]] = {term: [] for term in titles}
    for card, memory in zip(learner.deck.cards, learner.memories(), strict=True):
        if memory is not None:
            found[card.term].append(memory.recall(now))
    return [
        {
            "term": term,
            "title": titles[term],
            "cards": cards[term],
            "reviewed": len(recalls),
            "recall": sum(recalls) / len(recalls) if recalls else None,
        }
        for term, recalls in found.items()
    ]


def planned(plan: Plan) -> dict[str, Any]:
    """A plan as data."""
    return {
        "days": plan.days,
        "minutes_a_day": plan.minutes,
        "recall": plan.expected,
        "without": plan.without,
        "target": plan.target,
        "reaches": plan.reaches,
    }


def told(learner: Learner, now: datetime, how: str) -> list[str]:
    """How a learner stands, in sentences; `how` says how an exam date is given."""
    plan = learner.plan(now)
    if plan is None:
        first = f"No exam date yet: {how} plans the minutes a day."
    elif plan.days == 0:
        first = "The exam is today or over."
    elif plan.minutes == 0:
        first = f"Exam in {days(plan.days)}: {percent(plan.without)} of it should be there without more work."
    else:
        aim = "" if plan.reaches else f", short of {percent(plan.target)}"
        first = (
            f"Exam in {days(plan.days)}: {plan.minutes} min a day should bring recall to "
            f"{percent(plan.expected)}{aim}; without, {percent(plan.without)}."
        )
    return [first, ranged(learner.outlook(now))]


def ranged(outlook: Range | str) -> str:
    """The range of a mock test, or why there is none."""
    if isinstance(outlook, str):
        return f"Mock test: {outlook}."
    low, high = outlook.points(100)
    held = "95 of 100 such tests, if the model of memory holds"
    return f"Mock test today: {low} to {high} of 100 points ({held})."


def marked(verdict: Verdict, answer: str) -> str:
    """A key point as a learner reads it: never wrong."""
    from stakhanov.guide.practice.answers import Outcome

    quote = f"“{answer[verdict.start : verdict.end]}”"
    match verdict.outcome:
        case Outcome.FOUND:
            return f"found      {verdict.point}: {quote}"
        case Outcome.UNSURE:
            return f"not sure   {verdict.point}: {quote}, for there is {verdict.why}"
        case _:
            return f"not found  {verdict.point}: did you say it another way?"


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.0f} %"


def days(count: int) -> str:
    """A number of days."""
    return counted(count, "day")
