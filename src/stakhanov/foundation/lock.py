"""A folder held by one process at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stakhanov.foundation.problem import BadInput, Problem


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder against other processes. Raises BadInput if one holds it already.

    The system holds the lock for the process and lets it go when the process ends, however it ends: no file
    tells of it, and none can be left behind. A file system without locks is used without.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            hint = "wait until it is done, or choose another folder with --out"
            must = "must be written to by one process at a time"
            raise BadInput([Problem(str(folder), must, "another one at it", hint)]) from None
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(handle)
