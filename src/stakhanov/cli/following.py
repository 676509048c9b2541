"""How far the work of many runs is, with its rate and the time left, and a way to stop it."""

from __future__ import annotations

import os
import time
from types import FrameType
from typing import TYPE_CHECKING

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode

if TYPE_CHECKING:
    from stakhanov.experiments.laboratory import Standing

#: Seconds after which it is told how far the work is.
SOON = 1.5


class Follow:
    """Follows the work run by run, and hears a request to stop it."""

    def __init__(self, line: output.Line) -> None:
        self.line = line
        self.stopping = False
        self.standing: Standing | None = None
        self.at = 0.0

    def see(self, standing: Standing) -> None:
        """Told by the laboratory before the work and after every run."""
        self.standing, self.at = standing, time.perf_counter()
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

    def _show(self, seconds: float) -> None:
        if seconds > SOON and self.standing is not None:
            self.line.show(sentence(self.standing, seconds), seconds)


def sentence(standing: Standing, seconds: float) -> str:
    """How far the work is so many seconds after its beginning."""
    there = f"run {standing.done} of {standing.asked}"
    if standing.made == 0:
        return f"{there}, {output.span(seconds)} so far"
    rate = standing.made / seconds
    left = (standing.asked - standing.done) / rate
    pace = f"{rate:.1f} runs a second" if rate >= 1.0 else f"{output.span(1.0 / rate)} a run"
    return f"{there}, {output.span(left)} left, {pace}"
