"""A learner's progress in a database: SQLite in one file, or another by its address.

Every answer is on the disk before the next question is shown: a crash takes at most the answer that was
being typed. Two processes, or two machines by files that are sent, add to one log; entries are known by
their names.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    inspect,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from stakhanov.foundation.declaration import Declaration, declared
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.practice.reviews import FORMAT, ExamDay, Kept, Override, Review, Sitting

ADDRESS = "STAKHANOV_PROGRESS"
#: Seconds to wait for another process that writes.
PATIENCE = 10

_tables = MetaData()
_about = Table("about", _tables, Column("key", String(40), primary_key=True), Column("value", Text))
#: One row an entry: whose it is, what kind, which, of what (class or card), when, and the entry itself as
#: JSON.
_entries = Table(
    "entry",
    _tables,
    Column("learner", String(100), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("id", String(400), primary_key=True),
    Column("of", String(400), index=True, nullable=False),
    Column("at", String(40), nullable=False),
    Column("body", Text, nullable=False),
)

#: What an entry is known by; one that is known already makes place for the new one.
_KEY = ("learner", "kind", "id")
_forget = _entries.delete().where(*(_entries.c[name] == bindparam(f"old_{name}") for name in _KEY))

D = TypeVar("D", bound=Declaration)


def usual_place() -> str:
    """`STAKHANOV_PROGRESS`, or a file below the user's folder of data. Raises BadInput without a home."""
    if given := os.environ.get(ADDRESS):
        return given
    try:
        base = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    except RuntimeError:
        raise BadInput(
            [Problem(ADDRESS, "must name a file where there is no home", "nothing")]
        ) from None
    return str(base / "stakhanov" / "progress.sqlite")


class Progress:
    """What one learner did, in a database at a place: a file, or an address such as `postgresql://...`."""

    def __init__(self, place: str | Path | None = None, learner: str = "me") -> None:
        where = str(place or usual_place())
        self.place = _shown(where)
        self.learner = learner
        self.engine = _engine(where)
        with self._writing() as connection:
            _settle(connection, self.place)

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def add(
        self,
        *entries: Review | Override | ExamDay | Sitting,
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
            with self._writing() as connection:
                connection.execute(_forget, keys)
                connection.execute(_entries.insert(), named)

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

    def overrides(self, guide: str) -> list[Override]:
        """Key points on which the learner overruled the judge."""
        return sorted(self._read(Override, "override", guide), key=lambda one: (one.at, one.id))

    def text(self, digest: str) -> str | None:
        """What was learned, by its digest."""
        with self._reading() as connection:
            return self._texts(connection).get(digest)

    def kept(self) -> Kept:
        """Everything, to be told to another machine."""
        with self._reading() as connection:
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
        asked = select(_entries.c.body).where(
            _entries.c.learner == self.learner, _entries.c.kind == name
        )
        if guide is not None:
            asked = asked.where(
                (_entries.c.of == guide) | _entries.c.of.startswith(f"{guide}/", autoescape=True)
            )
        with self._reading() as connection:
            return [kind.model_validate_json(body) for (body,) in connection.execute(asked)]

    def _texts(self, connection: Connection) -> dict[str, str]:
        asked = select(_entries.c.id, _entries.c.body).where(
            _entries.c.learner == self.learner, _entries.c.kind == "text"
        )
        return {digest: json.loads(body) for digest, body in connection.execute(asked)}

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _told(self.place), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _told(self.place), self.engine.connect() as connection:
            yield connection


Entry = Review | Override | ExamDay | Sitting


def _label(entry: Declaration) -> tuple[str, str, str, str]:
    """Kind, name, what it is of, and when: the columns of an entry."""
    match entry:
        case Review():
            return "review", entry.id, entry.card, entry.at.astimezone(UTC).isoformat()
        case Override():
            return "override", entry.id, entry.question, entry.at.astimezone(UTC).isoformat()
        case Sitting():
            return "sitting", entry.id, entry.guide, entry.started.astimezone(UTC).isoformat()
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


def _shown(place: str) -> str:
    """A place as sentences name it: without the password of an address."""
    return re.sub(r"(://[^/@]*?):[^/]*@", r"\1:***@", place)


def _engine(place: str) -> Any:
    if "://" in place:
        try:
            return create_engine(make_url(place))
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            said = str(error).splitlines()[0]
            raise BadInput(
                [Problem("progress", "must be the address of a database", said)]
            ) from None
    path = Path(place).expanduser()
    if path.is_dir():
        raise BadInput([Problem(place, "must be a file", "a folder")])
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _on_disk(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA synchronous = FULL")

    return engine


def _settle(connection: Connection, place: str) -> None:
    """Make the tables of a new database; refuse one that is no progress, or of a newer program."""
    there = inspect(connection).get_table_names()
    if there and "about" not in there:
        raise BadInput([Problem(place, "must be a database of progress", f"one of {there[0]}")])
    _tables.create_all(connection)
    found = connection.execute(select(_about.c.value).where(_about.c.key == "format")).scalar()
    if found is None:
        connection.execute(_about.insert().values(key="format", value=str(FORMAT)))
    elif found != str(FORMAT):
        hint = "written by a newer stakhanov"
        raise BadInput([Problem(place, f"must be of format {FORMAT}", str(found), hint)])


@contextmanager
def _told(place: str) -> Iterator[None]:
    """What a database says, as a sentence: a file that is none, a lock that stays, a full disk."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        if "locked" in said:
            raise BadInput(
                [Problem(place, "must be free", "another process that writes")]
            ) from None
        if "not a database" in said or "malformed" in said:
            must, hint = "must be a database of progress", "move it away to begin anew"
            raise BadInput([Problem(place, must, said, hint)]) from None
        raise OSError(None, said, place) from error
