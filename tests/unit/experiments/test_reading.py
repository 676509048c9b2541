"""What is read off a run, and how it is written."""

from __future__ import annotations

import numpy as np
import pytest

from stakhanov.campaign import load
from stakhanov.experiments.reading import Reading, reading, readings
from stakhanov.experiments.trial import Outcome
from stakhanov.foundation.problem import BadInput

OUTCOME = Outcome(
    measures={"true_output": 1.25, "norm_level": 1.5},
    series={
        "true_output": np.array([1.0, 1.1, 1.2, 1.3]),
        "norm_level": np.array([1.0, 1.2, 1.4, 1.5]),
        "effort_mean": np.array([1.0, 2.0, 3.0, 6.0]),
    },
)
CAMPAIGN = load("stakhanovite-1935")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true_output", 1.25),
        ("norm_level", 1.5),
        ("effort_mean", 3.0),  # no measure of the run: the mean of its periods
        ("true_output@last", 1.3),
        ("true_output@0", 1.0),
        ("true_output@1..2", 1.15),
        ("true_output@2..last", 1.25),
        ("true_output@1933-02", 1.1),
        ("true_output@1933-02..1933-04", 1.2),
        ("true_output@1933-03-15", 1.2),
    ],
)
def test_a_reading_means_what_it_says(text: str, value: float) -> None:
    assert reading(text).of(OUTCOME, CAMPAIGN) == pytest.approx(value, abs=1e-12)


def test_it_is_written_as_it_is_read() -> None:
    assert str(reading("effort_mean@12..23")) == "effort_mean@12..23"
    assert str(Reading("pay_mean")) == "pay_mean"


def test_an_unknown_measure_has_its_neighbour_named() -> None:
    with pytest.raises(BadInput) as found:
        reading("true_ouput", "expectations.0.measure")
    assert str(found.value) == (
        "expectations.0.measure: must be a measure; found true_ouput (did you mean true_output?)"
    )


@pytest.mark.parametrize("when", ["", "soon", "12..", "1937-13", "-3", "1..2..3"])
def test_a_time_must_be_one(when: str) -> None:
    with pytest.raises(BadInput, match="must be `last`, a period"):
        reading(f"true_output@{when}")


@pytest.mark.parametrize("when", ["4", "2..1", "1..4", "1950-01", "1932-12"])
def test_a_time_must_lie_in_the_run(when: str) -> None:
    with pytest.raises(BadInput, match="must lie within the run's periods, 0 to 3"):
        reading(f"true_output@{when}").of(OUTCOME, CAMPAIGN)


def test_all_problems_are_told_at_once_and_doubles_are_read_once() -> None:
    with pytest.raises(BadInput) as found:
        readings(["true_ouput", "pay_mean", "moral_mean"])
    assert len(found.value.problems) == 2
    assert readings(["pay_mean", "pay_mean"]) == [Reading("pay_mean")]
