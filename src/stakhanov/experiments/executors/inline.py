"""Runs made one after the other in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stakhanov.experiments.executors.protocol import Check, proceed
from stakhanov.experiments.trial import Outcome, Trial, perform


class Inline:
    """The simplest executor, and what the others are held against."""

    name = "inline"

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads

    def run(
        self, trials: Sequence[Trial], check: Check = proceed
    ) -> Iterator[tuple[Trial, Outcome]]:
        """One after the other, in the order given."""
        for trial in trials:
            yield trial, perform(trial, self.threads, check)

    def close(self) -> None:
        """Nothing is held."""
