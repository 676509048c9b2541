"""Sensitivity of campaigns, with runs that are made up: what comes out is known by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

pytest.importorskip("SALib", reason="the extra `sensitivity` is not installed")

from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.sensitivity import Extent, sensitivity
from stakhanov.experiments.trial import Trial
from stakhanov.foundation.problem import BadInput

SMALL: dict[str, Any] = {"workforce": "heavy-machine-building", "workers": 40, "periods": 2}
VARY = {"norms.revision.up": (0.0, 0.5), "norms.revision.down": (0.5, 0.0), "money.value": (0, 1)}


def plane(trial: Trial) -> float:
    """Six across the range of up, eight down that of down; seeds differ by far more."""
    revision = trial.design.campaign.norms.revision
    return 12.0 * revision.up + 16.0 * revision.down + 1e3 * math.sin(trial.seed)


def test_luck_is_held_and_what_moves_little_stays_where_it_is(invented: Any) -> None:
    executor = invented(plane)
    found = sensitivity(
        "plain-piece-rate",
        VARY,
        replicates=3,
        trajectories=4,
        samples=256,
        laboratory=Laboratory(executor=executor),
        **SMALL,
    )
    [effects], [shares] = found.effects.values(), found.shares.values()
    assert [one.mean for one in effects] == pytest.approx([6.0, -8.0, 0.0])
    assert [one.spread for one in effects] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
    assert [one.address for one in found.kept] == ["norms.revision.up", "norms.revision.down"]
    assert [one.address for one in found.dropped] == ["money.value"]
    assert found.unmoving == found.dropped
    assert [one.first.mean for one in shares] == pytest.approx([0.36, 0.64], abs=0.02)
    assert [one.total.mean for one in shares] == pytest.approx([0.36, 0.64], abs=0.02)
    assert found.points == 4 * (3 + 1) + 256 * (2 + 2)
    assert {trial.seed for trial in executor.made} == {1, 2, 3}
    for design in {trial.design for trial in executor.made}:
        assert len({trial.seed for trial in executor.made if trial.design == design}) == 3


def test_the_table_has_a_row_for_every_measure_and_address(invented: Any) -> None:
    found = sensitivity(
        "plain-piece-rate",
        VARY,
        measures=["true_output", "quit_rate"],
        trajectories=2,
        samples=8,
        laboratory=Laboratory(executor=invented(plane)),
        **SMALL,
    )
    assert found.table.height == 6
    assert found.table["total"].null_count() == 2
    assert found.table["effect_size"].to_list()[:3] == pytest.approx([6.0, 8.0, 0.0])


def test_the_screening_may_be_all(invented: Any) -> None:
    executor = invented(plane)
    found = sensitivity(
        "plain-piece-rate",
        VARY,
        trajectories=2,
        samples=0,
        laboratory=Laboratory(executor=executor),
        **SMALL,
    )
    assert not found.shares
    assert found.points == 8 >= len(executor.made)


def test_nothing_is_kept_where_nothing_moves(invented: Any) -> None:
    found = sensitivity(
        "plain-piece-rate",
        VARY,
        trajectories=2,
        samples=8,
        laboratory=Laboratory(executor=invented(lambda _: 1.0)),
        **SMALL,
    )
    assert found.kept == ()
    assert found.unmoving == found.ranges
    assert found.points == 8


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"trajectories": 1}, "trajectories: must be at least 2"),
        ({"samples": 12}, "samples: must be a power of two from 2 on, or 0"),
        ({"samples": 1}, "samples: must be a power of two from 2 on, or 0"),
        ({"keep": 1.5}, "keep: must lie between 0 and 1; found 1.5"),
    ],
)
def test_an_extent_that_says_nothing_is_refused(numbers: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        Extent(**numbers)


def test_one_address_is_a_sweep() -> None:
    with pytest.raises(BadInput, match=r"vary: must be given at least twice.*found 1 of them"):
        sensitivity("plain-piece-rate", {"norms.revision.up": (0, 1)}, **SMALL)
