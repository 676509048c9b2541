"""A contest hands out exactly its prizes, however many are tied, and to nobody else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign.awards import NOBODY, cut_offs, winners
from stakhanov.campaign.pools import queue_goods, share_pool
from tests.properties.generators import RUNS, asked, campaigns, standings, workforces
from tests.properties.lives import lived, reports_of


def parts(values: np.ndarray, offsets: np.ndarray) -> list[np.ndarray]:
    return [values[a:b] for a, b in pairwise(offsets)]


@given(standings(), st.integers(0, 10_000))
def test_a_pool_is_handed_out_to_the_last_unit(standing, amount) -> None:
    scores, offsets, prizes = standing
    lowest = cut_offs(scores, offsets, prizes)
    money = share_pool(scores, lowest, prizes, amount, offsets)
    assert np.all(money[scores < 0] == 0)
    rows = zip(parts(scores, offsets), parts(money, offsets), lowest, prizes, strict=True)
    for here, paid, cut, number in rows:
        taking_part = int(np.count_nonzero(here >= 0))
        assert paid.sum() == amount * min(int(number), taking_part)
        assert np.all(paid[here > cut] == amount)
        assert np.all(paid[here < cut] == 0)
        tied = paid[here == cut]
        if tied.size:
            assert tied.max() - tied.min() <= 1
            assert tied.max() <= amount
            assert np.all(np.diff(tied) <= 0), "odd units go to the first"


@given(standings())
def test_goods_go_to_as_many_as_there_are(standing) -> None:
    scores, offsets, goods = standing
    lowest = cut_offs(scores, offsets, goods)
    taken = queue_goods(scores, lowest, goods, offsets)
    rows = zip(parts(scores, offsets), parts(taken, offsets), goods, strict=True)
    for here, took, number in rows:
        assert took.sum() == min(int(number), int(np.count_nonzero(here >= 0)))
        if took.any() and not took.all():
            assert here[took].min() >= here[~took].max()
            tied = took[here == here[took].min()]
            assert np.all(np.diff(tied.astype(int)) <= 0), "of those tied, the first"


@given(st.integers(0, 2**32 - 1), st.integers(1, 400), st.integers(0, 9000))
def test_cut_offs_of_many_are_those_of_a_sort(seed, levels, prizes) -> None:
    """Above a few thousand they are counted, below them partitioned; here both are held against a sort."""
    draw = np.random.default_rng(seed)
    offsets = np.array([0, 300, 300, 9000])
    scores = draw.integers(-1, levels, 9000)
    found = cut_offs(scores, offsets, np.full(3, prizes))
    for here, cut in zip(parts(scores, offsets), found, strict=True):
        ranked = np.sort(here[here >= 0])[::-1]
        number = min(prizes, ranked.size)
        assert cut == (ranked[number - 1] if number else NOBODY)


@given(st.integers(0, 10**6), st.integers(1, 1000))
def test_prizes_are_their_share_of_the_members_rounded(members, per_thousand) -> None:
    number = int(winners(float(per_thousand), np.array([members]))[0])
    assert abs(number - per_thousand * members / 1000) <= 0.5
    assert number <= members


COLUMNS = {"brigade": ["brigade"], "enterprise": ["enterprise"], "branch": ["branch"], "all": []}


@RUNS
@given(campaigns(("rank",), audits__deduction=0.0, changes=[]), workforces(), asked(periods=1))
def test_a_run_pays_out_its_prizes_and_no_more(campaign, workforce, size) -> None:
    """The first period with and without money for prizes: nobody knows their marks yet."""
    nothing = {f"prizes.{prize.name}.amount": 0 for prize in campaign.prizes}
    paid, unpaid = (
        reports_of(lived(rules, workforce, size)) for rules in (campaign, campaign.held(nothing))
    )
    contests = {name: contest for contest in campaign.emulation.contests for name in contest.prizes}
    due = 0
    for prize in campaign.prizes:
        terms = contests.get(prize.name, prize)
        if terms.every == 1:
            groups = paid.group_by(*COLUMNS[terms.scope] or [pl.lit(0)]).len()["len"]
            due += sum(
                prize.amount * min(int(prize.per_thousand * n / 1000 + 0.5), n) for n in groups
            )
    assert paid.drop("pay").equals(unpaid.drop("pay"))
    assert paid["pay"].sum() - unpaid["pay"].sum() == due
