"""How far the work of many runs is, with its rate and the time left, and a way to stop it."""

from __future__ import annotations

import os
import time
from types import FrameType
from typing import TYPE_CHECKING

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.progress import COMPILING

if TYPE_CHECKING:
    from stakhanov.experiments.laboratory import Standing

#: Seconds after which it is told how far the work is.
SOON = 1.5
#: A first run that is done sooner than this, in seconds, spends much of it on what is done once.
LOADING = 10.0


class Follow:
    """Follows the work run by run, and hears a request to stop it."""

    def __init__(self, line: output.Line, *, compiled: bool = True) -> None:
        self.line = line
        self.compiled = compiled
        self.settled: Standing | None = (
            None  # after the first run, where that loaded or compiled the rules
        )
        self.stopping = False
        self.standing: Standing | None = None
        self.at = 0.0

    def see(self, standing: Standing) -> None:
        """Told by the laboratory before the work and after every run."""
        self.standing, self.at = standing, time.perf_counter()
        loaded = not self.compiled or standing.seconds < LOADING
        if loaded and self.settled is None and standing.made > 0:
            self.settled = standing
        self._show(standing.seconds)

    def check(self) -> None:
        """Called at least every second or so. Raises KeyboardInterrupt where the work is to stop."""
        if self.stopping:
            raise KeyboardInterrupt
        if self.standing is not None:
            self._show(self.standing.seconds + time.perf_counter() - self.at)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Stop where nothing is half done; asked a second time, at once: what is kept is kept."""
        del number, frame
        if self.stopping:
            os._exit(ExitCode.INTERRUPTED)
        self.stopping = True
        self.line.clear()
        output.note("stopping; once more stops at once")

    def _since(self, seconds: float) -> Standing | None:
        """Where the clock of the estimate starts; at the beginning where the second run takes longer."""
        begun = self.settled
        if begun is None or self.standing is None or not self.compiled:
            return begun
        alone = self.standing.made == begun.made and seconds > 2.0 * begun.seconds
        return None if alone else begun

    def _show(self, seconds: float) -> None:
        if seconds > SOON and self.standing is not None:
            said = sentence(self.standing, seconds, self._since(seconds))
            first = not self.compiled and self.standing.made == 0
            self.line.show(f"{said}, {COMPILING}" if first else said, seconds)


def sentence(standing: Standing, seconds: float, settled: Standing | None = None) -> str:
    """How far the work is so many seconds after its beginning.

    The clock of the estimate starts at `settled`, after the run that loaded or compiled the rules.
    """
    there = f"run {standing.done} of {standing.asked}"
    made = standing.made - (0 if settled is None else settled.made)
    lived = seconds - (0.0 if settled is None else settled.seconds)
    if made <= 0:
        return f"{there}, {output.span(seconds)} so far"
    rate = made / max(lived, 1e-9)
    left = (standing.asked - standing.done) / rate
    pace = f"{rate:.1f} runs a second" if rate >= 1.0 else f"{output.span(1.0 / rate)} a run"
    return f"{there}, {output.span(left)} left, {pace}"
