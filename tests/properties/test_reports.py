"""True and reported output are two things: neither leaks into the other, and the books keep both right."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given

from tests.properties.generators import RUNS, asked, campaigns, workforces
from tests.properties.lives import lived, reports_of

TOLD = (pl.col("reported") / pl.col("norm") * pl.col("shifts") * 1000).round().alias("told")
#: What an honest report says: whole thousandths of the norm, half up, nothing for less than nothing.
HONEST = (
    ((pl.col("true").clip(0.0) / pl.col("norm") * pl.col("shifts") * 1000) + 0.5)
    .floor()
    .alias("honest")
)
#: `true` is kept in single precision and rounded again here, so one thousandth may be another.
SLIP = 1


@RUNS
@given(campaigns(), workforces(honesty__lying_cost=math.inf), asked())
def test_reports_are_true_when_nobody_pads(campaign, workforce, size) -> None:
    course = lived(campaign, workforce, size)
    reports = reports_of(course).with_columns(TOLD, HONEST)
    assert np.all(np.abs((reports["told"] - reports["honest"]).to_numpy()) <= SLIP)
    assert not reports["caught"].any()
    assert course.ledger.measures()["padded_share"] == 0.0
    counts = course.ledger.histogram().pivot(on="kind", index=["period", "bin"], values="count")
    assert counts["true"].equals(counts["reported"])


@RUNS
@given(campaigns(), workforces(), asked())
def test_a_report_is_the_truth_or_exactly_the_norm(campaign, workforce, size) -> None:
    reports = reports_of(lived(campaign, workforce, size)).with_columns(TOLD, HONEST)
    full = 1000 * reports["shifts"].to_numpy()
    told, honest = (reports[name].to_numpy() for name in ("told", "honest"))
    truth, norm = np.abs(told - honest) <= SLIP, told == full
    assert np.all(truth | norm)
    assert np.all(honest[~truth] < full[~truth])
    assert np.all(norm[reports["caught"].to_numpy()])


@RUNS
@given(campaigns(), workforces(honesty__foresight=False), asked(periods=1))
def test_lies_leave_the_truth_of_the_period_alone(campaign, workforce, size) -> None:
    """Where padding is not foreseen, work is done before anybody thinks of it."""
    honest = workforce.with_({"honesty.lying_cost": math.inf})
    bold = workforce.with_({"honesty.lying_cost": 0.001})
    checked = campaign.held({"audits.probability": 0.0})
    one, other, third = (
        lived(rules, people, size)
        for rules, people in ((campaign, honest), (campaign, bold), (checked, bold))
    )
    for name in ("true_output", "effort_mean", "storming_index"):
        values = [
            course.ledger.series().filter(measure=name)["value"] for course in (one, other, third)
        ]
        assert values[0].equals(values[1])
        assert values[0].equals(values[2])
    mine, theirs = (reports_of(course) for course in (one, other))
    assert mine["true"].equals(theirs["true"])
    assert np.all((theirs["reported"] - mine["reported"]).to_numpy() >= -1e-12)
    histograms = [
        course.ledger.histogram().filter(kind="true")["count"] for course in (one, other, third)
    ]
    assert histograms[0].equals(histograms[1])
    assert histograms[0].equals(histograms[2])


def counted(title: float) -> dict[str, pl.Expr]:
    """Measures worked out from the reports alone."""
    told, honest, full = pl.col("told"), pl.col("honest"), 1000 * pl.col("shifts")
    norm = pl.col("norm") / 1000.0
    return {
        "true_output": pl.col("true").mean(),
        "reported_output": (told * norm).sum() / pl.col("shifts").sum(),
        "padded_share": ((told - honest) * norm).sum() / (told * norm).sum(),
        "fulfilment_mean": (told / full).mean(),
        "below_norm_share": (told < full).mean(),
        "at_norm_share": ((told >= full) & (told < 1.02 * full)).mean(),
        "stakhanovite_share": (told >= (title * full - 1e-9).ceil()).mean(),
        "pay_mean": pl.col("pay").mean(),
        "workers": pl.len().cast(pl.Float64),
    }


@RUNS
@given(campaigns(), workforces(), asked())
def test_the_books_say_what_the_reports_say(campaign, workforce, size) -> None:
    course = lived(campaign, workforce, size)
    reports = reports_of(course).with_columns(TOLD, HONEST)
    series = course.ledger.series()
    for (period,), rows in reports.group_by("period"):
        title = campaign.in_force(int(str(period))).publicity.esteem.threshold
        booked = dict(
            series.filter(period=period, branch="all").select("measure", "value").iter_rows()
        )
        for name, formula in counted(title).items():
            found = rows.select(formula).item()
            if not math.isfinite(found):
                continue
            slack = 2e-3 if name == "padded_share" else 2e-5
            assert booked[name] == pytest.approx(found, rel=2e-5, abs=slack), name
        told = np.minimum(rows["told"].to_numpy() // (10 * rows["shifts"].to_numpy()), 300)
        bins = course.ledger.histogram().filter(period=period, kind="reported")["count"]
        assert np.array_equal(bins, np.bincount(told.astype(int), minlength=301))


@RUNS
@given(campaigns(), workforces(), asked())
def test_branches_add_up_to_everybody(campaign, workforce, size) -> None:
    series = lived(campaign, workforce, size).ledger.series()
    branches = series.filter(pl.col("branch") != "all")
    people = branches.filter(measure="workers").select("period", "branch", weight="value")
    for name in ("true_output", "reported_output", "morale_mean", "quit_rate", "pay_mean"):
        parts = branches.filter(measure=name).join(people, on=["period", "branch"])
        whole = (
            parts.group_by("period")
            .agg(mean=(pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum())
            .join(series.filter(measure=name, branch="all"), on="period")
        )
        assert np.allclose(whole["mean"], whole["value"], rtol=1e-9, atol=1e-12), name
