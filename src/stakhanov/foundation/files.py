"""Files that a crash leaves whole: written beside their place and renamed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_BESIDE = re.compile(r"\.(.+)\.\d+\.part")


def write_atomically(
    place: Path, content: bytes | Callable[[BinaryIO], object], *, lasting: bool = True
) -> None:
    """Put content where a reader sees either the old file or the new one, never half.

    `content` is bytes, or a function that writes to an open file. Where it need not be `lasting`, a power cut
    (not the end of a process) may take it; that is for what can be made again. Raises OSError, with the place
    in it.
    """
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(place)
        if lasting:
            _settle(place.parent)
    except OSError as error:
        error.filename = str(place)  # a failed write does not say where, or names the file beside
        error.filename2 = None
        raise
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Let a new name outlive a power cut, where the file system knows how."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def place_of_left_over(name: str) -> str | None:
    """The name of the file beside which a killed process left one of this name; None for any other."""
    match = _BESIDE.fullmatch(name)
    return match[1] if match else None
