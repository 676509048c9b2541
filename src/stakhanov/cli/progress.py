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

#: Said where no compiled rules are kept yet.
COMPILING = "compiling the rules for this machine, once"


class Watch:
    """Follows a run period by period; called by the engine after each."""

    def __init__(self, line: output.Line, cautions: Sequence[str] = ()) -> None:
        self.line = line
        self.cautions = list(cautions)
        self.stopping = False
        self.periods_before: int | None = None
        self.settled: Progress | None = None  # where the last period that compiled rules ended
        self.last: Progress | None = None
        self.kept = kernels_kept()

    def prepare(self) -> None:
        """Say what comes before the first period: reading what is compiled, or compiling, once."""
        if self.kept:
            self.line.show("preparing")
        else:
            self.line.tell(f"{COMPILING}: about half a minute")

    def __call__(self, progress: Progress) -> None:
        """Show where the run stands. Raises KeyboardInterrupt where it was asked to stop."""
        self.tell_cautions()
        kept = kernels_kept()
        if kept > self.kept or (self.last is None and not self.kept):
            self.settled = progress
        self.kept, self.last = kept, progress
        if self.periods_before is None:
            self.periods_before = progress.period - 1
        said = sentence(progress, self.periods_before, self.settled)
        self.line.show(said, progress.seconds)
        if self.stopping and progress.period < progress.periods:
            raise KeyboardInterrupt

    @property
    def compiling_seconds(self) -> float:
        """Seconds up to the end of the last period that compiled rules; 0 where all were there."""
        return 0.0 if self.settled is None else self.settled.seconds

    def whole(self, worker_shifts: int, seconds: float) -> str:
        """What was worked in which time, and at which rate once the rules were compiled."""
        said = f"{worker_shifts:,} worker-shifts in {output.span(seconds)}"
        if self.settled is None or self.last is None:
            return f"{said}, {output.number(worker_shifts / max(seconds, 1e-9))} a second"
        said += f", {output.span(self.compiling_seconds)} of it compiling the rules, once"
        if self.last.period <= self.settled.period:
            return said
        return f"{said}; {output.number(rate_between(self.last, self.settled))} a second after that"

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


def sentence(progress: Progress, before: int = 0, settled: Progress | None = None) -> str:
    """Where a run stands after a period; `before` periods were lived earlier.

    The clock of the estimate starts at `settled`, after the last period that compiled rules.
    """
    where = f"period {progress.period} of {progress.periods}"
    lived = progress.period - (before if settled is None else settled.period)
    if settled is not None and lived <= 0:
        return f"{where}, the rules are compiled"
    seconds = progress.seconds - (0.0 if settled is None else settled.seconds)
    left = seconds / max(lived, 1) * (progress.periods - progress.period)
    pace = rate_said(rate_between(progress, settled))
    return f"{where}, {output.span(left)} left, {pace} worker-shifts a second"


def rate_between(progress: Progress, settled: Progress | None) -> float:
    """Worker-shifts a second since the rules were compiled."""
    work, seconds = progress.worker_shifts, progress.seconds
    if settled is not None:
        work, seconds = work - settled.worker_shifts, seconds - settled.seconds
    return work / max(seconds, 1e-9)


def rate_said(rate: float) -> str:
    """A rate as people read it: 3.0 million, 21,000."""
    return f"{rate / 1e6:.1f} million" if rate >= 1e6 else f"{float(f'{rate:.2g}'):,.0f}"


def kernels_kept() -> int:
    """Compiled rules that are kept: where there are more of them after a period, it compiled some."""
    from stakhanov.engine.kernel_cache import cache_folder

    folder = cache_folder()
    return 0 if folder is None else sum(1 for _ in folder.rglob("*.nbc"))


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
