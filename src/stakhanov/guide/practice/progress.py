"""A learner's progress in a database.

Every answer is on the disk before the next question is shown: a crash takes at most the answer that was
being typed. Two processes, or two machines by files that are sent, add to one log; entries are known by
their names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, select

from stakhanov.foundation.declaration import Declaration, declared
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.practice.database import ENTRIES, Database
from stakhanov.guide.practice.reviews import ExamDay, Kept, Lesson, Override, Review, Sitting

#: The learner at a machine of their own.
ME = "me"
#: What an entry is known by; one that is known already makes place for the new one.
_KEY = ("learner", "kind", "id")
_forget = ENTRIES.delete().where(*(ENTRIES.c[name] == bindparam(f"old_{name}") for name in _KEY))

D = TypeVar("D", bound=Declaration)
Entry = Review | Override | ExamDay | Sitting


class Progress:
    """What one learner did, in a database at a place: a file, or an address such as `postgresql://...`."""

    def __init__(self, place: str | Path | Database | None = None, learner: str = ME) -> None:
        self.database = place if isinstance(place, Database) else Database(place)
        self.place = self.database.place
        self.learner = learner

    def close(self) -> None:
        """Let the database go."""
        self.database.close()

    def add(
        self,
        *entries: Entry | Lesson,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Keep entries, all or none; one of the same name is replaced. `texts`: what was learned, by digest."""
        said = {
            digest: json.dumps(text, ensure_ascii=False) for digest, text in (texts or {}).items()
        }
        rows = [("text", digest, "", "", body) for digest, body in said.items()]
        rows += [(*_label(one), json.dumps(one.plain(), ensure_ascii=False)) for one in entries]
        last = {row[:2]: row for row in rows}
        columns = ("kind", "id", "of", "at", "body")
        named = [
            dict(zip(columns, row, strict=True), learner=self.learner) for row in last.values()
        ]
        keys = [{f"old_{name}": row[name] for name in _KEY} for row in named]
        if rows:
            with self.database.writing() as connection:
                connection.execute(_forget, keys)
                connection.execute(ENTRIES.insert(), named)

    def reviews(self, guide: str) -> list[Review]:
        """Answers that count, of one class, in the order of their time."""
        found = self._read(Review, "review", guide)
        return sorted((one for one in found if not one.undone), key=lambda one: (one.at, one.id))

    def undo(self, review: Review) -> None:
        """Take an answer back."""
        self.add(review.model_copy(update={"undone": True}))

    def exam(self, guide: str) -> ExamDay:
        """When a class is examined, as far as the learner has said."""
        return next(iter(self._read(ExamDay, "exam", guide)), ExamDay(guide=guide))

    def sittings(self, guide: str) -> list[Sitting]:
        """Mock tests of a class, begun and done, in the order of their time."""
        return sorted(self._read(Sitting, "sitting", guide), key=lambda one: (one.started, one.id))

    def lesson(self, guide: str) -> Lesson | None:
        """The learn session of a class that was begun last."""
        found = self._read(Lesson, "lesson", guide)
        return max(found, key=lambda one: one.started, default=None)

    def overrides(self, guide: str) -> list[Override]:
        """Key points on which the learner overruled the judge."""
        return sorted(self._read(Override, "override", guide), key=lambda one: (one.at, one.id))

    def text(self, digest: str) -> str | None:
        """What was learned, by its digest."""
        with self.database.reading() as connection:
            return self._texts(connection).get(digest)

    def kept(self) -> Kept:
        """Everything, to be told to another machine."""
        with self.database.reading() as connection:
            texts = self._texts(connection)
        return Kept(
            reviews=tuple(sorted(self._read(Review, "review", None), key=_when)),
            overrides=tuple(sorted(self._read(Override, "override", None), key=_when)),
            exams=tuple(sorted(self._read(ExamDay, "exam", None), key=_when)),
            sittings=tuple(sorted(self._read(Sitting, "sitting", None), key=_when)),
            texts=dict(sorted(texts.items())),
        )

    def write(self, file: Path) -> Kept:
        """Write everything into a file. Raises OSError."""
        kept = self.kept()
        text = json.dumps(kept.plain(), ensure_ascii=False, indent=1) + "\n"
        write_atomically(file, text.encode("utf-8"))
        return kept

    def read(self, file: Path) -> int:
        """Take in what another machine wrote; gives how many entries are new. Raises BadInput."""
        return self.take(declared(Kept, _plain(file)))

    def take(self, kept: Kept) -> int:
        """Take in what another machine knows: the union of both logs, less what was taken back in either."""
        mine = self.kept()
        known = {_label(one)[:2]: one for one in _all(mine)}
        coming = [one for one in _all(kept) if _newer(one, known.get(_label(one)[:2]))]
        self.add(*coming, texts={k: v for k, v in kept.texts.items() if k not in mine.texts})
        return sum(_label(one)[:2] not in known for one in coming)

    def _read(self, kind: type[D], name: str, guide: str | None) -> list[D]:
        asked = select(ENTRIES.c.body).where(
            ENTRIES.c.learner == self.learner, ENTRIES.c.kind == name
        )
        if guide is not None:
            asked = asked.where(
                (ENTRIES.c.of == guide) | ENTRIES.c.of.startswith(f"{guide}/", autoescape=True)
            )
        with self.database.reading() as connection:
            return [kind.model_validate_json(body) for (body,) in connection.execute(asked)]

    def _texts(self, connection: Connection) -> dict[str, str]:
        asked = select(ENTRIES.c.id, ENTRIES.c.body).where(
            ENTRIES.c.learner == self.learner, ENTRIES.c.kind == "text"
        )
        return {digest: json.loads(body) for digest, body in connection.execute(asked)}


def _label(entry: Declaration) -> tuple[str, str, str, str]:
    """Kind, name, what it is of, and when: the columns of an entry."""
    match entry:
        case Review():
            return "review", entry.id, entry.card, entry.at.astimezone(UTC).isoformat()
        case Override():
            return "override", entry.id, entry.question, entry.at.astimezone(UTC).isoformat()
        case Sitting():
            return "sitting", entry.id, entry.guide, entry.started.astimezone(UTC).isoformat()
        case Lesson():
            return "lesson", entry.guide, entry.guide, entry.started.astimezone(UTC).isoformat()
        case ExamDay():
            return "exam", entry.guide, entry.guide, ""
        case _:
            raise AssertionError("a kind of entry without a label")


def _when(entry: Declaration) -> tuple[str, ...]:
    return _label(entry)[:0:-1]


def _all(kept: Kept) -> Iterable[Entry]:
    return (*kept.reviews, *kept.overrides, *kept.exams, *kept.sittings)


def _newer(coming: Entry, known: Entry | None) -> bool:
    """Whether an entry says more than the one of its name that is known."""
    if known is None:
        return True
    if isinstance(coming, Review) and isinstance(known, Review):
        return coming.undone and not known.undone
    if isinstance(coming, Sitting) and isinstance(known, Sitting):
        return coming.submitted is not None and known.submitted is None
    return False


def _plain(file: Path) -> dict[str, Any]:
    try:
        plain = json.loads(file.read_bytes())
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise BadInput([Problem(str(file), "must be a file one may read", said)]) from None
    except (ValueError, RecursionError):
        raise BadInput([Problem(str(file), "must be JSON", "something else")]) from None
    if not isinstance(plain, dict):
        raise BadInput([Problem(str(file), "must be an object", type(plain).__name__)])
    return plain
