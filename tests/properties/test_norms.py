"""Norms: one that is fixed never moves, and one that moves goes where the reports say."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.engine.kernels.ratchet import ratchet_discount, revised_norm, revised_rate
from tests.properties.generators import RUNS, asked, campaigns, numbers, workforces
from tests.properties.lives import lived, reports_of

SHARES, LEVELS = numbers(0, 1), numbers(0.01, 20)


@RUNS
@given(
    campaigns(norms__revision__up=0.0, norms__revision__down=0.0, norms__orders=[]),
    workforces(),
    asked(),
)
def test_a_fixed_norm_never_moves(campaign, workforce, size) -> None:
    course = lived(campaign, workforce, size)
    reports = reports_of(course)
    assert set(reports["norm"]) == {campaign.norms.start}
    assert set(course.world.state.groups.norm) == {campaign.norms.start}
    levels = course.ledger.series().filter(measure="norm_level")["value"]
    assert levels.n_unique() == 1
    assert levels[0] == pytest.approx(1.0, rel=1e-5)
    for period, price in reports.select("period", "price").unique().iter_rows():
        assert price == 1000 * campaign.in_force(period).pay.reference


@given(LEVELS, LEVELS, SHARES, SHARES)
def test_a_revised_norm_lies_between_the_old_one_and_the_reports(norm, basis, up, down) -> None:
    new = revised_norm(np.float64(norm), np.float64(basis), up, down)
    assert min(norm, basis) - 1e-12 <= new <= max(norm, basis) + 1e-12
    higher = revised_norm(np.float64(norm), np.float64(basis + 0.5), up, down)
    assert higher >= new


@given(LEVELS, LEVELS, SHARES)
def test_a_norm_is_worth_as_much_as_the_rate_cut_leaves_it(norm, new, cut) -> None:
    """Pay at 100 % is norm x rate: with the full cut it stays, without one it grows with the norm."""
    rate = revised_rate(np.float64(1.0 / norm), np.float64(norm), np.float64(new), cut)
    assert new * rate == pytest.approx((new / norm) ** (1.0 - cut))


@given(SHARES, numbers(0.001, 5), SHARES, SHARES, st.integers(1, 10**6))
def test_the_ratchet_takes_some_of_a_rate_and_never_more(lam, r, cut, foresight, group) -> None:
    alone = ratchet_discount(lam, r, cut, foresight, np.float64(1.0))
    among = ratchet_discount(lam, r, cut, foresight, np.float64(group))
    assert 0.0 <= alone <= among <= 1.0
    assert 1.0 - among == pytest.approx((1.0 - alone) / group)


GROUP = {
    "own": ["worker"],
    "brigade": ["brigade"],
    "enterprise": ["enterprise"],
    "branch": ["branch"],
}


@pytest.mark.parametrize("scope", GROUP)
@pytest.mark.parametrize("basis", ["mean", "best-tenth"])
def test_norms_follow_the_reports(scope, basis) -> None:
    """Every norm of every period, worked out again from the reports of the period before."""

    @RUNS
    @given(
        campaigns(norms__scope=scope, norms__revision__basis=basis, norms__orders=[], changes=[]),
        workforces(size__workers=1000),
        asked(),
    )
    def law(campaign, workforce, size) -> None:
        revision = campaign.norms.revision
        reports = reports_of(lived(campaign, workforce, size))
        of_group = (
            reports.with_columns(level=pl.col("reported") / pl.col("norm"))
            .group_by("period", *GROUP[scope])
            .agg(pl.col("norm").first(), pl.col("level").sort(descending=True))
        )
        before = {tuple(row[:2]): row[2:] for row in of_group.iter_rows()}
        for (period, group), (norm, _) in before.items():
            if period == 0:
                assert norm == campaign.norms.start
                continue
            old, levels = before[(period - 1, group)]
            if period % revision.every:
                assert norm == old
                continue
            best = levels[: max(1, len(levels) // 10)] if basis == "best-tenth" else levels
            reached = old * float(np.mean(best))
            moved = (
                old + revision.up * max(reached - old, 0) - revision.down * max(old - reached, 0)
            )
            assert norm == pytest.approx(max(moved, min(old, 0.001)), rel=1e-9)

    law()
