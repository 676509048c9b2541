"""The report of an inspection: whole in itself, of groups and not of people, and without accusation."""

from __future__ import annotations

import re

import polars as pl
import pytest

from stakhanov.evidence import Inspection, inspect
from stakhanov.evidence.curves import around_line, over_periods, standing, through_month
from stakhanov.evidence.explanations import EXPLANATIONS
from stakhanov.evidence.simulated import Truth, simulated
from stakhanov.summary.inspection_report import headline, html_of
from stakhanov.summary.rival_stories import rivals


@pytest.fixture(scope="module")
def found() -> Inspection:
    table = simulated(Truth(padded=0.03, storming=0.2), workers=60, periods=59, seed=1)
    group = (
        pl.when(pl.col("worker") < 3)
        .then(pl.lit("the small one"))
        .when(pl.col("worker") < 30)
        .then(pl.lit("<hall & 1>"))
        .otherwise(pl.lit("hall 2"))
    )
    named = table.with_columns(group=group, worker=pl.format("Ivanova-{}", "worker"))
    return inspect(named, by="group")


@pytest.fixture(scope="module")
def page(found: Inspection) -> str:
    return html_of(found)


def test_the_page_needs_nothing_else(page: str) -> None:
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"|@import|url\(', page.replace("url(#", ""))
    assert page.count("<svg") >= 6
    for part in ("At the line", "Over time", "Who", "What was found", "What it cannot tell apart"):
        assert f"<h2>{part}</h2>" in page


def test_nobody_is_named_and_small_groups_are_hidden(page: str) -> None:
    assert "Ivanova" not in page
    assert "the small one" not in page
    assert "Hidden: 1 group of fewer than 5 workers." in page
    assert "&lt;hall &amp; 1&gt;" in page
    assert "<hall" not in page


def test_the_page_asks_and_does_not_accuse(page: str) -> None:
    assert "unusual" in page.lower()
    for word in ("fraud", "cheat", "guilty", "lied", "liar"):
        assert word not in page.lower()


def test_the_headline_counts_what_stands_beside_the_norm(found: Inspection) -> None:
    finding = max(
        (one for one in found.findings if one.test == "norm-excess"), key=lambda one: one.estimate
    )
    above, below = (f"{finding.details[side]:,.0f}" for side in ("above", "below"))
    assert headline(found) == (
        f"In {finding.group} {above} reports stand just above the norm and {below} as near below it"
    )


def test_nothing_unusual_is_said_so() -> None:
    honest = inspect(simulated(Truth(), workers=400, periods=4, seed=2))
    assert headline(honest) == f"Of {len(honest.findings)} findings none is unusual"
    one = pl.DataFrame({"worker": ["a"], "period": [1], "norm": [1.0], "reported": [1.0]})
    assert headline(inspect(one)) == "No test applies to these reports"
    assert "Not tested" in html_of(inspect(one))


def test_shares_by_hand() -> None:
    table = pl.DataFrame({"worker": range(8), "period": 1, "norm": 2.0}).with_columns(
        reported=pl.Series([1.0, 1.95, 1.97, 2.0, 2.03, 2.04, 3.0, 4.0])
    )
    known = standing(inspect(table).samples[0])
    assert (known.met, known.at, known.below) == (5 / 8, 2 / 8, 1 / 8)


def test_the_band_holds_honest_counts() -> None:
    sample = inspect(simulated(Truth(), workers=3000, periods=4, seed=3)).samples[0]
    table = around_line(sample)
    inside = table.filter(pl.col("count").is_between(pl.col("low"), pl.col("high"))).height
    assert table.height == 50
    assert inside >= 43  # of 50 bins about 47; clusters make them move together
    assert table["x"].to_list()[25] == pytest.approx(100.0)


def test_days_and_periods_are_means(found: Inspection) -> None:
    sample = found.samples[0]
    periods = over_periods(sample)
    assert periods["reports"].sum() == sample.reports
    month = through_month(sample)
    late = month.filter("late")["output"].mean()
    early = month.filter(~pl.col("late"))["output"].mean()
    assert late / early == pytest.approx(1.2, abs=0.05)  # type: ignore[operator]


def test_every_test_has_explanations_and_a_rival_story() -> None:
    assert len(rivals(EXPLANATIONS)) >= 8
    assert all(len(sentences) >= 2 for sentences in EXPLANATIONS.values())
    assert len(rivals(["bunching", "density-jump", "norm-excess"])) == 1
