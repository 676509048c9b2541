"""What every executor can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from stakhanov.experiments.trial import Outcome, Trial

#: Asked again and again while runs are made; raises KeyboardInterrupt where the work is to stop.
Check = Callable[[], None]


def proceed() -> None:
    """Nobody stops the work."""


class RunLost(OSError):
    """A run whose maker ended without a result, several times over; the message says which."""


class Executor(Protocol):
    """Makes runs, here or elsewhere. Where they are made changes nothing but the time."""

    name: str

    def run(
        self, trials: Sequence[Trial], check: Check = proceed
    ) -> Iterator[tuple[Trial, Outcome]]:
        """The outcome of every trial, each once, in the order in which they are done.

        `check` is called at least every second or so. Whoever stops listening stops the work. Raises what
        the run itself raises (BadInput, MemoryError, OSError), and RunLost where its maker is gone.
        """
        ...

    def close(self) -> None:
        """Let everything go that was held for the work; nothing is left running."""
        ...
