"""`stakhanov guide`: checked, verified, begun and mended from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
HERE = Path(__file__).resolve().parents[1] / "guide"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(import_module("stakhanov.guide.load"), "SHIPPED", tmp_path / "shipped")
    shutil.copytree(HERE / "neighbour", tmp_path / "labour-history")
    return Path(shutil.copytree(HERE / "example", tmp_path / "soviet-labour"))


def test_the_group_alone_is_its_help(stakhanov: Call) -> None:
    said = stakhanov("guide")
    assert said.code == 0
    assert said == stakhanov("guide", "--help")
    assert "  verify " in said.out


def test_a_word_that_is_no_command_of_the_group(stakhanov: Call) -> None:
    said = stakhanov("guide", "chekc")
    assert said.code == 2
    assert said.lines == [
        "stakhanov guide: must be followed by a command; found chekc (did you mean check?)"
    ]


def test_a_sound_class_leaves_with_nought(stakhanov: Call, place: Path) -> None:
    said = stakhanov("guide", "check", str(place), "--json")
    data = json.loads(said.out)
    assert said.code == 0
    assert (data["classes"], data["terms"], data["errors"]) == (["soviet-labour"], 2, 0)
    assert {one["rule"] for one in data["problems"]} == {"stale-result"}


def test_an_error_leaves_with_one_and_says_where(stakhanov: Call, place: Path) -> None:
    term = place / "terms" / "stakhanovite-movement.md"
    text = term.read_text(encoding="utf-8").replace("14 times his norm", "four times his norm")
    term.write_text(text, encoding="utf-8")
    said = stakhanov("guide", "check", str(place), "--json")
    assert said.code == 1
    errors = [one for one in json.loads(said.out)["problems"] if one["level"] == "error"]
    assert {one["rule"] for one in errors} == {"number-unbound", "value-unused"}
    assert {one["file"] for one in errors} == {"soviet-labour/terms/stakhanovite-movement.md"}
    lines = text.splitlines()
    assert "four times his norm" in "".join(lines[errors[-1]["line"] - 1 :])
    shown = stakhanov("guide", "check", str(place))
    assert "stakhanovite-movement.md:" in shown.out
    assert "3 errors, 1 warning" in shown.out


def test_no_class_is_bad_input(stakhanov: Call, tmp_path: Path) -> None:
    said = stakhanov("guide", "check", str(tmp_path))
    assert (said.code, said.out) == (2, "")
    assert "must be a class or a folder of classes; found no class.toml" in said.lines[0]


def test_rules_say_what_they_are(stakhanov: Call) -> None:
    rules = json.loads(stakhanov("guide", "check", "--rules", "--json").out)["rules"]
    assert {"number-disagrees", "expectation-moved", "history-by-simulation"} <= {
        one["rule"] for one in rules
    }


def test_a_class_is_verified(stakhanov: Call, place: Path, tmp_path: Path) -> None:
    runs = str(tmp_path / "runs")
    tried = stakhanov("guide", "verify", str(place), "--out", runs, "--check", "--json")
    assert tried.code == 0
    assert not (place / "results.lock.json").exists()
    said = stakhanov("guide", "verify", str(place), "--out", runs, "--json")
    assert json.loads(said.out) == json.loads(tried.out)
    [claim] = json.loads(said.out)["claims"]
    assert claim["id"] == "padded-reports#audits"
    assert (claim["verdict"], claim["measure"]) == ("holds", "padded_share")
    assert claim["low"] < claim["value"] < claim["high"] < 0
    assert (
        json.loads(stakhanov("guide", "check", str(place), "--release", "--json").out)["problems"]
        == []
    )


def test_a_claim_that_fails_says_what_was_expected_and_found(
    stakhanov: Call, place: Path, tmp_path: Path
) -> None:
    file = place / "experiments" / "rare-audits.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('op = "<"', 'op = ">"'), encoding="utf-8"
    )
    said = stakhanov("guide", "verify", str(place), "--out", str(tmp_path / "runs"))
    assert said.code == 1
    assert (
        "soviet-labour/padded-reports#audits: the run must hold padded_share: many > rare; found -0.03"
        in said.out
    )


def test_a_class_is_begun_and_mended(stakhanov: Call, tmp_path: Path) -> None:
    begun = stakhanov("guide", "new", "class", "mining", "--in", str(tmp_path), "--json")
    assert [Path(one).name for one in json.loads(begun.out)["written"]] == [
        "class.toml",
        "sources.toml",
    ]
    folder = str(tmp_path / "mining")
    assert stakhanov("guide", "new", "term", "hewer", "--in", folder).code == 0
    assert stakhanov("guide", "check", folder).code == 0
    assert json.loads(stakhanov("guide", "fix", folder, "--json").out)["added"] == []
    again = stakhanov("guide", "new", "class", "mining", "--in", str(tmp_path))
    assert again.code == 2


def test_a_schema_is_json(stakhanov: Call) -> None:
    assert json.loads(stakhanov("guide", "schema", "term").out)["title"] == "Term"


def test_a_site_is_built(stakhanov: Call, place: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    said = stakhanov("guide", "build", str(place), "--out", str(site), "--json")
    assert said.code == 0
    data = json.loads(said.out)
    assert (data["pages"], data["start"]) == (5, str(site / "index.html"))
    assert (site / "soviet-labour" / "padded-reports.html").is_file()


def test_a_release_with_errors_is_not_built(stakhanov: Call, place: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    said = stakhanov("guide", "build", str(place), "--out", str(site), "--release")
    assert said.code == 1
    assert "stale-result" in said.out
    assert not site.exists()
