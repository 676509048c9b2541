"""A store that keeps nothing: for runs whose reports are read once and would fill the memory."""

from __future__ import annotations

from stakhanov.experiments.trial import Outcome, Trial


class Nowhere:
    """Never has anything."""

    def __contains__(self, trial: Trial) -> bool:
        """No, whatever it is."""
        del trial
        return False

    def get(self, trial: Trial) -> Outcome | None:
        """Nothing."""
        del trial
        return None

    def put(self, trial: Trial, outcome: Outcome) -> None:
        """Let it go."""
        del trial, outcome
