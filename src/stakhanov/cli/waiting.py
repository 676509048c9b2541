"""Work that cannot say how far it is: what is being done, and for how long already."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

from stakhanov.cli import output

#: Seconds between two looks at the clock.
TICK = 0.5


class Waiting:
    """Tells what is going on and how long it has taken, while it goes on: `with Waiting(text) as wait:`.

    What is going on may change; the time is that of the whole.
    """

    def __init__(self, text: str, tick: float = TICK, line: output.Line | None = None) -> None:
        self.text, self.tick = text, tick
        self.line = line or output.Line()
        self._over = threading.Event()
        self._begin = time.monotonic()
        self._clock = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin to tell."""
        self.line.show(self.text)
        self._clock.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop telling, and take the line away, however it ended."""
        self._over.set()
        self._clock.join()
        self.line.clear()

    def _watch(self) -> None:
        while not self._over.wait(self.tick):
            seconds = time.monotonic() - self._begin
            self.line.show(f"{self.text}, {output.span(seconds)} so far", seconds)
