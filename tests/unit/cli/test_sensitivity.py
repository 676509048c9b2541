"""`stakhanov sensitivity`: what scripts rely on, how it refuses, and that it needs its extra."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
import pytest

Call = Callable[..., Any]
ASKED = (
    *("sensitivity", "plain-piece-rate", "--workforce", "heavy-machine-building"),
    *("--workers", "40", "--periods", "2", "--trajectories", "2", "--samples", "2"),
)
VARY = ("--vary", "money.value=0:0.4", "--vary", "audits.fixed_fine=0:0.001")
installed = pytest.mark.skipif(
    find_spec("SALib") is None, reason="the extra `sensitivity` is not installed"
)


@installed
def test_it_answers_with_effects_and_shares_and_keeps_charts(
    stakhanov: Call, tmp_path: Path
) -> None:
    data = stakhanov(*ASKED, *VARY, "--json").data
    [measure] = data["measures"]
    money, fine = measure["effects"]
    assert money["size"]["value"] > 0.1 > fine["size"]["value"]
    assert data["kept"] == ["money.value"]
    assert data["dropped"] == ["audits.fixed_fine"]
    assert [one["address"] for one in measure["shares"]] == ["money.value"]
    assert {"value", "low", "high"} == measure["shares"][0]["total"].keys()
    folder = tmp_path / data["folder"]
    assert pl.read_parquet(folder / "table.parquet").height == 2
    assert (folder / "true_output-effects.svg").exists()
    assert (folder / "true_output-shares.svg").exists()
    made = len(list(tmp_path.glob("runs/experiments/runs/*/*.parquet")))
    assert stakhanov(*ASKED, *VARY, "--json").data == data
    assert len(list(tmp_path.glob("runs/experiments/runs/*/*.parquet"))) == made


@installed
def test_it_says_so_on_the_screen(stakhanov: Call) -> None:
    said = stakhanov(*ASKED, *VARY)
    assert said.code == 0
    assert "moved little, and stayed as the campaign has them" in said.out
    assert (
        "moved nothing at all: audits.fixed_fine" in said.out
    )  # two periods at a plain piece rate
    assert "in our model" in said.out


@installed
def test_a_dry_run_makes_nothing(stakhanov: Call, tmp_path: Path) -> None:
    data = stakhanov(*ASKED, *VARY, "--dry-run", "--json").data
    assert 0 < data["runs"] <= 6
    assert not (tmp_path / "runs").exists()


@installed
def test_every_problem_is_told_at_once(stakhanov: Call, tmp_path: Path) -> None:
    said = stakhanov(
        *("sensitivity", "plain-piece-rate", "--vary", "norms.revison.up=0:1", "--samples", "3"),
        *("--vary", "money.value", "--precision", "0.1", "--measure", "true_ouput"),
    )
    assert (said.code, said.out) == (2, "")
    assert [line.split(":")[0] for line in said.lines] == [
        *("precision", "samples", "--measure", "--vary", "norms.revison"),
    ]
    assert not (tmp_path / "runs").exists()


def test_a_missing_extra_is_told_in_one_sentence(
    stakhanov: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "SALib", None)
    said = stakhanov(*ASKED, *VARY)
    assert (said.code, said.out) == (2, "")
    assert said.lines == [
        "sensitivity: must have the package SALib; found it missing"
        " (pip install 'stakhanov[sensitivity]')"
    ]
