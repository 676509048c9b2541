"""The course of a run: period after period, with checkpoints, until it is done or interrupted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stakhanov.engine import checkpoint
from stakhanov.engine.checkpoint import Checkpoint
from stakhanov.engine.employment import employed_by_branch
from stakhanov.engine.ledger import Ledger
from stakhanov.engine.lower import lower
from stakhanov.engine.order import run_period
from stakhanov.engine.places import Places
from stakhanov.engine.sample import Sample
from stakhanov.engine.world import World

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

CHECKPOINT_SECONDS = 10.0


@dataclass(frozen=True)
class Progress:
    """Where a run stands after a period."""

    period: int  # periods done
    periods: int
    seconds: float
    worker_shifts: int
    measures: dict[str, float]


@dataclass
class Course:
    """One run under way."""

    campaign: Campaign
    workforce: Workforce
    world: World
    ledger: Ledger
    sample: Sample
    inputs: str  # digest of what the run is made of
    peak: float = 1.0
    done: int = 0
    folder: Path | None = None

    def advance(
        self, periods: int, on_period: Callable[[Progress], None] | None = None
    ) -> None:
        """Run until so many periods are done. An interruption leaves the last checkpoint."""
        started = saved = time.perf_counter()
        places: Places | None = None
        scope = ""
        shifts = 0
        while self.done < periods:
            rules = lower(self.campaign, self.workforce, self.done)
            if places is None or rules.norms.scope != scope:
                scope = rules.norms.scope
                places = Places.of(self.world.state.layout, scope)
            employed = employed_by_branch(
                self.campaign, self.workforce, self.world.state.layout, self.done, self.peak
            )
            books = run_period(self.world, rules, places, employed, self.done)
            measures = self.ledger.enter(self.done, rules, self.world.state, books)
            self.sample.take(self.done, rules, self.world.state, places)
            self.done += 1
            shifts += int(np.sum(employed)) * rules.shifts
            if self.folder is not None and time.perf_counter() - saved > CHECKPOINT_SECONDS:
                self.save()
                saved = time.perf_counter()
            if on_period is not None:
                seconds = time.perf_counter() - started
                on_period(Progress(self.done, periods, seconds, shifts, measures))

    def save(self) -> None:
        """Write a checkpoint into the run's folder."""
        if self.folder is not None:
            point = Checkpoint(self.inputs, self.done, self.world.state, self.ledger)
            self.sample.settle_down()
            checkpoint.save(self.folder, point)
