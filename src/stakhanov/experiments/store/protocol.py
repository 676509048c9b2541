"""What every store of runs can do."""

from __future__ import annotations

from typing import Protocol

from stakhanov.experiments.trial import Outcome, Trial


class Store(Protocol):
    """Keeps outcomes under the digest of their trial.

    A run is in it whole or not at all, however its writer ended; to put it in twice changes nothing.
    """

    def __contains__(self, trial: Trial) -> bool:
        """Whether the run is there."""
        ...

    def get(self, trial: Trial) -> Outcome | None:
        """The run's outcome; none where it is not there, or damaged."""
        ...

    def put(self, trial: Trial, outcome: Outcome) -> None:
        """Keep it. Raises OSError where the disk fails."""
        ...
