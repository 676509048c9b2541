"""Groups of learners on one server: a code to join with, a name that says nothing, a teacher who sees no names.

A teacher's page and a learner's browser are known by keys of 192 bits; the database holds only their digests.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, func, select

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.practice.database import ASSIGNMENTS, ENTRIES, GROUPS, MEMBERS, Database
from stakhanov.guide.practice.reviews import moment

#: Letters and digits that are not taken for each other.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE = 8
LONGEST_NAME = 40
LONGEST_TITLE = 100
#: Learners of a group, and mock tests set for it.
MOST_MEMBERS = 500
MOST_ASSIGNED = 100


@dataclass(frozen=True)
class Group:
    """Learners of one class under one teacher; `code` is what they join with."""

    id: str
    code: str
    guide: str
    title: str


@dataclass(frozen=True)
class Member:
    """A learner of this server: whose progress, under which name, in which group if in any."""

    learner: str
    name: str = ""
    of: str = ""


@dataclass(frozen=True)
class Assignment:
    """A mock test that a teacher set: the seed draws the same for everybody."""

    id: str
    of: str
    title: str
    seed: int
    minutes: float


class Groups:
    """The groups and the learners of a server."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def make(self, guide: str, title: str) -> tuple[Group, str]:
        """A new group, and the key of its teacher's page, which nobody is told again."""
        key, code = (
            secrets.token_urlsafe(24),
            "".join(secrets.choice(ALPHABET) for _ in range(CODE)),
        )
        group = Group(secrets.token_hex(8), code, guide, _text("title", title, LONGEST_TITLE))
        row = {**vars(group), "key": digest(key), "made": moment().isoformat()}
        with self.database.writing() as connection:
            connection.execute(GROUPS.insert(), row)
        return group, key

    def taught(self, key: str) -> Group | None:
        """The group of a teacher's key."""
        return self._group(GROUPS.c.key == digest(key))

    def coded(self, code: str) -> Group | None:
        """The group that a code joins, however it is written."""
        plain = "".join(one for one in code.upper() if one.isalnum())
        return self._group(GROUPS.c.code == plain) if len(plain) == CODE else None

    def called(self, name: str) -> Group | None:
        """A group by its name in the database."""
        return self._group(GROUPS.c.id == name)

    def join(self, group: Group | None, name: str = "") -> str:
        """A new learner, in a group under a name that nobody there has, or in none; gives the learner's key."""
        said = _text("name", name, LONGEST_NAME) if group is not None else ""
        key = secrets.token_urlsafe(24)
        of = group.id if group is not None else ""
        row = {
            "key": digest(key),
            "of": of,
            "name": said,
            "learner": f"l-{secrets.token_hex(12)}",
            "joined": moment().isoformat(),
        }
        with self.database.writing() as connection:
            # Written first, then looked at: nobody else writes in between, and what does not fit is not kept.
            connection.execute(MEMBERS.insert(), row)
            if group is not None:
                asked = select(MEMBERS.c.name).where(MEMBERS.c.of == of)
                there = [one.name.casefold() for one in connection.execute(asked)]
                if there.count(said.casefold()) > 1:
                    raise BadInput([Problem("name", "must be one that nobody has here", said)])
                if len(there) > MOST_MEMBERS:
                    must = f"must have at most {MOST_MEMBERS} learners"
                    raise BadInput([Problem("group", must, str(MOST_MEMBERS))])
        return key

    def member(self, key: str) -> Member | None:
        """The learner of a key."""
        asked = select(MEMBERS).where(MEMBERS.c.key == digest(key))
        with self.database.reading() as connection:
            row = connection.execute(asked).mappings().first()
        return Member(row["learner"], row["name"], row["of"]) if row is not None else None

    def has(self, member: Member) -> bool:
        """Whether a learner of this server is still kept."""
        asked = select(MEMBERS.c.learner).where(MEMBERS.c.learner == member.learner)
        with self.database.reading() as connection:
            return connection.execute(asked).first() is not None

    def forget(self, member: Member) -> None:
        """Delete a learner: key, name, place in a group, and everything that was answered."""
        with self.database.writing() as connection:
            for table in (MEMBERS, ENTRIES):
                connection.execute(table.delete().where(table.c.learner == member.learner))

    def dissolve(self, group: Group) -> None:
        """Delete a group with its tests and the names in it; what its learners answered stays theirs."""
        with self.database.writing() as connection:
            alone = MEMBERS.update().where(MEMBERS.c.of == group.id)
            connection.execute(alone.values(of="", name=""))
            connection.execute(ASSIGNMENTS.delete().where(ASSIGNMENTS.c.of == group.id))
            connection.execute(GROUPS.delete().where(GROUPS.c.id == group.id))

    def learners(self, group: Group) -> list[str]:
        """Whose progress the group's is."""
        asked = select(MEMBERS.c.learner).where(MEMBERS.c.of == group.id).order_by(MEMBERS.c.joined)
        with self.database.reading() as connection:
            return [one.learner for one in connection.execute(asked)]

    def count(self) -> tuple[int, int]:
        """How many groups and learners there are."""
        with self.database.reading() as connection:
            found = [
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (GROUPS, MEMBERS)
            ]
        return found[0], found[1]

    def assign(self, group: Group, title: str, seed: int, minutes: float) -> Assignment:
        """Set a mock test."""
        if len(self.assigned(group)) >= MOST_ASSIGNED:
            must = f"must have at most {MOST_ASSIGNED} tests"
            raise BadInput([Problem("group", must, str(MOST_ASSIGNED))])
        said = _text("title", title, LONGEST_TITLE)
        test = Assignment(secrets.token_hex(6), group.id, said, seed, minutes)
        with self.database.writing() as connection:
            connection.execute(ASSIGNMENTS.insert(), {**vars(test), "made": moment().isoformat()})
        return test

    def assigned(self, group: Group) -> list[Assignment]:
        """The tests that were set, in the order of their time."""
        asked = select(ASSIGNMENTS).where(ASSIGNMENTS.c.of == group.id).order_by(ASSIGNMENTS.c.made)
        with self.database.reading() as connection:
            rows = connection.execute(asked).mappings().all()
        return [
            Assignment(row["id"], row["of"], row["title"], row["seed"], row["minutes"])
            for row in rows
        ]

    def _group(self, condition: Any) -> Group | None:
        with self.database.reading() as connection:
            row: RowMapping | None = (
                connection.execute(select(GROUPS).where(condition)).mappings().first()
            )
        return (
            Group(row["id"], row["code"], row["guide"], row["title"]) if row is not None else None
        )


def digest(key: str) -> str:
    """What a database keeps of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def shown(code: str) -> str:
    """A code as people read it out."""
    return f"{code[:4]}-{code[4:]}"


def _text(address: str, given: str, longest: int) -> str:
    """A short text of one line. Raises BadInput."""
    text = " ".join(unicodedata.normalize("NFC", given).split())
    if not text or len(text) > longest or not text.isprintable():
        must = f"must have 1 to {longest} letters that can be read"
        raise BadInput([Problem(address, must, text[:longest] or "nothing")])
    return text
