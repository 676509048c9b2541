"""The course of a run: period after period, with checkpoints, until it is done or interrupted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stakhanov.engine import checkpoint
from stakhanov.engine.checkpoint import Checkpoint
from stakhanov.engine.draws import Key
from stakhanov.engine.employment import employed_by_branch
from stakhanov.engine.expectations import widest_table
from stakhanov.engine.inputs import Inputs
from stakhanov.engine.layout import lay_out
from stakhanov.engine.ledger import Ledger
from stakhanov.engine.lower import lower
from stakhanov.engine.order import run_period
from stakhanov.engine.places import Places, regroup
from stakhanov.engine.sample import Sample
from stakhanov.engine.sight import Sight, Watch
from stakhanov.engine.state import State, founded
from stakhanov.engine.world import Backend, World

CHECKPOINT_SECONDS = 10.0


@dataclass(frozen=True)
class Progress:
    """Where a run stands after a period."""

    period: int  # periods done
    periods: int
    seconds: float
    worker_shifts: int
    measures: dict[str, float]
    sight: Sight = ()  # of the brigades that are watched


@dataclass
class Course:
    """One run under way."""

    inputs: Inputs
    world: World
    ledger: Ledger
    sample: Sample
    done: int = 0
    folder: Path | None = None
    worker_shifts: int = 0
    seconds: float = 0.0
    watch: Watch | None = None

    def advance(
        self,
        periods: int,
        on_period: Callable[[Progress], None] | None = None,
        *,
        of: int | None = None,
    ) -> None:
        """Run until so many periods are done; `of` is how many the whole will have, for who watches.

        An interruption within a period leaves the last checkpoint.
        """
        started = saved = time.perf_counter()
        before, seconds = self.worker_shifts, self.seconds
        places: Places | None = None
        while self.done < periods:
            rules = lower(self.inputs.campaign, self.inputs.workforce, self.done)
            if places is None or places.scope != rules.norms.scope:
                places = Places.of(self.world.state.layout, rules.norms.scope)
                regroup(self.world.state, places)
            self.world.state.know(rules.prize_addresses, rules.queue_addresses)
            employed = employed_by_branch(self.inputs, self.world.state.layout, self.done)
            books = run_period(self.world, rules, places, employed, self.done)
            measures = self.ledger.enter(self.done, rules, self.world.state, books)
            self.sample.take(self.done, rules, self.world.state, places, books)
            sight = self.watch.take(rules, self.world.state, places, books) if self.watch else ()
            self.done += 1
            self.worker_shifts += int(np.sum(employed)) * rules.shifts
            now = time.perf_counter()
            self.seconds = seconds + now - started
            if now - saved > CHECKPOINT_SECONDS:
                self.save()
                saved = now
            if on_period is not None:
                lived = self.worker_shifts - before
                on = Progress(self.done, of or periods, now - started, lived, measures, sight)
                self._tell(on_period, on)

    def _tell(self, on_period: Callable[[Progress], None], progress: Progress) -> None:
        """Tell where the run stands. Whoever stops it here stops it between periods: nothing is lost."""
        try:
            on_period(progress)
        except KeyboardInterrupt:
            self.save()
            raise

    def save(self) -> None:
        """Write a checkpoint into the run's folder."""
        if self.folder is not None and self.done > 0:
            self.sample.settle_down()
            checkpoint.save(self.folder, self.point())

    def point(self) -> Checkpoint:
        """Where the run stands."""
        digest, state = self.inputs.course_digest, self.world.state
        return Checkpoint(digest, self.done, state, self.ledger, self.worker_shifts, self.seconds)


def begun(inputs: Inputs, folder: Path | None, backend: Backend, threads: int) -> Course:
    """A run before its first period."""
    workforce, campaign = inputs.workforce, inputs.campaign
    layout = lay_out(
        [(branch.name, branch.share) for branch in workforce.branches],
        inputs.workers,
        brigade=workforce.size.brigade,
        enterprise=workforce.size.enterprise,
    )
    rules = lower(campaign, workforce, 0)
    groups = layout.groups(rules.norms.scope).size - 1
    state = founded(layout, groups, campaign.norms.start)
    ledger = Ledger(campaign.norms.start)
    return _course(inputs, folder, (state, ledger, 0), backend, threads)


def continued(
    inputs: Inputs, folder: Path | None, point: Checkpoint, backend: Backend, threads: int
) -> Course:
    """A run from where another, or itself, stood."""
    course = _course(inputs, folder, (point.state, point.ledger, point.periods), backend, threads)
    course.worker_shifts, course.seconds = point.worker_shifts, point.seconds
    return course


def _course(
    inputs: Inputs,
    folder: Path | None,
    standing: tuple[State, Ledger, int],
    backend: Backend,
    threads: int,
) -> Course:
    state, ledger, done = standing
    marks = max(
        widest_table(lower(inputs.campaign, inputs.workforce, period))
        for period in _turning_points(inputs)
    )
    world = World(state, Key.of(inputs.seed), backend, threads, width=marks)
    sample = Sample.of(inputs.workers, inputs.sample, folder)
    return Course(inputs, world, ledger, sample, done, folder)


def _turning_points(inputs: Inputs) -> list[int]:
    """Periods at which rules change, and the first."""
    changes = (inputs.campaign.period_of(change.at) for change in inputs.campaign.changes)
    return sorted({0, *(period for period in changes if 0 <= period < inputs.periods)})
