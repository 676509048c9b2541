"""`stakhanov experiment`: what scripts rely on, and every way of asking wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

TEXT = """
format = 1
id = "own"
title = "Own"
question = "Does a guarantee matter?"
does_not_support = "Anything else."
campaign = "plain-piece-rate"
workforce = "heavy-machine-building"
workers = 100
periods = 2
replicates = 3
measures = ["true_output", "effort_mean@last"]

[arms.low]
"pay.guarantee" = 0.0
[arms.high]
title = "A high guarantee"
"pay.guarantee" = 1.0

[[expectations]]
id = "slackens"
measure = "true_output"
arm = "high"
versus = "low"
op = "<"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    place = tmp_path / "own.toml"
    place.write_text(TEXT, encoding="utf-8")
    return place


def test_it_answers_with_what_scripts_rely_on(stakhanov: Call, own: Path) -> None:
    said = stakhanov("experiment", "own.toml", "--json")
    assert said.code == 0
    data = said.data
    [one] = data["expectations"]
    assert {"id": "slackens", "holds": True}.items() <= one.items()
    assert one["low"] <= one["difference"] <= one["high"] < 0.0
    assert data["arms"]["high"]["effort_mean@last"]["unit"] == "1 = time wage"
    assert data["replicates"] == 3
    assert data["does_not_support"] == "Anything else."


def test_an_expectation_that_fails_leaves_with_1(stakhanov: Call, own: Path) -> None:
    own.write_text(TEXT.replace('op = "<"', 'op = ">"'), encoding="utf-8")
    said = stakhanov("experiment", "own.toml")
    assert said.code == 1
    assert "FAILS" in said.out
    assert "What this does not support: Anything else." in said.out


def test_options_go_before_the_file(stakhanov: Call, own: Path) -> None:
    data = stakhanov(
        "experiment", "own.toml", "--json", "--replicates", "2", "--seed", "5", "--periods", "1"
    ).data
    assert data["replicates"] == 2
    again = stakhanov("experiment", "own.toml", "--json", "--set", "pay.guarantee=0.5").data
    whole = stakhanov("experiment", "own.toml", "--json").data
    assert again == whole  # the arms say themselves what the guarantee is


def test_a_value_of_the_command_line_goes_before_those_of_the_file(
    stakhanov: Call, own: Path
) -> None:
    """Every arm says its guarantee itself, and that is told; the norm is said once, for all of them."""
    shared = '\n[set]\n"pay.piece_share" = 1.0\n'
    own.write_text(TEXT.replace("\n[arms.low]", f"{shared}\n[arms.low]"), encoding="utf-8")
    whole = stakhanov("experiment", "own.toml", "--json").data
    said = stakhanov(
        *("experiment", "own.toml", "--json", "--set", "pay.piece_share=0.2"),
        *("--set", "pay.guarantee=0.5"),
    )
    one, other = (data["arms"]["low"]["true_output"]["value"] for data in (said.data, whole))
    assert one < other
    assert said.lines == ["note: --set pay.guarantee does not reach arms that say it: low, high"]


def test_what_one_replicate_cannot_say_is_said(stakhanov: Call, own: Path) -> None:
    said = stakhanov("experiment", "own.toml", "--replicates", "1")
    assert said.code == 1
    assert "note: one replicate has no interval" in said.out
    assert "one replicate has no interval" not in stakhanov("experiment", "own.toml").out


def test_the_answer_is_kept_with_a_chart_for_every_measure(
    stakhanov: Call, own: Path, tmp_path: Path
) -> None:
    folder = tmp_path / stakhanov("experiment", "own.toml", "--json").data["folder"]
    for name in ("true_output.svg", "effort_mean-last.svg", "table.csv", "result.json"):
        assert (folder / name).exists()
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "<h1>Own</h1>" in page
    for word in (
        "A high guarantee",
        "Does a guarantee matter?",
        "Holds: True output, norm-units per worker-shift: high",
    ):
        assert word in page.replace("&lt;", "<")
    assert "What this does not support: Anything else." in page
    alone = stakhanov("experiment", "own.toml", "--replicates", "1").out
    assert "charts: " in alone.splitlines()[-2]


def test_a_dry_run_of_what_is_kept_says_that_nothing_is_missing(stakhanov: Call, own: Path) -> None:
    stakhanov("experiment", "own.toml")
    said = stakhanov("experiment", "own.toml", "--dry-run")
    assert (said.code, "0: all of them are kept" in said.out) == (0, True)
    assert stakhanov("experiment", "own.toml", "--dry-run", "--json").data["runs"] == 0


def test_precision_is_asked_for_with_its_largest_number(stakhanov: Call, own: Path) -> None:
    data = stakhanov("experiment", "own.toml", "--json", "--precision", "1e-6", "--most", "5").data
    assert data["replicates"] == 5
    assert (data["precision"]["most"], data["precision"]["met"]) == (5, False)


def test_without_a_name_it_lists_what_there_is(stakhanov: Call) -> None:
    data = stakhanov("experiment", "--json").data
    assert {"id", "question"} <= data["experiments"][0].keys()
    assert "piece-rate" in {one["id"] for one in data["experiments"]}


def test_a_dry_run_makes_nothing(stakhanov: Call, own: Path, tmp_path: Path) -> None:
    data = stakhanov("experiment", "own.toml", "--dry-run", "--json").data
    assert (data["runs"], data["dry_run"]) == (6, True)
    assert not (tmp_path / "runs").exists()


def test_all_problems_of_the_command_line_are_told_at_once(stakhanov: Call, own: Path) -> None:
    said = stakhanov(
        "experiment", "own.toml", "--workers", "none", "--replicates", "0", "--set", "norm.up=1",
        "--precision", "wide", "--most", "1", "--executor", "locl", "--threads", "0",
    )  # fmt: skip
    assert (said.code, said.out) == (2, "")
    told = said.err
    for start in ("workers:", "replicates:", "norm.up:", "precision:", "most:"):
        assert f"\n{start}" in f"\n{told}"


def test_an_executor_or_a_store_that_will_not_do_is_told(
    stakhanov: Call, own: Path, tmp_path: Path
) -> None:
    (tmp_path / "runs" / "experiments").mkdir(parents=True)
    (tmp_path / "runs" / "experiments" / "store.json").write_text('{"format": 2}')
    said = stakhanov("experiment", "own.toml", "--executor", "locl", "--threads", "0")
    assert said.code == 2
    assert [line.split(":")[0] for line in said.lines] == [
        "threads",
        "runs/experiments",
        "executor",
    ]


def test_an_unknown_name_has_its_neighbour_named(stakhanov: Call) -> None:
    said = stakhanov("experiment", "pice-rate")
    assert said.code == 2
    assert said.lines == [
        "experiment: must be the name of an experiment or a file; found pice-rate"
        " (did you mean piece-rate?)"
    ]


def test_problems_of_the_file_its_campaign_and_its_arms_come_at_once(
    stakhanov: Call, tmp_path: Path
) -> None:
    text = """
id = "all at once"
title = "t"
question = "q?"
campaign = "plain-piece-rte"
workforce = "soviet-industri"
measures = ["true_output", "true_outptu"]

[arms.base]
[arms.other]
"norms.revision.up" = 7
"norms.revision.upp" = 0.1
"nroms.scope" = "own"
"prizes.cup.amount" = 3

[[expectations]]
id = "one"
measure = "qit_rate"
arm = "othr"
versus = "base"
op = ">"
"""
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    said = stakhanov("experiment", "bad.toml")
    assert said.code == 2
    assert sorted(line.split(": ")[0] for line in said.lines) == [
        "arms.other.norms.revision.up",
        "arms.other.norms.revision.upp",
        "arms.other.nroms.scope",
        "campaign",
        "expectations.0.arm",
        "expectations.0.measure",
        "id",
        "measures.1",
        "workforce",
    ]
