"""How much a question of many runs may take on a site."""

from __future__ import annotations

from dataclasses import dataclass

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.settings import Settings


@dataclass(frozen=True)
class Effort:
    """So many runs of so many workers over so many periods."""

    runs: int
    workers: int
    periods: int

    @property
    def lived(self) -> int:
        """Workers times periods, over all runs."""
        return self.runs * self.workers * self.periods

    def check(self, settings: Settings) -> None:
        """Raises BadInput where it is more than the site does for one question."""
        problems = []
        if self.runs > settings.most_runs:
            must = f"must be at most {settings.most_runs} in one question"
            problems.append(Problem("runs", must, f"{self.runs:,}", "fewer rules or replicates"))
        if self.lived > settings.most_lived:
            must = f"must take at most {settings.most_lived:,} workers times periods on this site"
            problems.append(Problem("runs", must, f"{self.lived:,}", "fewer workers or periods"))
        if problems:
            raise BadInput(problems)
