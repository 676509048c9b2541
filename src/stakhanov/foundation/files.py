"""Files that a crash leaves whole: written beside their place and renamed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_atomically(place: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Put content where a reader sees either the old file or the new one, never half.

    `content` is bytes, or a function that writes to an open file. Raises OSError.
    """
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
