"""Reports one after the other: each with the next one of the same person, and norms that people share."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import polars as pl
from scipy.stats import binom

from stakhanov.evidence.sample import CLUSTERS, Flags, Numbers, Sample, Whole

#: A next report counts as next within so many of the usual distances between two.
LONGEST_GAP = 3
#: Fulfilment and growth of norms within this factor of one; a single norm of a tenth would decide all else.
FACTOR = 3.0
#: So small a part of the most movements of norms is next to none, and so small a chance is rare.
FEW, RARE = 0.05, 0.001


@dataclass(frozen=True)
class Steps:
    """Two reports in a row: norm and output before and after, the period of the first, and whose they are."""

    norm: Numbers
    next_norm: Numbers
    output: Numbers
    next_output: Numbers
    last_output: Numbers  # of the period before the first; not a number where there was none
    period: Whole
    cluster: Whole

    @cached_property
    def revisions(self) -> Flags:
        """Which steps lie in periods after which norms were revised; all of them but those that stand still.

        A period stands still where next to no norm moved, beside the period in which most did, and where that
        would be rare by chance if norms moved as often as in the others: few norms that are each changed now
        and then leave still periods without a timetable, and to drop those would be to choose what moved.
        """
        _, place = np.unique(self.period, return_inverse=True)
        count = np.bincount(place)
        moved = np.bincount(place, self.next_norm != self.norm)
        few = moved <= FEW * count * (moved / count).max(initial=0.0)
        often = moved[~few].sum() / max(count[~few].sum(), 1)
        still = few & (binom.cdf(moved, count, often) < RARE)
        revised: Flags = ~still[place]
        return revised

    def at_revisions(self) -> Steps:
        """The steps of periods after which norms were revised."""
        chosen = self.revisions
        return Steps(*(getattr(self, one.name)[chosen] for one in fields(self)))

    def periods(self) -> int:
        """How many periods there are."""
        return int(np.unique(self.period).size)

    def __len__(self) -> int:
        """How many steps there are."""
        return self.norm.size


def steps(sample: Sample) -> Steps:
    """Every report with the next of its series. People whose norms are the same all along are one series.

    A norm that a group shares moves with the group's output; its members are not so many observations.
    Periods in several segments are left out, as is output of more than three norms or less than a third.
    """
    rows = pl.DataFrame(
        {
            "series": sample.series,
            "period": sample.period,
            "norm": sample.norm,
            "output": sample.reported,
            "worker": sample.worker,
        }
    )
    rows = rows.filter(pl.len().over("series", "period") == 1)
    rows = rows.with_columns(step=pl.struct("period", "norm").hash(seed=0))
    paths = rows.group_by("series").agg(path=pl.col("step").bitwise_xor())
    rows = rows.join(paths, on="series")
    shared = (
        rows.group_by("path", "period")
        .agg(pl.col("norm").first(), pl.col("output").mean(), pl.col("worker").min())
        .sort("path", "period")
    )
    gap = shared["period"].diff().filter(shared["path"] == shared["path"].shift(1))
    usual = float(gap.median() or 1.0) if gap.len() else 1.0  # type: ignore[arg-type]
    after = [
        pl.col(name).shift(-1).over("path").alias(f"next {name}")
        for name in ("norm", "output", "period")
    ]
    stepped = shared.with_columns(
        *after, pl.col("output").shift(1).over("path").alias("last output")
    )
    stepped = stepped.filter(
        (pl.col("next period") - pl.col("period") <= LONGEST_GAP * usual)
        & (pl.col("output") / pl.col("norm")).is_between(1.0 / FACTOR, FACTOR)
        & (pl.col("next norm") / pl.col("norm")).is_between(1.0 / FACTOR, FACTOR)
    )
    return Steps(
        norm=stepped["norm"].to_numpy(),
        next_norm=stepped["next norm"].to_numpy(),
        output=stepped["output"].to_numpy(),
        next_output=stepped["next output"].to_numpy(),
        last_output=stepped["last output"].fill_null(np.nan).to_numpy(),
        period=stepped["period"].to_numpy(),
        cluster=stepped["worker"].to_numpy() % CLUSTERS,
    )
