"""How far a run is, with its rate and the time left, and a way to stop it between periods."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.stopping import heard

if TYPE_CHECKING:
    from stakhanov.engine.course import Progress


class Watch:
    """Follows a run period by period; called by the engine after each."""

    def __init__(self, line: output.Line, cautions: Sequence[str] = ()) -> None:
        self.line = line
        self.cautions = list(cautions)
        self.stopping = False
        self.periods_before: int | None = None

    def prepare(self, *, compiled: bool) -> None:
        """Say what comes before the first period: reading what is compiled, or compiling, once."""
        if compiled:
            self.line.show("preparing")
        else:
            self.line.tell("compiling the rules for this machine, once: about half a minute")

    def __call__(self, progress: Progress) -> None:
        """Show where the run stands. Raises KeyboardInterrupt where it was asked to stop."""
        self.tell_cautions()
        if self.periods_before is None:
            self.periods_before = progress.period - 1
        self.line.show(sentence(progress, self.periods_before), progress.seconds)
        if self.stopping and progress.period < progress.periods:
            raise KeyboardInterrupt

    def tell_cautions(self) -> None:
        """Tell once what the rules allow and people will make something of, when the work has begun."""
        for caution in self.cautions:
            self.line.clear()
            output.note(f"caution: {caution}")
        self.cautions.clear()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Stop after this period; asked a second time, at once: the last checkpoint stands."""
        del number, frame
        if self.stopping:
            output.note("stopped at once; the last checkpoint stands, --resume goes on from it")
            os._exit(ExitCode.INTERRUPTED)
        self.stopping = True
        self.line.clear()
        output.note("stopping at the end of this period; once more stops at once")


def sentence(progress: Progress, before: int = 0) -> str:
    """Where a run stands after a period; `before` periods were lived earlier."""
    lived = progress.period - before
    rate = progress.worker_shifts / max(progress.seconds, 1e-9)
    left = progress.seconds / max(lived, 1) * (progress.periods - progress.period)
    return (
        f"period {progress.period} of {progress.periods}, {output.span(left)} left, "
        f"{rate / 1e6:.1f} million worker-shifts a second"
    )


@contextmanager
def watched(cautions: Sequence[str] = ()) -> Iterator[Watch]:
    """Watch a run: Ctrl-C, or a request to end, stops it where it can be gone on with."""
    line = output.Line()
    watch = Watch(line, cautions)
    with heard(watch.stop):
        try:
            yield watch
        finally:
            line.clear()
