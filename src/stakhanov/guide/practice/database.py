"""The database that progress is kept in: SQLite in one file, or another by its address.

What is written is on the disk before whoever wrote it goes on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    inspect,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.practice.reviews import FORMAT

ADDRESS = "STAKHANOV_PROGRESS"
#: Seconds to wait for another process that writes.
PATIENCE = 10

_tables = MetaData()
_about = Table("about", _tables, Column("key", String(40), primary_key=True), Column("value", Text))
#: One row an entry: whose it is, what kind, which, of what (class or card), when, and the entry itself as
#: JSON.
ENTRIES = Table(
    "entry",
    _tables,
    Column("learner", String(100), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("id", String(400), primary_key=True),
    Column("of", String(400), index=True, nullable=False),
    Column("at", String(40), nullable=False),
    Column("body", Text, nullable=False),
)
#: Learners that were given a class together: by the code they join with, and the digest of the teacher's key.
GROUPS = Table(
    "study_group",
    _tables,
    Column("id", String(40), primary_key=True),
    Column("code", String(20), unique=True, nullable=False),
    Column("key", String(64), unique=True, nullable=False),
    Column("guide", String(200), nullable=False),
    Column("title", String(200), nullable=False),
    Column("made", String(40), nullable=False),
)
#: Learners of a server by the digest of their key; `of` names the group, or is empty.
MEMBERS = Table(
    "member",
    _tables,
    Column("key", String(64), primary_key=True),
    Column("of", String(40), index=True, nullable=False),
    Column("name", String(100), nullable=False),
    Column("learner", String(100), unique=True, nullable=False),
    Column("joined", String(40), nullable=False),
)
#: Mock tests that a teacher set a group: the seed draws the same for everybody.
ASSIGNMENTS = Table(
    "assignment",
    _tables,
    Column("id", String(40), primary_key=True),
    Column("of", String(40), index=True, nullable=False),
    Column("title", String(200), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("minutes", Float, nullable=False),
    Column("made", String(40), nullable=False),
)


class Unkept(OSError):
    """Progress cannot be read or written now: another process writes, a disk is full or read-only."""


class Unusable(BadInput):
    """A place where no progress can be: another program's file, one that is damaged, a newer one."""


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


class Database:
    """A place of progress: a file, or an address such as `postgresql://...`."""

    def __init__(self, place: str | Path | None = None) -> None:
        where = str(place or usual_place())
        self.place = shown(where)
        self.engine = _engine(where)
        with self.writing() as connection:
            _settle(connection, self.place)

    def close(self) -> None:
        """Let it go."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept together, or none of them."""
        with _told(self.place), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that changes nothing."""
        with _told(self.place), self.engine.connect() as connection:
            yield connection


def shown(place: str) -> str:
    """A place as sentences name it: without the password of an address."""
    return re.sub(r"(://[^/@]*?):[^/]*@", r"\1:***@", place)


def _engine(place: str) -> Any:
    if "://" in place:
        try:
            return create_engine(make_url(place))
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            said = str(error).splitlines()[0]
            raise Unusable(
                [Problem("progress", "must be the address of a database", said)]
            ) from None
    path = Path(place).expanduser()
    if path.is_dir():
        raise Unusable([Problem(place, "must be a file", "a folder")])
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unkept(error.errno, error.strerror, error.filename) from None
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _on_disk(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is not left in the file

    return engine


def _settle(connection: Connection, place: str) -> None:
    """Make the tables of a new database; refuse one that is no progress, or of a newer program."""
    there = inspect(connection).get_table_names()
    if there and "about" not in there:
        raise Unusable([Problem(place, "must be a database of progress", f"one of {there[0]}")])
    _tables.create_all(connection)
    found = connection.execute(select(_about.c.value).where(_about.c.key == "format")).scalar()
    if found is None:
        connection.execute(_about.insert().values(key="format", value=str(FORMAT)))
    elif found != str(FORMAT):
        hint = "written by a newer stakhanov"
        raise Unusable([Problem(place, f"must be of format {FORMAT}", str(found), hint)])


#: What SQLite says, and how it is told.
_SAID = {
    "locked": "another process writes to it",
    "full": "the disk is full",
    "readonly": "it may not be written to",
    "unable to open": "it cannot be opened",
    "disk I/O": "the disk does not answer",
}


@contextmanager
def _told(place: str) -> Iterator[None]:
    """What a database says, as a sentence: a file that is none, a lock that stays, a full disk."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        if "not a database" in said or "malformed" in said:
            must, hint = "must be a database of progress", "move it away to begin anew"
            raise Unusable([Problem(place, must, said, hint)]) from None
        known = next((words for part, words in _SAID.items() if part in said), said)
        raise Unkept(None, known, place) from error
