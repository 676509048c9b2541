"""Campaigns give what they gave when somebody last accepted it; rounding is no change, one per cent is."""

from __future__ import annotations

import polars as pl
import pytest

import stakhanov as sk
from stakhanov.campaign import Campaign
from stakhanov.foundation.address import leaves
from stakhanov.workforce import Workforce
from tests.golden.locked import ARMS, Arm, differences, run_of

FLAGSHIP, METRO, PLAIN, REVISION = ARMS
ACCEPT = "if this is meant, `python -m tests.golden --accept` keeps what campaigns give now"


@pytest.mark.parametrize("arm", ARMS, ids=lambda arm: arm.campaign)
def test_a_series_is_the_one_that_was_accepted(arm: Arm) -> None:
    found = list(differences(arm, run_of(arm)))
    assert not found, "\n".join([*found[:8], f"({len(found)} differences; {ACCEPT})"])


@pytest.mark.parametrize("backend", ["reference", "reference-single"])
def test_rounding_is_not_a_change(backend: str) -> None:
    """The same rules without the compiler: other roundings, the same series."""
    run = sk.simulate(
        METRO.campaign,
        METRO.workforce,
        workers=METRO.workers,
        periods=METRO.periods,
        backend=backend,
    )
    series = run.series.filter(branch="all").pivot(on="measure", index="period", values="value")
    assert not list(differences(METRO, series))


RULES = [
    (FLAGSHIP, "pay.bonus.0.amount"),
    (FLAGSHIP, "pay.piece_share"),
    (FLAGSHIP, "pay.scale.2.rate"),
    (FLAGSHIP, "pay.guarantee"),
    (FLAGSHIP, "prizes.premium.amount"),
    (FLAGSHIP, "norms.revision.up"),
    (FLAGSHIP, "technology.growth"),
    (FLAGSHIP, "publicity.spread.imitation"),
    (FLAGSHIP, "publicity.esteem.value"),
    (FLAGSHIP, "audits.probability"),
    (FLAGSHIP, "audits.fine"),
    (METRO, "pay.scale.3.from"),
    (PLAIN, "norms.revision.up"),
    (REVISION, "norms.orders.1939-04-01.rise"),
    (REVISION, "norms.revision.rate_cut"),
]
TRAITS = [
    (FLAGSHIP, "honesty.lying_cost"),
    (FLAGSHIP, "trust.learning"),
    (FLAGSHIP, "morale.gain"),
    (FLAGSHIP, "strain.growth"),
    (METRO, "effort.noise"),
    (METRO, "peers.conformity"),
    (METRO, "aspiration.weight"),
    (METRO, "fatigue.load"),
    (METRO, "quits.base"),
    (METRO, "money.value"),
]


def one_per_cent_more(declared: Campaign | Workforce, address: str) -> dict[str, float]:
    value = leaves(declared.plain())[address]
    return {
        address: max(value + 1, round(1.01 * value)) if isinstance(value, int) else 1.01 * value
    }


@pytest.mark.parametrize(
    ("arm", "address"), RULES, ids=lambda value: getattr(value, "campaign", value)
)
def test_a_rule_moved_by_one_per_cent_is_found(arm: Arm, address: str) -> None:
    rules = one_per_cent_more(sk.load(arm.campaign), address)
    assert any(differences(arm, run_of(arm, rules=rules)))


@pytest.mark.parametrize(
    ("arm", "address"), TRAITS, ids=lambda value: getattr(value, "campaign", value)
)
def test_a_trait_moved_by_one_per_cent_is_found(arm: Arm, address: str) -> None:
    people = one_per_cent_more(sk.load_workforce(arm.workforce), address)
    assert any(differences(arm, run_of(arm, people=people)))


def test_a_measure_that_is_new_or_gone_is_found() -> None:
    series = run_of(METRO)
    assert list(differences(METRO, series.drop("plan")))
    assert list(differences(METRO, series.with_columns(pl.lit(1.0).alias("new"))))
    assert list(differences(METRO, series.head(3)))
    missing = series.with_columns(pl.lit(float("nan")).alias("true_output"))
    assert list(differences(METRO, missing))
