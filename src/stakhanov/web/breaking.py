"""Where an expectation stops holding, as a job: an address moved between two values by bisection."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from functools import partial
from typing import Any, final

from stakhanov.experiments.addresses import told
from stakhanov.experiments.arms import Base
from stakhanov.experiments.breaking import PARTS, Break, find_break
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.executors import Inline
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import reading
from stakhanov.experiments.told import break_told
from stakhanov.experiments.verdict_figures import break_figure
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.summary.page import Drawn
from stakhanov.web.answering import Answering
from stakhanov.web.bounds import Effort
from stakhanov.web.jobs import Job
from stakhanov.web.remembered import Remembered
from stakhanov.web.rendering import rendered

#: Values of the address that are tried at most: both ends, and one for each halving.
TRIED = 2 + int(math.log2(PARTS))


@dataclass(frozen=True)
class Move:
    """Which address moves, between which values, and what is watched meanwhile."""

    expectation: str
    address: str
    low: float
    high: float

    @property
    def plain(self) -> dict[str, str]:
        """As fields of a form."""
        return {
            "expectation": self.expectation,
            "address": self.address,
            "from": f"{self.low:.12g}",
            "to": f"{self.high:.12g}",
        }


@final
@dataclass(frozen=True)
class Breaking(Answering):
    """An experiment, what its arms differ from, and the move. `link`: the page that asks it again."""

    experiment: Experiment
    base: Base = field(repr=False)
    move: Move
    link: str
    threads: int
    store: Remembered = field(repr=False)

    @property
    def key(self) -> str:
        """Its address."""
        whole = json.dumps([self.link, self.move.plain], sort_keys=True)
        return hashlib.sha256(f"break {whole}".encode()).hexdigest()[:16]

    @property
    def title(self) -> str:
        """What the page is called."""
        return f"Where does it break? {self.experiment.title}"

    @property
    def effort(self) -> Effort:
        """What it takes at most."""
        asked = next(one for one in self.experiment.expectations if one.id == self.move.expectation)
        named = {
            one for one in (asked.arm, asked.versus, *(asked.than or ())) if isinstance(one, str)
        }
        whole = self.base.design()
        runs = TRIED * len(named) * len(self.experiment.seeds_of)
        return Effort(runs, whole.workers, whole.periods)

    def check(self) -> None:
        """Raises BadInput where the address is none or cannot have these values."""
        if self.move.low == self.move.high:
            raise BadInput(
                [Problem("to", "must be another value than `from`", f"{self.move.high:g}")]
            )
        for value in (self.move.low, self.move.high):
            given = int(value) if value == int(value) else value
            self.base.design({self.move.address: given})

    def __call__(self, job: Job) -> Break:
        """Bisect."""
        watch = partial(job.count, of=self.effort.runs)
        with Laboratory(self.store, Inline(self.threads), watch, job.check) as room:
            return find_break(
                self.experiment,
                self.move.address,
                (self.move.low, self.move.high),
                room,
                expectation=self.move.expectation,
                base=self.base,
            )

    def so_far(self, job: Job) -> str:
        """How far it is, in words."""
        return f"Run {job.told[-1].done if job.told else 0} of {self.effort.runs} at most."

    def result(self, job: Job) -> str:
        """The answer, the differences along the address, and their table."""
        found: Break = job.result
        return rendered(
            "break.html",
            found=found,
            title=told(found.address),
            says=found.expectation.says or found.expectation.id,
            unit=reading(found.expectation.measure).about.unit,
            rows=sorted(found.tried, key=lambda pair: pair[0]),
            figure=Drawn().figure(break_figure(found)),
        )

    def plain(self, job: Job) -> dict[str, Any]:
        """The result as `stakhanov break --json` gives it."""
        found: Break = job.result
        return break_told(found)
