"""What each rule of a campaign adds, as a job: every set of the chosen rules taken out on the same luck."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, final
from urllib.parse import urlencode

from stakhanov.experiments.arms import Base
from stakhanov.experiments.decomposition import Decomposition, Share, decomposed, rules_named
from stakhanov.experiments.executors import Inline
from stakhanov.experiments.figures import decomposition_figure
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import reading
from stakhanov.experiments.replicates import first_seeds
from stakhanov.experiments.rules import Rule
from stakhanov.experiments.told import decomposition_told
from stakhanov.summary.page import Drawn
from stakhanov.web.answering import Answering
from stakhanov.web.bounds import Effort
from stakhanov.web.jobs import Job
from stakhanov.web.remembered import Remembered
from stakhanov.web.rendering import rendered
from stakhanov.web.wanted import Wanted

#: Pairs of rules that are told.
PAIRS = 6


@final
@dataclass(frozen=True)
class Decomposing(Answering):
    """A wish, the measure that is shared out, and among which rules."""

    wanted: Wanted
    measure: str
    rules: tuple[str, ...]
    threads: int
    store: Remembered = field(repr=False)

    @property
    def key(self) -> str:
        """Its address."""
        return hashlib.sha256(f"decompose {self.link}".encode()).hexdigest()[:16]

    @property
    def link(self) -> str:
        """The page that asks it again."""
        asked = [("measure", self.measure), *(("rule", one) for one in self.rules)]
        given = urlencode([*self.wanted.fields.items(), *asked])
        return f"/laboratory/{self.wanted.campaign}/questions?{given}"

    @property
    def title(self) -> str:
        """What the page is called."""
        return "Which rule adds what?"

    @property
    def players(self) -> Sequence[Rule]:
        """The rules. Raises BadInput."""
        return rules_named(self.rules)

    @property
    def base(self) -> Base:
        """The wish with all its rules. Raises BadInput."""
        campaign, workforce = self.wanted.rules()
        return Base(campaign, workforce, self.wanted.workers, self.wanted.periods)

    @property
    def effort(self) -> Effort:
        """What it takes at most: a run for every set of rules, under every seed."""
        whole = self.base.design()
        runs = self.wanted.replicates << len(self.rules)
        return Effort(runs, whole.workers, whole.periods)

    def __call__(self, job: Job) -> Decomposition:
        """Make all runs. Raises BadInput where the campaign has none of the rules."""
        seeds = first_seeds(self.wanted.seed, self.wanted.replicates)
        with Laboratory(self.store, Inline(self.threads), job.count, job.check) as room:
            return decomposed(self.base, reading(self.measure), room, seeds, rules=self.players)

    def so_far(self, job: Job) -> str:
        """How far it is, in words."""
        if not job.told:
            return "Looking which of the rules the campaign has."
        return f"Run {job.told[-1].done} of {job.told[-1].of}."

    def result(self, job: Job) -> str:
        """The waterfall, its table, and which rules help or replace each other."""
        found: Decomposition = job.result
        pairs = sorted(found.together, key=lambda one: -abs(one.value.mean))
        return rendered(
            "decomposition.html",
            found=found,
            most=largest(found),
            figure=Drawn().figure(decomposition_figure(found)),
            pairs=pairs[:PAIRS],
        )

    def plain(self, job: Job) -> dict[str, Any]:
        """The result as `stakhanov decompose --json` gives it."""
        found: Decomposition = job.result
        return decomposition_told(found)


def largest(found: Decomposition) -> Share | None:
    """The largest share whose interval leaves nought; none where no interval does."""
    told = [one for one in found.shares if one.share.low > 0.0 or one.share.high < 0.0]
    return max(told, key=lambda one: abs(one.share.mean), default=None)
