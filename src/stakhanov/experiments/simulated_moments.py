"""Moments of the reports that a workforce would make, as a function of its unknown traits, on one luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from stakhanov.evidence.moments import NAMES, Moments, moments_of
from stakhanov.experiments.arms import Base
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.trial import Outcome, Trial
from stakhanov.experiments.unknowns import Unknown, placed
from stakhanov.foundation import reports
from stakhanov.foundation.problem import BadInput

Numbers = NDArray[np.float64]

#: Runs whose reports are held at a time.
AT_A_TIME = 8
#: Columns of a run's reports that a table from an archive could have as well.
_COLUMNS = ("worker", "period", "norm", "reported", "caught", "branch", "enterprise", "brigade")
#: Every moment where a run is refused, or its reports tell nothing: farther from data than others are.
FAR = 1e3


@dataclass
class SimulatedMoments:
    """What runs of a base give at points, each run once; the first `settle` periods do not count."""

    base: Base
    unknowns: Sequence[Unknown]
    room: Laboratory
    seed: int = 1
    settle: int = 0
    runs: int = 0
    refusal: BadInput | None = None  # the last one
    _known: dict[bytes, Moments | None] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Everybody's reports are kept."""
        self.base = replace(self.base, sample="all")

    def at(self, points: Sequence[Numbers]) -> list[Moments | None]:
        """Moments at points, given as shares of the ranges.

        None where the engine refuses to run them, or all reports were the same.
        """
        wanted = [np.asarray(point, np.float64) for point in points]
        missing = {one.tobytes(): one for one in wanted if one.tobytes() not in self._known}
        waiting = list(missing.items())
        for first in range(0, len(waiting), AT_A_TIME):
            some = waiting[first : first + AT_A_TIME]
            for (key, _), outcome in zip(
                some, self._run([point for _, point in some]), strict=True
            ):
                self._known[key] = None if outcome is None else self._moments(outcome)
            self.runs += len(some)
            self.room.forget()
        return [self._known[one.tobytes()] for one in wanted]

    def values(self, points: Sequence[Numbers], chosen: Sequence[int]) -> Numbers:
        """Chosen moments (across) at points (down)."""
        nothing = np.full(len(NAMES), FAR)
        rows = [nothing if one is None else one.values for one in self.at(points)]
        found: Numbers = np.nan_to_num(np.array(rows)[:, list(chosen)], nan=FAR)
        return found

    def _run(self, points: Sequence[Numbers]) -> list[Outcome | None]:
        """Runs side by side; where one of them is refused, one by one."""
        trials = [self._trial(point) for point in points]
        try:
            return list(self.room.run(trials))
        except BadInput as error:
            self.refusal = error
            if len(trials) == 1:
                return [None]
            return [one for point in points for one in self._run([point])]

    def _trial(self, point: Numbers) -> Trial:
        return Trial(self.base.design(placed(self.unknowns, point.tolist())), self.seed)

    def _moments(self, outcome: Outcome) -> Moments | None:
        assert outcome.reports is not None
        try:
            return moments_of(reports.read(outcome.reports.select(_COLUMNS)), skip=self.settle)
        except BadInput:
            return None
