"""What the learners of a group did with a class, read at once.

A teacher's page asks for every answer of a group. So there is one question to the database for all learners,
and of each learner's answers to a card only the last that counts is read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from stakhanov.guide.practice.database import ENTRIES, Database
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.misses import Answer, Learned
from stakhanov.guide.practice.reviews import Override, Sitting

_KINDS = ("review", "override", "sitting")


def learned(database: Database, guide: str, learners: Sequence[str]) -> list[Learned]:
    """What each learner did, in the order of the names; of a card only the last answer."""
    entry = ENTRIES.c
    of_class = (entry.of == guide) | entry.of.startswith(f"{guide}/", autoescape=True)
    asked = select(entry.learner, entry.kind, entry.of, entry.at, entry.body).where(
        entry.learner.in_(learners), entry.kind.in_(_KINDS), of_class
    )
    with database.reading() as connection:
        rows = sorted(connection.execute(asked), key=lambda row: row[3], reverse=True)
    answers: dict[str, dict[str, Answer]] = {name: {} for name in learners}
    overrides: dict[str, list[Override]] = {name: [] for name in learners}
    sittings: dict[str, list[Sitting]] = {name: [] for name in learners}
    for learner, kind, of, _, body in rows:
        if kind == "override":
            overrides[learner].append(Override.model_validate_json(body))
        elif kind == "sitting":
            sittings[learner].append(Sitting.model_validate_json(body))
        elif of not in answers[learner] and not (plain := json.loads(body))["undone"]:
            when = datetime.fromisoformat(plain["at"])
            answers[learner][of] = Answer(of, when, Grade(plain["grade"]))
    return [
        Learned(tuple(answers[name].values()), tuple(overrides[name]), tuple(sittings[name]))
        for name in learners
    ]
