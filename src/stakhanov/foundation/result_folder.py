"""A folder that a command leaves its result in: made where there is none, never taken from somebody else."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stakhanov.foundation.files import place_of_left_over
from stakhanov.foundation.lock import held
from stakhanov.foundation.problem import BadInput, Problem

OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
#: So many bytes at either end of a file are looked through for a sign.
NEAR_AN_END = 2**16


@dataclass(frozen=True)
class Kind:
    """A kind of result: what it is called, and what only its own files have near an end.

    `beside`: a folder that work in progress stands in.
    """

    what: str
    signs: Mapping[str, bytes]
    beside: str = ""

    def left_over(self, name: str) -> bool:
        """Whether a killed process left something of this name."""
        return name == self.beside or place_of_left_over(name) in self.signs

    def stands_in(self, folder: Path) -> bool:
        """Whether a folder holds such a result, and nobody else's file under one of its names."""
        there = [folder / name for name in self.signs if (folder / name).exists()]
        return bool(there) and all(self.knows(place) for place in there)

    def knows(self, place: Path) -> bool:
        """Whether a file under one of its names is one of its own."""
        return signed(place, self.signs[place.name])


def signed(place: Path, sign: bytes) -> bool:
    """Whether a file has a sign near its beginning or its end."""
    if not place.is_file():
        return False
    with place.open("rb") as file:
        if sign in file.read(NEAR_AN_END):
            return True
        file.seek(max(place.stat().st_size - NEAR_AN_END, 0))
        return sign in file.read()


def usable(folder: Path, kind: Kind, *, force: bool) -> None:
    """Make sure that a result may go into a folder; writes nothing. Raises BadInput.

    A folder in use is refused unless an earlier result of the kind is to be overwritten there.
    """
    if not folder.exists():
        return
    there = sorted(entry.name for entry in _entries(folder) if not kind.left_over(entry.name))
    if not there:
        return
    ours = kind.stands_in(folder)
    if not force:
        hint = f"--force overwrites {kind.what} there" if ours else "choose another folder"
        raise BadInput([Problem(str(folder), "must be empty or new", "a folder in use", hint)])
    if not ours:
        must = f"must hold {kind.what} to be overwritten"
        strange = [one for one in there if one in kind.signs and not kind.knows(folder / one)]
        other = [*strange, *(one for one in there if one not in kind.signs)][0]
        raise BadInput([Problem(str(folder), must, other, "choose another folder")])


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BadInput([Problem(str(folder), "must be a folder", "a file")])
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise _unusable(folder, error) from None


@contextmanager
def held_for(folder: Path, kind: Kind) -> Iterator[None]:
    """Make a folder that is usable, hold it against other processes, and clear what killed ones left.

    Raises BadInput where it cannot be made or written to, or another process is at it.
    """
    made(folder)
    with held(folder):
        for entry in folder.iterdir():
            if entry.is_file() and kind.left_over(entry.name):
                entry.unlink(missing_ok=True)
        yield


def made(folder: Path) -> None:
    """Make a folder where there is none. Raises BadInput where none can be, or none may be written to."""
    if folder.exists() and not folder.is_dir():
        raise BadInput([Problem(str(folder), "must be a folder", "a file")])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        raise _unusable(folder, error) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        must = "must be a folder one may write to"
        raise BadInput([Problem(str(folder), must, "a locked or read-only one")])


def _unusable(folder: Path, error: OSError) -> BadInput:
    found = f"{error.filename}: {(error.strerror or str(error)).lower()}"
    return BadInput([Problem(str(folder), "must be a folder one may write to", found)])
