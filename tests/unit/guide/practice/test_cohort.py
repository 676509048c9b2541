"""What a group did, read at once, is what the logs of its learners say one by one."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stakhanov.guide.practice.cards import Card, Deck
from stakhanov.guide.practice.cohort import learned
from stakhanov.guide.practice.database import Database
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.misses import Learned, misses
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Override, Review, Sitting, Taken

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DECK = Deck(
    "c",
    "A class",
    tuple(Card(f"c/t#{n}", "t", "T", "recall", "ask", f"says {n}") for n in range(6)),
)


def test_misses_are_those_of_the_logs_one_by_one(tmp_path: Path) -> None:
    database, luck = Database(tmp_path / "progress.sqlite"), random.Random(7)
    names = [f"l-{n}" for n in range(9)]
    for name in [*names, "somebody else"]:
        progress = Progress(database, name)
        log = [
            Review(
                card=f"{luck.choice(('c', 'c', 'cc'))}/t#{luck.randrange(6)}",
                at=NOW - timedelta(seconds=luck.randrange(10_000)),
                grade=luck.choice((Grade.MISSED, Grade.GOT)),
                answer='"undone": true',
            )
            for _ in range(25)
        ]
        progress.add(
            *log, Override(question="c/t#1", point="p", answer="x", judged="found", credited=False)
        )
        for review in luck.sample(log, 6):
            progress.undo(review)
        item = Taken(card="c/t#1", sort="recall", weight=1.0, credit=0.5)
        progress.add(Sitting(guide="c", minutes=9, items=(item,), submitted=NOW, assigned="a"))
    slow = [
        Learned(progress.reviews("c"), progress.overrides("c"), progress.sittings("c"))
        for progress in (Progress(database, name) for name in names)
    ]
    fast = learned(database, "c", names)
    assert misses(DECK, fast) == misses(DECK, slow)
    assert len(misses(DECK, fast)) == 6
    assert [one.sittings for one in fast] == [tuple(one.sittings) for one in slow]
    assert all(len({a.card for a in one.reviews}) == len(one.reviews) for one in fast)
    database.close()
