"""A folder that a command makes, and takes away again where its input turns out to be bad."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stakhanov.foundation.lock import held
from stakhanov.foundation.problem import BadInput


@contextmanager
def nothing_left(folder: Path, *, resume: bool) -> Iterator[None]:
    """Make a folder, and leave nothing of it where the input is refused on the way.

    A folder that held anything before stays as it is, and so does one that is gone on with.
    """
    if resume or _in_use(folder):
        yield
        return
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        if made:
            folder.mkdir(parents=True)
    except OSError:  # who uses the folder tells why it cannot be made, or whose it is by now
        yield
        return
    try:
        yield
    except BadInput:
        _take_away(folder, made)
        raise


def _in_use(folder: Path) -> bool:
    """Whether something is there that is not ours to take away."""
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        return True


def _take_away(folder: Path, made: list[Path]) -> None:
    """Remove what lies in the folder, then the folders that were made for it, if nobody else is in them."""
    with suppress(OSError, BadInput), held(folder):
        for entry in folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for place in made:
        with suppress(OSError):
            place.rmdir()
