"""A store in memory: for questions whose runs nobody needs to keep."""

from __future__ import annotations

from stakhanov.experiments.trial import Outcome, Trial


class MemoryStore:
    """Forgets everything when the program ends."""

    def __init__(self) -> None:
        self._kept: dict[str, Outcome] = {}

    def __contains__(self, trial: Trial) -> bool:
        """Whether the run is there."""
        return trial.digest in self._kept

    def get(self, trial: Trial) -> Outcome | None:
        """The run's outcome, or none."""
        return self._kept.get(trial.digest)

    def put(self, trial: Trial, outcome: Outcome) -> None:
        """Keep it."""
        self._kept[trial.digest] = outcome
