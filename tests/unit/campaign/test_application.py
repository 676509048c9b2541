"""A campaign on real reports: pay by hand, ranks and ties, segments, what is refused, and a run paid again."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import stakhanov as sk
from stakhanov.campaign.campaign import Campaign, checked
from stakhanov.campaign.payroll import write_payroll
from stakhanov.campaign.payslip import payslip
from stakhanov.foundation.problem import BadInput
from stakhanov.foundation.reports import read

PLAIN = {
    "format": 1,
    "campaign": {"name": "plain", "start": "1935-01-01"},
    "pay": {"reference": 1000, "guarantee": 0.0},
}


def plain(**chapters: object) -> Campaign:
    return checked({**PLAIN, **chapters})


def table(
    *rows: tuple[object, ...], names: str = "worker period shifts norm reported"
) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=names.split(), orient="row")


def test_pay_is_what_the_hand_finds() -> None:
    """A norm of 7 tonnes; 25 shifts at 7.7 tonnes are 27.5 norms, 27,500 kopecks at 1,000 a norm."""
    applied = plain().apply(table(("Petrov", 0, 25, 7.0, 7.7), ("Ivanov", 0, 20, 7.0, 3.5)))
    assert applied.pay["pay"].to_list() == [27_500, 10_000]
    assert applied.pay["fulfilment"].to_list() == pytest.approx([1.1, 0.5])
    assert applied.summary.plain()["paid"] == {"amount": 37_500, "unit": "kopeck"}


def test_segments_are_one_worker() -> None:
    """Ten shifts at norm 1 and fifteen at 1.25, both fulfilled; the bonus is for the whole period."""
    rows = [
        ("Petrov", 0, 0, 10, 1.0, 1.0),
        ("Petrov", 0, 1, 15, 1.25, 1.25),
        ("Ivanov", 0, 0, 25, 1.0, 0.5),
    ]
    reports = table(*rows, names="worker period segment shifts norm reported")
    paid = plain(pay={**PLAIN["pay"], "bonus": [{"at": 1.0, "amount": 2000}]}).apply(reports).pay
    assert paid.select("worker", "pay").rows() == [("Petrov", 27_000), ("Ivanov", 12_500)]


def test_dates_choose_the_rules_in_force() -> None:
    rules = plain(changes=[{"at": "1936-01-01", "set": {"pay.reference": 1200}}])
    reports = table(("Petrov", "1935-12-01", 25, 1.0, 1.0), ("Petrov", "1936-01-01", 25, 1.0, 1.0))
    assert rules.apply(reports).pay["pay"].to_list() == [25_000, 30_000]


def test_ranks_ties_and_groups() -> None:
    """Two of a hundred win in each branch of 50: one prize; two tied at the top share 333 as 167 and 166."""
    prize = {"name": "banner", "by": "rank", "scope": "branch", "per_thousand": 20, "amount": 333}
    names = "worker period branch shifts norm reported"
    rows = [(f"a{i}", 0, "coal", 25, 1.0, 1.5 if i in (3, 7) else 1.0) for i in range(50)]
    rows += [(f"b{i}", 0, "steel", 25, 1.0, 1.0 + i / 100) for i in range(50)]
    applied = plain(prizes=[prize]).apply(table(*rows, names=names))
    won = applied.pay.filter(pl.col("prizes") > 0)
    assert dict(won.select("worker", "prizes").rows()) == {"a3": 167, "a7": 166, "b49": 333}
    assert applied.awards.select("group", "winners", "amount").rows() == [
        ("coal", 2, 333), ("steel", 1, 333),
    ]  # fmt: skip
    top = applied.ranks.filter(pl.col("group") == "coal").head(3)
    assert top.select("rank", "worker").rows() == [(1, "a3"), (1, "a7"), (3, "a0")]


def test_a_queue_serves_nobody_twice() -> None:
    flats = {"name": "flat", "by": "queue", "scope": "all", "per_thousand": 500, "amount": 10}
    rows = [(w, p, 1, 1.0, r) for p in (0, 1) for w, r in (("a", 3.0), ("b", 2.0))]
    applied = plain(prizes=[flats]).apply(table(*rows))
    assert applied.pay.sort("period", "worker")["prizes"].to_list() == [10, 0, 0, 10]


@pytest.mark.parametrize("name", ["stakhanovite-1935", "metro-1933"])
def test_a_run_exported_whole_is_paid_again_to_the_kopeck(name: str, tmp_path: Path) -> None:
    campaign = sk.load(name).with_({"audits.deduction": 1.5})
    run = sk.simulate(campaign, workers=2500, periods=38, sample="all")
    run.reports.write_csv(tmp_path / "run.csv")
    again = campaign.apply(tmp_path / "run.csv").pay
    both = run.reports.join(
        again.with_columns(pl.col("period").cast(pl.Int32)),
        on=["worker", "period"],
        suffix="_again",
    )
    assert both.height == run.reports.height > 60_000
    assert both.filter(pl.col("pay") != pl.col("pay_again")).height == 0
    assert both["prizes"].sum() > 0 or name == "metro-1933"


def test_a_folder_gets_the_same_as_memory(tmp_path: Path) -> None:
    campaign = sk.load("stakhanovite-1935")
    reports = read(sk.simulate(campaign, workers=400, periods=3, sample="all").reports)
    inside = campaign.apply(reports)
    summary = write_payroll(campaign, reports, tmp_path, book=True)
    assert summary.plain() == inside.summary.plain()
    assert pl.read_parquet(tmp_path / "pay.parquet").equals(inside.pay)
    assert pl.read_parquet(tmp_path / "ranks.parquet").equals(inside.ranks)
    assert {path.name for path in tmp_path.iterdir()} == {
        "pay.parquet", "pay.csv", "ranks.parquet", "pay.xlsx",
    }  # fmt: skip


def test_a_slip_sums_to_the_pay() -> None:
    campaign = sk.load("stakhanovite-1935")
    reports = read(sk.simulate(campaign, workers=400, periods=2, sample="all").reports)
    paid = campaign.apply(reports).pay.filter(pl.col("period") == 1)
    for worker, pay in paid.sort("pay", descending=True).head(3).select("worker", "pay").rows():
        slip = payslip(campaign, reports, worker, "1")
        assert sum(step.amount for step in slip.steps) == slip.pay == pay


@pytest.mark.parametrize(
    ("rules", "rows", "said"),
    [
        (
            {},
            [("a", "1934-12-01", 25, 1.0, 1.0)],
            "period: must not lie before the campaign begins",
        ),
        ({}, [("a", 0, 2.5, 1.0, 1.0)], "shifts: must be whole numbers of shifts to be paid"),
        (
            {"prizes": [{"name": "x", "by": "rank", "per_thousand": 1}]},
            [("a", 0, 25, 1.0, 1.0)],
            "must have a column branch, for prizes.x are given by branch",
        ),
    ],
)
def test_what_cannot_be_paid_is_told(rules: dict, rows: list, said: str) -> None:
    with pytest.raises(BadInput) as found:
        plain(**rules).apply(table(*rows))
    assert any(said in str(problem) for problem in found.value.problems)


def test_a_slip_for_nobody_names_the_nearest() -> None:
    reports = read(table(("Petrov", 0, 25, 1.0, 1.0)))
    with pytest.raises(
        BadInput, match=r"worker: must have reported in period 0; found Petrow.*Petrov"
    ):
        payslip(plain(), reports, "Petrow", "0")
    with pytest.raises(
        BadInput, match=r"found zzz$"
    ):  # who else is in the table is nobody's business
        payslip(plain(), reports, "zzz", "0")
    with pytest.raises(BadInput, match="period: must be a period of the reports; found 3"):
        payslip(plain(), reports, "Petrov", "3")
