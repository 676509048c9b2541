"""Sweeps: grids as they are written, and what is measured along them."""

from __future__ import annotations

from typing import Any

import pytest

import stakhanov
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.sweep import Axis, axis_of, axis_over, check_axes, span_of, sweep
from stakhanov.experiments.trial import Trial
from stakhanov.foundation.problem import BadInput

SMALL: dict[str, Any] = {"workforce": "heavy-machine-building", "workers": 100, "periods": 2}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("norms.revision.up=0:0.5:3", (0.0, 0.25, 0.5)),
        ("norms.revision.up=0:0.3:4", (0.0, 0.1, 0.2, 0.3)),
        ("norms.revision.every=1:12:12", tuple(range(1, 13))),
        ("norms.revision.up=0.5:0:2", (0.5, 0.0)),
        ("norms.revision.up=0.2:0.2:1", (0.2,)),
        ("norms.revision.up=0,0.5", (0, 0.5)),
        ("norms.scope=own, brigade", ("own", "brigade")),
        ('norms.scope="own","brigade"', ("own", "brigade")),
        ("audits.clawback=true,false", (True, False)),
        (
            "pay.scale=[{from=0,rate=1}],[{from=0,rate=1},{from=1,rate=2}]",
            ([{"from": 0, "rate": 1}], [{"from": 0, "rate": 1}, {"from": 1, "rate": 2}]),
        ),
    ],
)
def test_a_grid_is_what_it_says(text: str, values: tuple[Any, ...]) -> None:
    axis = axis_of(text)
    assert axis.address == text.partition("=")[0]
    assert axis.values == values
    assert [type(one) for one in axis.values] == [type(one) for one in values]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("norms.revision.up", "vary: must be given as ADDRESS=FROM:TO:N or ADDRESS=v1,v2,...; found norms"),
        ("norms.revision.up=", "must be given at least one value; found an empty grid"),
        ("norms.revision.up=0:1:0", "must be given at least one value; found an empty grid"),
        ("norms.revision.up=,", "must be given at least one value; found an empty grid"),
        ("norms.revision.up=0:1:many", "must be a grid FROM:TO:N of two numbers and a whole one"),
        ("norms.revision.up=0:0:3", "must go from one value to another; found 0:0:3"),
        ("norms.revision.up=0.1,0.1", "must be given each value once; found 0.1 twice"),
    ],
)  # fmt: skip
def test_a_grid_that_is_none_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadInput) as found:
        axis_of(text)
    assert told in str(found.value)


def test_a_span_has_two_ends() -> None:
    assert span_of("norms.revision.up=0:0.5") == ("norms.revision.up", 0.0, 0.5)
    for text in ("norms.revision.up", "norms.revision.up=0:1:2", "norms.revision.up=a:b", "=0:1"):
        with pytest.raises(BadInput, match="must be given as ADDRESS=FROM:TO, two numbers"):
            span_of(text)
    with pytest.raises(BadInput, match="must go from one value to another"):
        span_of("norms.revision.up=1:1")


def test_two_axes_at_most_and_none_within_the_other() -> None:
    one, other = axis_over("norms.revision.up", [0.1]), axis_over("norms.revision", [{}])
    for axes in ([], [one, one, one]):
        with pytest.raises(BadInput, match="must be given"):
            check_axes(axes)
    for axes in ([one, other], [other, one]):
        with pytest.raises(BadInput, match="must be another address than the other axis"):
            check_axes(axes)


def test_points_run_as_a_grid_with_the_last_axis_fastest(invented: Any) -> None:
    def rule(trial: Trial) -> float:
        revision = trial.design.campaign.norms.revision
        return 10.0 * revision.up + revision.down + 0.1 * trial.seed

    vary = {"norms.revision.up": [0.1, 0.2], "norms.revision.down": [0.0, 0.5, 1.0]}
    executor = invented(rule)
    found = sweep(
        "plain-piece-rate", vary, replicates=3, laboratory=Laboratory(executor=executor), **SMALL
    )
    assert len(executor.made) == 18
    assert [tuple(point.at.values()) for point in found.points] == [
        (up, down) for up in (0.1, 0.2) for down in (0.0, 0.5, 1.0)
    ]
    values = [one.mean for point in found.points for one in point.measures.values()]
    assert values == pytest.approx([1.2, 1.7, 2.2, 2.2, 2.7, 3.2])
    assert found.table.columns == [*vary, "measure", "value", "low", "high", "unit"]
    assert found.table.height == 6


def test_a_value_out_of_bounds_is_told_with_its_point(invented: Any) -> None:
    with pytest.raises(BadInput) as found:
        sweep("plain-piece-rate", {"norms.revision.up": [0.5, 1.5]}, **SMALL)
    assert str(found.value) == (
        "norms.revision.up: must be at most 1; found 1.5 (at norms.revision.up=1.5)"
    )
    with pytest.raises(BadInput, match=r"did you mean revision\?"):
        sweep("plain-piece-rate", {"norms.revison.up": [0.5]}, **SMALL)


def test_a_swept_value_holds_against_dated_changes() -> None:
    found = stakhanov.sweep(
        "stakhanovite-1935",
        {"publicity.intensity": [0.0, 1.0]},
        measures=["exposure@last"],
        workers=160,
        periods=2,
        replicates=1,
    )
    low, high = (next(iter(point.measures.values())).mean for point in found.points)
    assert low == 0.0 < high
    assert found.designs["publicity.intensity=1.0"].campaign.in_force(95).publicity.intensity == 1.0


def test_axes_of_words_are_no_line() -> None:
    assert axis_over("norms.revision.up", [0.1, 1]).numeric
    assert not axis_over("norms.scope", ["own"]).numeric
    assert not Axis("audits.clawback", (True, False)).numeric


def test_values_are_called_by_as_few_digits_as_keep_them_apart() -> None:
    assert axis_over("a", [0.0, 1.0 / 3.0, 1]).labels == ["0", "0.3333", "1"]
    assert axis_over("a", [0.10001, 0.10002]).labels == ["0.10001", "0.10002"]
    assert axis_over("a", [1.0, 1.0 + 1e-15]).labels == ["1.0", "1.000000000000001"]
    assert axis_over("a", [True, "own", {"at": 1.0}]).labels == ["true", "own", "{ at = 1 }"]


def test_more_values_than_anybody_means_are_refused() -> None:
    with pytest.raises(BadInput, match=r"must be 10,000 values at most; found 1,000,000"):
        axis_of("norms.revision.up=0:1:1000000")
