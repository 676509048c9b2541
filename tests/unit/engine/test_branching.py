"""A branch is the run that it left, under other rules from a period on: bit for bit, wherever it is kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import stakhanov as sk
from stakhanov.engine import checkpoint
from stakhanov.engine.results import TABLES, Run
from stakhanov.foundation.problem import BadInput

Values = dict[str, Any]
SIZES: Values = {"workers": 1200, "periods": 6, "sample": 40}


@pytest.fixture(scope="module")
def trunk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs") / "trunk"
    sk.simulate("stakhanovite-1935", out=place, **SIZES)
    return place


def changed(*dated: tuple[int, Values]) -> sk.Campaign:
    """The flagship with more dated changes, after those it has."""
    campaign = sk.load("stakhanovite-1935")
    before = campaign.plain().get("changes", [])
    return campaign.with_({"changes": [*before, *({"at": at, "set": new} for at, new in dated)]})


def other(values: Values) -> sk.Campaign:
    return sk.load("stakhanovite-1935").with_(values)


def assert_same(one: Run, two: Run) -> None:
    for name in TABLES:
        assert getattr(one, name).equals(getattr(two, name)), name
    assert one.measures == two.measures


CHANGES: list[Values] = [
    {"pay.guarantee": 0.3, "audits.probability": 0.9},
    {"norms.scope": "brigade", "norms.revision.every": 2},
    {"norms.scope": "own", "norms.revision.up": 0.6},
    {"publicity.intensity": 0.9, "plan.hours": 1.1},
    {
        "pay.scale": [
            {"from": 0.0, "rate": 1.0},
            {"from": 1.0, "rate": 1.5},
            {"from": 1.2, "rate": 2.0},
        ]
    },
    {"pay.bonus": [{"at": 1.0, "amount": 3000}], "plan.shifts_per_period": 20},
]


@pytest.mark.parametrize("values", CHANGES, ids=lambda values: ",".join(values))
def test_a_branch_is_the_run_with_the_change_dated(trunk: Path, values: Values) -> None:
    branch = sk.simulate(other(values), branch=(trunk, 3), **SIZES)
    assert_same(branch, sk.simulate(changed((3, values)), **SIZES))
    assert not branch.series.equals(Run.load(trunk).series)


def test_a_branch_of_a_branch_keeps_both_pasts(trunk: Path, tmp_path: Path) -> None:
    """From behind the fork, at it and before it: what was in force then is in force again."""
    one, two = {"pay.guarantee": 0.3}, {"audits.probability": 0.9}
    sk.simulate(other(one), branch=(trunk, 2), out=tmp_path / "branch", **SIZES)
    both = other(one | two)
    for at, before in ((4, [(2, one)]), (2, []), (1, [])):
        twig = sk.simulate(both, branch=(tmp_path / "branch", at), **SIZES)
        assert_same(twig, sk.simulate(changed(*before, (at, one | two)), **SIZES))


def test_a_run_that_was_moved_is_not_missed(trunk: Path, tmp_path: Path) -> None:
    """The record of a branch tells how to live its trunk again."""
    moved, branch = tmp_path / "moved", tmp_path / "branch"
    shutil.copytree(trunk, tmp_path / "trunk")
    sk.simulate(other({"pay.guarantee": 0.3}), branch=(tmp_path / "trunk", 2), out=branch, **SIZES)
    before = sk.simulate("stakhanovite-1935", branch=(branch, 3), **SIZES)
    shutil.move(tmp_path / "trunk", moved)
    assert_same(sk.simulate("stakhanovite-1935", branch=(branch, 3), **SIZES), before)
    again = sk.simulate(
        other({"pay.guarantee": 0.3}), branch=(moved, 2), out=branch, resume=True, **SIZES
    )
    assert again.record == Run.load(branch).record


@pytest.mark.parametrize("hurt", ["nothing", "checkpoint", "table", "other run's checkpoint"])
def test_whatever_the_trunk_has_lost_is_lived_again(trunk: Path, tmp_path: Path, hurt: str) -> None:
    place = tmp_path / "trunk"
    shutil.copytree(trunk, place)
    if hurt == "checkpoint":
        (place / checkpoint.NAME).write_bytes(b"PK")
    elif hurt == "table":
        (place / "reports.parquet").unlink()
    elif hurt == "other run's checkpoint":
        sk.simulate("stakhanovite-1935", seed=2, out=tmp_path / "else", **SIZES)
        shutil.copy(tmp_path / "else" / checkpoint.NAME, place / checkpoint.NAME)
    longer = SIZES | {"periods": 8}
    branch = sk.simulate("stakhanovite-1935", branch=(place, 6), **longer)
    assert_same(branch, sk.simulate("stakhanovite-1935", **longer))


def test_a_branch_may_keep_other_reports(trunk: Path) -> None:
    for sample in (0, 7, "all"):
        sizes = SIZES | {"sample": sample, "periods": 4}
        branch = sk.simulate("stakhanovite-1935", branch=(trunk, 3), **sizes)
        assert_same(branch, sk.simulate("stakhanovite-1935", **sizes))


def test_a_branch_has_the_places_of_its_trunk(trunk: Path) -> None:
    people = sk.load_workforce("soviet-industry")
    branches = [{"name": "coal", "share": 0.5}, {"name": "heavy-machine-building", "share": 0.5}]
    with pytest.raises(BadInput) as refused:
        sk.simulate(
            "stakhanovite-1935",
            people.with_({"size.brigade": 7, "size.enterprise": 3, "branches": branches}),
            workers=500,
            periods=3,
            branch=(trunk, 3),
        )
    told = [(problem.address, problem.found) for problem in refused.value.problems]
    assert told == [
        ("periods", "3"),
        ("workers", "500"),
        ("size.brigade", "7"),
        ("size.enterprise", "3"),
        ("branches", "coal 0.5, heavy-machine-building 0.5"),
    ]
    with pytest.raises(BadInput, match=r"size.workers: must be as in the run .* found 100"):
        sk.simulate("stakhanovite-1935", people.with_({"size.workers": 100}), branch=(trunk, 3))


def test_a_branch_takes_the_size_of_its_trunk(trunk: Path) -> None:
    assert sk.simulate("time-wage", branch=(trunk, 3), periods=4).record["workers"] == 1200


def test_a_branch_never_overwrites_its_trunk(trunk: Path) -> None:
    before = sorted(path.name for path in trunk.iterdir())
    with pytest.raises(BadInput, match="must be another folder"):
        sk.simulate("time-wage", branch=(trunk, 3), periods=4, out=trunk, force=True)
    assert sorted(path.name for path in trunk.iterdir()) == before


def test_the_way_to_the_fork_is_watched_too(trunk: Path, tmp_path: Path) -> None:
    """What is lived again counts in the whole: 2 of 5, not 2 of 4."""
    shutil.copytree(trunk, tmp_path / "trunk")
    (tmp_path / "trunk" / checkpoint.NAME).unlink()
    seen = []
    sk.simulate(
        "stakhanovite-1935",
        branch=(tmp_path / "trunk", 4),
        on_period=lambda now: seen.append((now.period, now.periods)),
        **SIZES | {"periods": 5},
    )
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
