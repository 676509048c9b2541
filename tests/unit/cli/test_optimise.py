"""`stakhanov optimise`: what scripts rely on, how it refuses, and that it needs its extra."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

Call = Callable[..., Any]
ASKED = (
    *("optimise", "plain-piece-rate", "--workforce", "heavy-machine-building"),
    *("--workers", "40", "--periods", "2", "--trials", "4", "--fresh", "2", "--replicates", "1"),
)
VARY = ("--vary", "pay.piece_share=0:1", "--vary", "norms.scope=own,enterprise")
installed = pytest.mark.skipif(
    find_spec("optuna") is None, reason="the extra `optimise` is not installed"
)


@installed
def test_it_answers_with_a_front_and_keeps_charts(stakhanov: Call, tmp_path: Path) -> None:
    data = stakhanov(*ASKED, *VARY, "--json").data
    assert [one["goal"] for one in data["goals"]] == ["output", "cost", "padding", "quits"]
    assert data["limits"]["hours"] == {"largest": 1.0, "stated": False}
    assert data["tried"] + data["refused"] <= 4
    assert data["present"]["at"] == {"pay.piece_share": 1.0, "norms.scope": "enterprise"}
    for one in (data["present"], *data["front"]):
        assert {"at", "values", "gains", "strain", "hours", "ratchet_price"} <= one.keys()
        assert one["within_limits"]
        assert one["strain"] <= data["limits"]["strain"]["largest"]
    assert {gain["value"] for gain in data["present"]["gains"].values()} == {0.0}
    folder = tmp_path / data["folder"]
    table = pl.read_parquet(folder / "table.parquet")
    assert table.height == 1 + len(data["front"]) + len(data["fallen"])
    root = ElementTree.fromstring((folder / "output-cost.svg").read_text(encoding="utf-8"))
    assert "present" in "".join(root.itertext())


@installed
def test_it_says_so_on_the_screen(stakhanov: Call) -> None:
    said = stakhanov(*ASKED, *VARY)
    assert said.code == 0
    for words in ("candidates tried", "as it is now", "price of the ratchet", "in our model"):
        assert words in said.out


@installed
def test_every_problem_is_told_at_once(stakhanov: Call, tmp_path: Path) -> None:
    said = stakhanov(
        *("optimise", "plain-piece-rate", "--vary", "limits.strain=0:1", "--trials", "none"),
        *("--vary", "pay.piece_share", "--precision", "0.1", "--goal", "outptu"),
    )
    assert (said.code, said.out) == (2, "")
    assert [line.split(":")[0] for line in said.lines] == [
        *("precision", "trials", "goal", "--vary", "limits.strain"),
    ]
    assert not (tmp_path / "runs").exists()


@installed
def test_a_dry_run_makes_nothing(stakhanov: Call, tmp_path: Path) -> None:
    data = stakhanov(*ASKED, *VARY, "--dry-run", "--json").data
    assert 1 < data["runs"] <= 5
    assert not (tmp_path / "runs").exists()


def test_a_missing_extra_is_told_in_one_sentence(
    stakhanov: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    said = stakhanov(*ASKED, *VARY)
    assert (said.code, said.out) == (2, "")
    assert said.lines == [
        "optimise: must have the package optuna; found it missing"
        " (pip install 'stakhanov[optimise]')"
    ]
