"""`stakhanov calibrate`: what scripts rely on, what it leaves, and how it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import stakhanov as sk

Call = Callable[..., Any]
PEOPLE = ("--workforce", "heavy-machine-building", "--workers", "200", "--threads", "1")
FREE = ("--free", "effort.drive=0.4:2")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of people with a drive of 0.8 under a time wage."""
    people = sk.load_workforce("heavy-machine-building").with_({"effort.drive": 0.8})
    run = sk.simulate("time-wage", people, workers=100, periods=2, seed=9, sample="all", threads=1)
    place = tmp_path_factory.mktemp("reports") / "reports.csv"
    table = run.reports.select("worker", "period", "norm", "reported")
    table.with_columns(group=pl.lit("turners")).write_csv(place)
    return place


def test_it_answers_with_traits_and_leaves_a_workforce(
    stakhanov: Call, reports: Path, tmp_path: Path
) -> None:
    asked = ("calibrate", "time-wage", str(reports), *PEOPLE, *FREE, "--write", "people.toml")
    data = stakhanov(*asked, "--what-if", "norms.start=1.05", "--draws", "2", "--json").data
    (one,) = data["parameters"]
    assert one["address"] == "effort.drive"
    assert one["low"] < 0.8 < one["high"]
    assert one["met"] is None
    assert (data["rows"], data["workers"], data["periods"]) == (200, 100, 2)
    assert data["settled"]
    assert data["not_told_apart"] == data["hardly_told"] == []
    assert {"moment", "data", "error", "model", "apart"} == data["moments"][0].keys()
    assert {"measure", "unit", "present", "change", "low", "high"} == data["what_if"][0].keys()
    assert data["simulated"] == {"workers": 200, "periods": 2}
    place = Path(data["folder"])
    names = {"result.json", "table.csv", "table.parquet", "misfit.svg", "page.html"}
    assert {file.name for file in place.iterdir()} == names | {"workforce.toml"}
    for file in (place / "workforce.toml", tmp_path / "people.toml"):
        assert sk.load_workforce(file).effort.drive == one["value"]
    assert stakhanov("run", "time-wage", *_run(tmp_path / "people.toml")).code == 0
    told = stakhanov(*asked)
    assert told.code == 0
    assert "effort.drive" in told.out
    assert "In our model" in told.out


def _run(people: Path) -> tuple[str, ...]:
    return ("--workforce", str(people), "--workers", "40", "--periods", "2", "--threads", "1")


def test_a_dry_run_makes_nothing(stakhanov: Call, reports: Path, tmp_path: Path) -> None:
    said = stakhanov("calibrate", "time-wage", str(reports), *PEOPLE, *FREE, "--dry-run", "--json")
    assert said.data["dry_run"]
    assert said.data["runs"] > 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--free", "efort.drive=0.4:2"),
            "efort.drive: must begin with a chapter of the campaign or the workforce; found efort"
            " (did you mean effort.drive?)",
        ),
        (
            ("--free", "effort.drvie=0.4:2"),
            "effort.drvie: must be a key that is known here; found `drvie` (did you mean drive?)",
        ),
        (
            ("--free", "pay.guarantee=0.1:1"),
            "pay.guarantee: must be a trait of the workforce: rules are what the campaign says;"
            " found a rule of the campaign (state it with --set pay.guarantee=...)",
        ),
        (
            ("--free", "effort.drive"),
            "--free: must be given as ADDRESS=FROM:TO, two numbers; found effort.drive",
        ),
        (
            (*FREE, "--group", "turner"),
            "reports.csv, group: must be a group of the table; found turner (did you mean turners?)",
        ),
        (
            (*FREE, "--replicates", "3"),
            "--replicates: must not be given here; found 3 (all runs of a calibration share one luck,"
            " and errors come from the table)",
        ),
        (
            (*FREE, "--what-if", "norms.strat=1.05"),
            "norms.strat: must be a key that is known here; found `strat` (did you mean start?)",
        ),
        (
            (*FREE, "--map", "norm=reported", "--map", "reported=made"),
            "--map reported: must be a column of reports.csv",
        ),
        (
            ("--free", "honesty.lying_cost=0.1:2"),
            "honesty.lying_cost: must move a moment of the reports; found none moved from 0.1 to 2"
            " (under these rules nothing in the table can tell it)",
        ),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    stakhanov: Call, reports: Path, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    said = stakhanov("calibrate", "time-wage", str(reports), *PEOPLE, *options)
    assert (said.code, said.out) == (2, "")
    assert any(line.startswith(sentence) for line in said.lines), said.lines
    assert not (tmp_path / "runs" / "experiments" / "results").exists()


def test_a_table_too_small_or_without_norms_is_refused(
    stakhanov: Call, reports: Path, tmp_path: Path
) -> None:
    table = pl.read_csv(reports)
    table.head(20).write_csv(tmp_path / "few.csv")
    said = stakhanov("calibrate", "time-wage", "few.csv", *PEOPLE, *FREE)
    assert said.code == 2
    assert said.lines[0] == "few.csv: must have at least 100 reports; found 20"
    table.drop("norm").write_csv(tmp_path / "bare.csv")
    said = stakhanov("calibrate", "time-wage", "bare.csv", *PEOPLE, *FREE)
    assert said.code == 2
    assert said.lines[0].startswith("bare.csv: must have a column norm (norm of a shift)")
