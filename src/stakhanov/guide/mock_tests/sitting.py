"""A mock test as it is sat: every answer kept at once, resumed after a crash, marked only when handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stakhanov.guide.mock_tests.calibration import calibration, foretold, kept
from stakhanov.guide.mock_tests.drawing import Paper
from stakhanov.guide.practice.answers import Outcome
from stakhanov.guide.practice.asking import Asked, Judgement, asked, judge
from stakhanov.guide.practice.cards import Deck
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.prediction import Range, band, right
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review, Sitting, Taken, moment

#: From this credit on, an item counts as recalled when the misses are scheduled.
HALF = 0.5


@dataclass
class Attempt:
    """One sitting of a mock test, kept in a learner's progress."""

    deck: Deck
    progress: Progress
    sitting: Sitting
    clock: Callable[[], datetime] = moment

    @classmethod
    def begin(
        cls, learner: Learner, progress: Progress, paper: Paper, seed: int, *, assigned: str = ""
    ) -> Attempt:
        """Begin a test; what it should bring is written down before the first question."""
        said = expected(learner, paper, moment())
        items = tuple(
            Taken(
                card=item.asked.card.id, sort=item.sort, weight=item.weight, gap=item.asked.gap or 0
            )
            for item in paper.items
        )
        sitting = Sitting(
            guide=learner.deck.guide,
            minutes=paper.minutes,
            seed=seed,
            items=items,
            assigned=assigned,
        )
        if isinstance(said, Range):
            sitting = sitting.model_copy(
                update={"low": said.low, "high": said.high, "middle": said.middle}
            )
        progress.add(sitting)
        return cls(learner.deck, progress, sitting)

    @classmethod
    def unfinished(cls, deck: Deck, progress: Progress) -> Attempt | None:
        """The last test that was begun and not handed in, if all its cards are still in the class."""
        for sitting in reversed(progress.sittings(deck.guide)):
            if sitting.submitted is None and all(one.card in deck.by_name for one in sitting.items):
                return cls(deck, progress, sitting)
        return None

    def asked(self, place: int) -> Asked:
        """The question at a place, from 0."""
        item = self.sitting.items[place]
        return asked(self.deck.by_name[item.card], item.gap)

    def refresh(self) -> None:
        """See what another process did to the same test in the meantime."""
        for sitting in self.progress.sittings(self.deck.guide):
            if sitting.id == self.sitting.id:
                self.sitting = sitting

    def answer(self, place: int, said: str) -> None:
        """Keep an answer; on the disk when this returns."""
        self._change(place, answer=said, seen=True)

    def flag(self, place: int) -> bool:
        """Mark a question to come back to, or take the mark away; gives whether it is marked now."""
        self.refresh()
        flagged = not self.sitting.items[place].flagged
        self._change(place, flagged=flagged)
        return flagged

    def close(self) -> list[int]:
        """Change no answer any more; gives the places at which the learner may say what counts."""
        self.refresh()
        self.sitting = self.sitting.model_copy(update={"closed": True})
        self.progress.add(self.sitting)
        return unsure(self.judged())

    @property
    def open(self) -> list[int]:
        """Places without an answer, and those that are flagged."""
        return [
            place
            for place, item in enumerate(self.sitting.items)
            if item.flagged or not item.answer.strip()
        ]

    def judged(self) -> list[Judgement]:
        """What the judge says of every answer; an empty one has nothing in it."""
        return [
            judge(self.asked(place), item.answer) for place, item in enumerate(self.sitting.items)
        ]

    def credited(self, counting: Mapping[int, Mapping[str, bool]]) -> dict[int, float]:
        """What items count by which points the learner says do; "" stands for a whole answer."""
        judgements = self.judged()
        return {
            place: judgements[place].counting(said).share
            if judgements[place].verdicts
            else float(said.get("", False))
            for place, said in counting.items()
        }

    def submit(self, credits: Mapping[int, float] | None = None) -> Sitting:
        """Hand in. What was found counts, or what the learner says of items (`credits`, by place).

        Every answer is a review of its card, so that misses are scheduled. A test that another process
        handed in stays as it is.
        """
        self.refresh()
        if self.sitting.submitted is not None:
            return self.sitting
        now, given = self.clock(), dict(credits or {})
        judgements = self.judged()
        items = tuple(
            item.model_copy(update={"credit": given.get(place, judgements[place].share)})
            for place, item in enumerate(self.sitting.items)
        )
        done = self.sitting.model_copy(update={"items": items, "submitted": now})
        reviews: list[Review] = []
        texts: dict[str, str] = {}
        for item in items:
            card = self.deck.by_name[item.card]
            grade = Grade.GOT if (item.credit or 0.0) >= HALF else Grade.MISSED
            reviews.append(
                Review(card=card.id, at=now, grade=grade, learned=card.digest, answer=item.answer)
            )
            texts[card.digest] = card.learned
        self.progress.add(done, *reviews, texts=texts)
        self.sitting = done
        return done

    def _change(self, place: int, **change: object) -> None:
        self.refresh()
        if self.sitting.closed or self.sitting.submitted is not None:
            return
        items = list(self.sitting.items)
        items[place] = items[place].model_copy(update=change)
        self.sitting = self.sitting.model_copy(update={"items": tuple(items)})
        self.progress.add(self.sitting)


def expected(learner: Learner, paper: Paper, when: datetime) -> Range | str:
    """The range of the score on these items, or why none can be told, by the rule for the whole class."""
    said = learner.outlook(when)
    if isinstance(said, str):
        return said
    items = []
    for item in paper.items:
        memory = learner.memory(item.asked.card)
        chance = memory.recall(when) if memory is not None else learner.unseen
        items.append(
            (right(chance, item.asked.card.guess) if memory is not None else chance, item.weight)
        )
    return band(items, learner.error)


def told(sitting: Sitting) -> str:
    """What a test should bring, as it was reckoned before the first question."""
    if sitting.low is None or sitting.high is None:
        return "Not enough data yet to say what it will bring."
    low, high = Range(sitting.low, sitting.high, 0.0).points(100)
    return f"Expected: {low} to {high} of 100 points."


def sorts(sitting: Sitting) -> dict[str, float]:
    """The share that was credited of each sort of question, items of a sort counting alike."""
    found: dict[str, float] = {}
    for sort in dict.fromkeys(item.sort for item in sitting.items):
        items = [item for item in sitting.items if item.sort == sort]
        found[sort] = sum(item.credit or 0.0 for item in items) / len(items)
    return found


@dataclass(frozen=True)
class Parts:
    """A score in two numbers: on cards that were practised before, and on those never asked; None without."""

    practised: float | None
    unseen: float | None


def parts(sitting: Sitting, learner: Learner) -> Parts:
    """The score by what the learner had done before the test."""

    def share(known: bool) -> float | None:
        items = [item for item in sitting.items if bool(learner.reviews.get(item.card)) is known]
        whole = sum(item.weight for item in items)
        return sum(item.weight * (item.credit or 0.0) for item in items) / whole if whole else None

    return Parts(share(True), share(False))


def reliability(sittings: list[Sitting]) -> tuple[int, int] | None:
    """Of the tests with a predicted range, how many fell into it: (inside, all)."""
    told = foretold(sittings)
    return (sum(one.inside for one in told), len(told)) if told else None


def result_of(attempt: Attempt, learner: Learner) -> dict[str, Any]:
    """A test that was handed in, as data; `learner` as before it. Items whose cards are gone have no answer."""
    sitting = attempt.sitting
    two, all_ = parts(sitting, learner), attempt.progress.sittings(sitting.guide)
    record = reliability(all_)
    return {
        "handed_in": True,
        "score": sitting.score,
        "predicted": {"low": sitting.low, "high": sitting.high}
        if sitting.low is not None
        else None,
        "practised": two.practised,
        "unseen": two.unseen,
        "sorts": sorts(sitting),
        "reliability": {"inside": record[0], "tests": record[1]} if record is not None else None,
        "calibration": kept(calibration(all_)),
        "items": [
            {
                "card": item.card,
                "sort": item.sort,
                "weight": item.weight,
                "answer": item.answer,
                "credit": item.credit,
                "right": attempt.asked(place).right if item.card in attempt.deck.by_name else None,
            }
            for place, item in enumerate(sitting.items)
        ],
    }


def unsure(judgements: list[Judgement]) -> list[int]:
    """Places at which the judge was not sure: the learner may say what counts."""
    return [
        place
        for place, one in enumerate(judgements)
        if one.outcome is Outcome.UNSURE
        and (not one.verdicts or any(v.outcome is Outcome.UNSURE for v in one.verdicts))
    ]
