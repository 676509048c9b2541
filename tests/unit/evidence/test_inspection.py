"""An inspection as a whole: large tables, groups, and what does not depend on what."""

from __future__ import annotations

import polars as pl
import pytest

from stakhanov.evidence import inspect, inspection
from stakhanov.evidence.simulated import Truth, simulated
from stakhanov.foundation.problem import BadInput


def test_of_a_large_table_whole_workers_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MOST_ROWS", 1000)
    found = inspect(simulated(Truth(), workers=1000, periods=4, seed=1), tables=19)
    sample = found.samples[0]
    assert (found.workers, found.periods, found.chosen) == (1000, 4, 0.25)
    assert sample.workers == pytest.approx(250, abs=60)
    assert sample.reports == 4 * sample.workers  # nobody is cut in two
    assert found.plain()["share_of_workers"] == 0.25


def test_groups_are_tested_apart_and_counted_together() -> None:
    honest = simulated(Truth(), workers=300, periods=4, seed=2).with_columns(group=pl.lit("a"))
    padded = simulated(Truth(padded=0.04), workers=300, periods=4, seed=3)
    both = pl.concat([honest, padded.with_columns(group=pl.lit("b"))])
    found = inspect(both, by="group")
    assert {finding.group for finding in found.unusual} == {"b"}
    assert [sample.group for sample in found.samples] == ["a", "b"]
    alone = inspect(honest)
    jump = [one.findings[0].estimate for one in (alone, found)]
    assert jump[0] == pytest.approx(jump[1])
    assert "np." not in repr(found.findings)  # as one reads it at a prompt


def test_reports_without_a_group_are_a_group() -> None:
    table = simulated(Truth(), workers=40, periods=4, seed=4)
    group = pl.when(pl.col("worker") < 20).then(pl.lit("a"))
    found = inspect(table.with_columns(group=group), by="group", tables=19)
    assert [sample.group for sample in found.samples] == ["(none)", "a"]


def test_the_same_seed_gives_the_same_findings_and_another_one_other_rates() -> None:
    table = simulated(Truth(), workers=200, periods=4, seed=5)
    one, again, other = (inspect(table, seed=seed) for seed in (1, 1, 2))
    assert one.findings == again.findings
    rates = [[finding.false_alarm for finding in found.findings] for found in (one, other)]
    assert rates[0] != rates[1]
    estimates = [[finding.estimate for finding in found.findings[:2]] for found in (one, other)]
    assert estimates[0] == estimates[1]


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(BadInput, match="there are brigade"):
        inspect(
            simulated(Truth(), workers=9, periods=1, seed=6).with_columns(brigade=1), by="branch"
        )
