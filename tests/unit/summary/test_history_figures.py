"""Figures of the history files that are computed, worked out again from what the sources print."""

from __future__ import annotations

import math

import pytest

import stakhanov
from stakhanov.summary.targets import load_history

VALUES = {target.id: target.value for target in load_history("stakhanovite-1935").targets}


@pytest.mark.parametrize(
    ("target", "figure", "digits"),
    [
        ("first-record", 102 / 7, 0.05),  # tonnes over the norm
        ("record-per-head", 102 / 7 / 3, 0.05),  # a hewer and two timbermen
        ("record-race", 240 / 102, 0.005),
        ("employment-1937", 10.1 / 8.0, 0.005),  # millions
        ("employment-1940", 11 / 8.0, 0.0005),
        ("day-1940", 100 * (8 / 7 - 1), 0.05),
        ("hours-1940", 100 * (8 / 7 * (365 * 6 / 7 - 6) / (365 * 5 / 6 - 5) - 1), 0.5),
        ("productivity-1933-37", 100 * ((1.171**5 / (10.1 / 8.0)) ** (1 / 5) - 1), 0.1),
        ("productivity-1937-40", 100 * ((1.132**3 / (11 / 10.1)) ** (1 / 3) - 1), 0.05),
        ("pass-through", math.log(1.55) / math.log(1.768), 0.005),
        ("stakhanovites-1937", 100 * 1593 / 6468, 0.05),  # thousands
        ("doubling-1935", 42 * math.log(2) / math.log(4.7), 0.05),
        ("nominal-pay", 100 * ((4054 / 1427) ** (1 / 8) - 1), 0.05),
        ("fulfilment-1932", 87.5 / (1.768 / 1.55), 0.5),
    ],
)
def test_computed_figures(target: str, figure: float, digits: float) -> None:
    assert VALUES[target] == pytest.approx(figure, abs=digits)


def test_computed_rules_of_the_campaign() -> None:
    campaign = stakhanov.load("stakhanovite-1935")
    assert campaign.plan.growth == pytest.approx(1.63 ** (1 / 5) - 1, abs=5e-5)
    assert campaign.plan.shifts_per_period == round((365 * 5 / 6 - 5) / 12)
    in_1939, in_late_1940 = campaign.in_force(72), campaign.in_force(90)
    assert in_1939.norms.revision.rate_cut == pytest.approx(
        -math.log(1 - 0.157) / math.log(1.317), abs=5e-3
    )
    assert in_late_1940.plan.hours == pytest.approx(8 / 7, abs=1e-6)
    assert in_late_1940.plan.shifts_per_period == round((365 * 6 / 7 - 6) / 12)
    first, second = campaign.publicity.staged
    assert first.crew * first.per_head == pytest.approx(102 / 7, abs=5e-3)
    assert second.crew * second.per_head == pytest.approx(240 / 7, abs=0.02)


def test_share_of_convictions() -> None:
    said = {entry.id: entry.said for entry in load_history("stakhanovite-1935").uncovered}
    assert f"{100 * 1_633_526 / 31_000_000:.1f} %" in said["convictions-1940"]
    assert sum((3, 14, 24, 43, 46, 9)) == int(said["resistance"])
