"""Prizes: how many were given, and who got them."""

from __future__ import annotations

from html import escape

import numpy as np
import polars as pl

from stakhanov.campaign.explain import prize_sentences
from stakhanov.charts import REPORTED, TRUE, Drawing, Figure, Size, Style, bars
from stakhanov.charts.over_time import over_time
from stakhanov.engine.shown import percent, period_of
from stakhanov.foundation.written import counted
from stakhanov.summary.figures import Figures
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import Drawn, Section, scrolled, table

EVERYBODY = Style("everybody", "plan", dashed=True, width=1.6)


def prize_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section:
    """Every prize with its rule, its winners and what they had reported and made."""
    inequality = figures.one("pay_gini", title="Inequality of pay", zero=False)
    rows = opened.run.prizes
    title = "Prizes and the spread of pay"
    if rows.is_empty():
        some = "No prize was won in this run." if opened.campaign.prizes else ""
        said = some or "This campaign gives no prizes."
        return Section("prizes", title, said, drawn.grid([inequality]))
    told = prize_sentences(opened.campaign)
    rules = "<ul>" + "".join(f"<li>{escape(sentence)}</li>" for sentence in told) + "</ul>"
    given = int(rows["winners"].sum())
    padded = int(rows["padded"].sum()) / given
    said = f"{counted(given, 'prize')} were given; the rules are those of the start."
    if padded > 0.0:
        said += f" Of the winning reports {percent(padded)} were padded."
    small = [_course(opened, figures), _by_branch(opened), inequality]
    listed = scrolled(table(_table(opened), "All prizes", cards=True), "All prizes")
    return Section("prizes", title, said, rules, drawn.grid(small), listed)


def _most_given(rows: pl.DataFrame) -> str:
    won = rows.group_by("prize").agg(pl.col("winners").sum()).sort("winners", "prize")
    return str(won["prize"][-1])


def _course(opened: OpenRun, figures: Figures) -> Figure:
    """What winners of the most given prize had reported and made, beside everybody's mean report."""
    name = _most_given(opened.run.prizes)
    rows = opened.run.prizes.filter(pl.col("prize") == name)
    series = {
        REPORTED.series: _held(rows, "reported", opened.periods),
        TRUE.series: _held(rows, "true", opened.periods),
        EVERYBODY.series: 100.0 * opened.column("fulfilment_mean"),
    }
    last = {key: float(values[-1]) for key, values in series.items()}
    said = (
        f"At the end winners had reported {percent(last['reported'] / 100.0)} of the norm and made"
        f" {percent(last['true'] / 100.0)}; everybody's mean report was"
        f" {percent(last['everybody'] / 100.0)}."
    )
    styles = [REPORTED, TRUE, EVERYBODY]
    title = f"What winners did: {name}"
    return over_time(title, series, styles, figures.time.time, "% of the norm", said=said)


def _held(rows: pl.DataFrame, column: str, periods: int) -> np.ndarray:
    """The winners' mean fulfilment in per cent, from one award to the next."""
    weight = pl.col("winners")
    by_period = rows.group_by("period").agg(
        value=100.0 * (pl.col(column) * weight).sum() / weight.sum()
    )
    values = np.full(periods, np.nan)
    values[by_period["period"].to_numpy()] = by_period["value"].to_numpy()
    return np.asarray(pl.Series(values).fill_nan(None).fill_null(strategy="forward").to_numpy())


def _by_branch(opened: OpenRun) -> Figure | None:
    """Prizes for every thousand people and period in each branch; none where there is only one."""
    rows = opened.run.prizes
    people = {
        branch: float(np.nansum(opened.column("workers", branch))) for branch in opened.branches()
    }
    if len(people) < 2:
        return None
    won = dict(rows.group_by("branch").agg(pl.col("winners").sum()).iter_rows())
    shares = {branch: 1000.0 * won.get(branch, 0) / n for branch, n in people.items() if n > 0.0}
    listed = pl.DataFrame(
        {"label": [branch.replace("-", " ") for branch in shares], "value": shares.values()},
        schema={"label": pl.String, "value": pl.Float64},
    ).sort("value", descending=True, maintain_order=True)
    unit = f"per 1,000 people a {period_of(opened.campaign)}"

    def draw(size: Size) -> Drawing:
        return bars(listed, unit, role="second", size=size)

    most, least = listed.row(0), listed.row(-1)
    said = f"Most in {most[0]} ({most[1]:.3g}), fewest in {least[0]} ({least[1]:.3g})."
    label = f"Bar chart of prizes {unit} by branch. {said}"
    numbers = listed.rename({"label": "branch", "value": unit})
    return Figure("All prizes by branch", said, label, numbers, draw)


def _table(opened: OpenRun) -> pl.DataFrame:
    """One row a prize: winners, money, and what they had reported and made."""
    weight, minor = pl.col("winners"), opened.campaign.campaign.currency.minor
    return (
        opened.run.prizes.group_by("prize")
        .agg(
            weight.sum().alias("won"),
            (pl.col("amount").sum()).alias(f"money, {minor}s"),
            _per_cent((pl.col("reported") * weight).sum() / weight.sum()).alias("reported, %"),
            _per_cent((pl.col("true") * weight).sum() / weight.sum()).alias("made, %"),
            _per_cent(pl.col("padded").sum() / weight.sum()).alias("padded, % of winners"),
        )
        .sort("won", descending=True)
    )


def _per_cent(share: pl.Expr) -> pl.Expr:
    return (100.0 * share).round(1)
