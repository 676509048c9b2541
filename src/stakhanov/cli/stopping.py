"""Requests to stop: Ctrl-C, `kill`, a terminal that is closed. All of them are heard alike."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Handler = Callable[[int, FrameType | None], None]

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def heard(handler: Handler) -> Iterator[None]:
    """Let a handler hear requests to stop; what is ignored (`nohup`) stays ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {name: signal.getsignal(name) for name in SIGNALS}
    for name, there in before.items():
        if there is not signal.SIG_IGN:
            signal.signal(name, handler)
    try:
        yield
    finally:
        for name, there in before.items():
            if there is not None:
                signal.signal(name, there)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Stop at once: whatever is being written is left as it was."""
    del number, frame
    raise KeyboardInterrupt
