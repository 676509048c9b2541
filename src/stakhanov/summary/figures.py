"""The charts of a run, each with a sentence that says what it shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from stakhanov.charts import Style, histogram, lines, points, svg_of
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import Figure, number

#: Runs shorter than this are drawn by period, longer ones by calendar year.
BY_YEAR = 2
STEP = 5  # per cent of the norm in one bar


@dataclass(frozen=True)
class Line:
    """A series of the run as a line: its measure, what it is called here, how it is drawn."""

    measure: str
    name: str
    role: str
    dashed: bool = False
    scale: float = 1.0
    width: float = 2.0


class Figures:
    """Draws the charts of one run."""

    def __init__(self, opened: OpenRun) -> None:
        self.opened = opened
        self.by_year = len(opened.years()) >= BY_YEAR
        self.axis = "Year" if self.by_year else "Period"
        self._drawn = 0

    def place(self, period: float) -> float:
        """Where a period stands on the time axis: its calendar year, or its number from 1."""
        if not self.by_year:
            return period + 1.0
        start = self.opened.campaign.campaign.start
        size = self.opened.campaign.plan.periods_per_year
        return start.year + (start.timetuple().tm_yday - 1) / 365.25 + period / size

    def over_time(
        self,
        title: str,
        drawn: list[Line],
        *,
        unit: str,
        zero: bool = True,
        form: str | None = None,
        caption: str = "",
    ) -> Figure:
        """A chart of series over the run's periods."""
        tables = []
        for line in drawn:
            column = self.opened.column(line.measure) * line.scale
            tables.append(
                pl.DataFrame(
                    {
                        "x": [self.place(period) for period in range(len(column))],
                        "period": np.arange(len(column)) + 1,
                        "series": [line.name] * len(column),
                        "value": column,
                    }
                )
            )
        table = pl.concat(tables)
        styles = [Style(line.name, line.role, line.dashed, line.width) for line in drawn]
        said = self._ends(table)
        chart = lines(table.drop("period"), styles, x=self.axis, y=unit, zero=zero, form=form)
        wide = table.pivot(on="series", index=["period", "x"], values="value", maintain_order=True)
        wide = wide.drop("x") if not self.by_year else self._dated(wide)
        label = f"Line chart of {title.lower()}, {unit}. {said}"
        text = f"{caption} {said}".strip()
        return Figure(title, text, svg_of(chart, label, self._name()), wide)

    def fulfilment(self, span: slice, when: str, top: float, high: int) -> Figure:
        """Reported and true fulfilment of norms in some periods, the norm marked."""
        table = self.shares(span, high)
        counted = self.opened.counts("reported", span)
        total = max(int(counted.sum()), 1)
        parts = (counted[:100], counted[100:102], counted[200:], counted[high:])
        below, at, twice, beyond = (100.0 * int(part.sum()) / total for part in parts)
        said = f"{below:.1f} % of reports were below the norm, {at:.1f} % at 100 or 101 % of it,"
        said += f" {twice:.1f} % at 200 % or more."
        if beyond > 0.0:
            said += f" Not drawn: {beyond:.2g} % beyond {high} %."
        chart = histogram(
            table,
            Style("reported", "line-1"),
            Style("true", "line-2"),
            mark=100.0,
            marked="norm",
            x="per cent of the norm",
            y=f"% of workers, by {STEP} points",
            top=top,
        )
        label = f"Histogram of fulfilment of the norm, {when}. {said}"
        numbers = table.pivot(on="series", index=["x", "x2"], values="value").rename(
            {"x": "from %", "x2": "to %", "reported": "reported, %", "true": "true, %"}
        )
        return Figure(when, said, svg_of(chart, label, self._name()), numbers)

    def shares(self, span: slice, high: int) -> pl.DataFrame:
        """Shares of worker-periods in bars of fulfilment, in per cent."""
        tables = []
        for kind in ("reported", "true"):
            counts = self.opened.counts(kind, span)
            bars = counts[:high].reshape(-1, STEP).sum(axis=1)
            edges = np.arange(0, high, STEP)
            shares = 100.0 * bars / max(int(counts.sum()), 1)
            names = [kind] * len(bars)
            tables.append(
                pl.DataFrame({"x": edges, "x2": edges + STEP, "series": names, "value": shares})
            )
        return pl.concat(tables)

    def records(self) -> Figure | None:
        """Records as credited and per head of the crew that made them; none without records."""
        table = self.opened.run.records.filter(pl.col("multiple") > 0.0)
        if table.is_empty():
            return None
        heads = table.with_columns(per_head=pl.col("multiple") / pl.col("crew"))
        kinds = [
            ("one worker's", "line-1", pl.col("crew") <= 1, "multiple"),
            ("a crew's", "line-3", pl.col("crew") > 1, "multiple"),
            ("its per head", "line-2", pl.col("crew") > 1, "per_head"),
        ]
        parts, styles = [], []
        for name, role, which, column in kinds:
            rows = heads.filter(which)
            if not rows.is_empty():
                when = [self.place(period) for period in rows["period"].to_list()]
                names = [name] * len(rows)
                parts.append(pl.DataFrame({"x": when, "series": names, "value": rows[column]}))
                styles.append(Style(name, role))
        best = heads.sort("multiple").tail(1).to_dicts()[0]
        said = f"{len(heads)} in all. The highest was credited with {best['multiple']:.1f} norms"
        if best["crew"] > 1:
            said += f"; made by a crew of {best['crew']}, that is {best['per_head']:.1f} a head"
        said += "."
        span = (self.place(0), self.place(max(self.opened.periods - 1, 1)))
        chart = points(pl.concat(parts), styles, x=self.axis, y="norms, log scale", span=span)
        numbers = heads.select(
            (pl.col("period") + 1).alias("period"),
            "branch",
            pl.col("multiple").alias("credited, norms"),
            "crew",
            pl.col("per_head").alias("per head, norms"),
            "staged",
        )
        label = f"Records over time, in multiples of the norm. {said}"
        return Figure("Records", said, svg_of(chart, label, self._name()), numbers)

    def _dated(self, table: pl.DataFrame) -> pl.DataFrame:
        """A table with the dates on which its periods begin, in place of their numbers."""
        dates = [self.opened.campaign.date_of(p).isoformat() for p in range(self.opened.periods)]
        begun = pl.Series("begins", dates)
        return table.drop("period", "x").insert_column(0, begun)

    def _ends(self, table: pl.DataFrame) -> str:
        """What each series was at the start and at the end, in words."""
        said = []
        for (name,), rows in table.group_by("series", maintain_order=True):
            known = rows.filter(pl.col("value").is_finite())["value"].to_list()
            if not known:
                said.append(f"{name} has no value")
            elif len(known) == 1:
                said.append(f"{name} {number(known[0])}")
            else:
                said.append(f"{name} from {number(known[0])} to {number(known[-1])}")
        words = "; ".join(said)
        return f"{words[:1].upper()}{words[1:]}."

    def _name(self) -> str:
        self._drawn += 1
        return f"chart-{self._drawn}"
