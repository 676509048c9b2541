"""A comparison of the laboratory as a job: a pinned campaign A and B, on the same people and the same luck."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, final
from urllib.parse import quote, urlencode

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.calendar import Calendar
from stakhanov.charts import Figure, Style
from stakhanov.charts.over_time import over_time
from stakhanov.engine.drawing import time_of
from stakhanov.engine.shown import percent, shown
from stakhanov.experiments.comparison import A, B, Comparison, Row, compared
from stakhanov.experiments.executors import Inline
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.replicates import first_seeds
from stakhanov.experiments.trial import Design, Trial
from stakhanov.foundation.problem import BadInput
from stakhanov.summary.page import Drawn, number
from stakhanov.web.answering import Answering
from stakhanov.web.jobs import Job
from stakhanov.web.model_version import FIELD, model_of
from stakhanov.web.remembered import Remembered
from stakhanov.web.rendering import rendered
from stakhanov.web.wanted import Wanted, pinned
from stakhanov.web.wish_file import settings_link

DRAWN = ("true_output", "norm_level", "strain_mean", "morale_mean")


@dataclass(frozen=True)
class Compared:
    """What came of it: the comparison, and the series of both under the first seed."""

    comparison: Comparison
    series: Mapping[str, Mapping[str, NDArray[np.float64]]]


@final
@dataclass(frozen=True)
class Comparing(Answering):
    """Both wishes, and how many threads one job gets. B says the people, the sizes and the luck."""

    a: Wanted
    b: Wanted
    threads: int
    store: Remembered = field(default_factory=Remembered, repr=False)

    @property
    def key(self) -> str:
        """Its address."""
        return hashlib.sha256(f"{self.a.key} {self.b.key}".encode()).hexdigest()[:16]

    @property
    def link(self) -> str:
        """The page that shows B with A pinned."""
        own = {"pinned": pinned(self.a), FIELD: self.model}
        return f"{self.b.link}{'&' if self.b.fields else '?'}{urlencode(own, quote_via=quote)}"

    @property
    def model(self) -> str:
        """The version of the model that runs both."""
        return model_of(self.a.place, self.b.place)

    @property
    def files(self) -> list[tuple[str, str]]:
        """Both wishes in one file, which the laboratory opens again."""
        return [("Settings as JSON", settings_link(self.b, self.a))]

    @property
    def title(self) -> str:
        """What the page is called."""
        return "B against A"

    def designs(self) -> dict[str, Design]:
        """Both, ready to run. Raises BadInput with every problem."""
        found, problems = {}, []
        for name, one in ((A, self.a), (B, self.b)):
            try:
                rules, people = one.rules()
            except BadInput as error:
                problems += error.problems
                continue
            periods = self.b.periods or min(self.a.rules()[0].length, rules.length)
            found[name] = Design(rules, people, self.b.workers, periods)
        if problems:
            raise BadInput(problems)
        periods = min(one.periods for one in found.values())
        return {
            name: Design(one.campaign, one.workforce, one.workers, periods)
            for name, one in found.items()
        }

    def __call__(self, job: Job) -> Compared:
        """Make all runs of both."""
        designs = self.designs()
        room = Laboratory(self.store, Inline(self.threads), job.count, job.check)
        with room:
            seeds = first_seeds(self.b.seed, self.b.replicates)
            found = compared(designs, room, seeds, ())
            first = room.run([Trial(designs[name], seeds[0]) for name in (A, B)])
        return Compared(found, {name: one.series for name, one in zip((A, B), first, strict=True)})

    def so_far(self, job: Job) -> str:
        """How far it is, in words."""
        done = job.told[-1].done if job.told else 0
        return f"Run {done} of {2 * self.b.replicates}."

    def result(self, job: Job) -> str:
        """Charts of both, the differences in a table, and a sentence."""
        found: Compared = job.result
        return rendered(
            "comparison.html",
            figures=Drawn().grid(self._figures(found)),
            rows=[_shown(row, self) for row in found.comparison.rows],
            sentence=sentence(found.comparison),
            replicates=found.comparison.replicates,
            seed=self.b.seed,
            a=self.a,
            b=self.b,
        )

    def plain(self, job: Job) -> dict[str, Any]:
        """The result as `stakhanov compare --json` gives it."""
        found: Compared = job.result
        return found.comparison.plain()

    def _figures(self, found: Compared) -> list[Figure]:
        campaign = self.b.rules()[0]
        length = len(found.series[A]["true_output"])
        time = time_of(Calendar(campaign, length))
        figures = []
        for measure in DRAWN:
            known = shown(measure, campaign)
            series = {
                name.upper(): one[measure] * known.factor for name, one in found.series.items()
            }
            styles = [Style(A.upper(), "plan", dashed=True), Style(B.upper(), "reported")]
            said = f"Both under seed {self.b.seed}."
            figures.append(
                over_time(known.title, series, styles, time, known.unit, zero=False, said=said)
            )
        return figures


def sentence(found: Comparison) -> str:
    """What the comparison comes to, in words."""
    rows = {str(row.what): row for row in found.rows}
    reported, true = rows["reported_output"], rows["true_output"]
    if all(row.difference.low == row.difference.high == 0.0 for row in (reported, true)):
        return "In our model B reports and produces exactly what A does."
    return f"In our model B reports {_said(reported)} and produces {_said(true)}."


def _said(row: Row) -> str:
    gap = row.difference
    if gap.low != gap.low:
        return "something else, of which one replicate cannot say more"
    if gap.low <= 0.0 <= gap.high:
        return "the same as A, as far as these replicates can tell"
    word = "more" if gap.mean > 0.0 else "less"
    if not row.a.mean:
        return f"clearly {word}"
    share, *edges = (
        percent(abs(one / row.a.mean)) for one in (gap.mean, *sorted((gap.low, gap.high), key=abs))
    )
    return f"{share} {word} ({edges[0]} to {edges[1]})"


def _shown(row: Row, one: Comparing) -> dict[str, Any]:
    known = shown(str(row.what), one.b.rules()[0])
    gap = row.difference
    values = (row.a.mean, row.b.mean, gap.mean, gap.low, gap.high)
    a, b, *edges = (value * known.factor for value in values)
    difference, low, high = alike(*edges)
    return {
        "title": known.title,
        "unit": known.unit,
        "a": a,
        "b": b,
        "difference": difference,
        "low": low,
        "high": high,
    }


def alike(mean: float, low: float, high: float) -> tuple[str, str, str]:
    """A difference and its edges, with the decimals of two figures of the width of the interval."""
    width = high - low
    if not math.isfinite(width) or width <= 0.0:
        return number(mean), number(low), number(high)
    digits = max(0, 1 - math.floor(math.log10(width)))
    mean, low, high = (round(one, digits) + 0.0 for one in (mean, low, high))
    return f"{mean:,.{digits}f}", f"{low:,.{digits}f}", f"{high:,.{digits}f}"
