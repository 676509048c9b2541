"""`stakhanov compare`, `sweep`, `break` and `decompose`: what scripts rely on, and how they refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from stakhanov.campaign import load
from stakhanov.cli.following import Follow, sentence
from stakhanov.cli.output import Line
from stakhanov.experiments.laboratory import Standing
from stakhanov.experiments.rules import RULES
from stakhanov.experiments.trial import engine_version

Call = Callable[..., Any]
SMALL = (
    *("--workforce", "heavy-machine-building", "--workers", "100", "--periods", "2"),
    *("--replicates", "2"),
)


def test_compare_answers_with_what_scripts_rely_on(stakhanov: Call, tmp_path: Path) -> None:
    data = stakhanov("compare", "time-wage", "plain-piece-rate", *SMALL, "--json").data
    assert data["replicates"] == 2
    first = data["measures"][0]
    assert {"measure", "a", "b", "difference", "low", "high", "unit"} <= first.keys()
    assert first["measure"] == "true_output"
    assert first["difference"] == pytest.approx(first["b"] - first["a"])
    kept = pl.read_parquet(tmp_path / data["folder"] / "table.parquet")
    assert kept["difference"][0] == first["difference"]


def test_compare_keeps_a_chart_in_per_cent(stakhanov: Call, tmp_path: Path) -> None:
    data = stakhanov("compare", "time-wage", "plain-piece-rate", *SMALL, "--json").data
    drawn = (tmp_path / data["folder"] / "differences.svg").read_text(encoding="utf-8")
    [row] = [row for row in data["measures"] if row["measure"] == "true_output"]
    change = 100.0 * row["difference"] / row["a"]
    assert "Per cent of a" in drawn
    assert f">{change:.1f}<" in drawn
    page = (tmp_path / data["folder"] / "page.html").read_text(encoding="utf-8")
    assert "<h1>time-wage and plain-piece-rate</h1>" in page


def test_equal_campaigns_differ_by_exactly_nothing_and_it_is_said(stakhanov: Call) -> None:
    data = stakhanov("compare", "time-wage", "time-wage", *SMALL, "--json").data
    assert {row["difference"] for row in data["measures"]} == {0.0}
    assert {row["variance_reduction"] for row in data["measures"]} == {None}
    said = stakhanov("compare", "time-wage", "time-wage", *SMALL)
    assert "note: b: does not differ from a; every difference is exactly 0" in said.out


def test_values_are_held_in_one_or_in_both(stakhanov: Call) -> None:
    same = ("compare", "plain-piece-rate", "plain-piece-rate", *SMALL, "--json")
    one = stakhanov(*same, "--set-a", "pay.piece_share=0", "--set-a", "pay.guarantee=1").data
    other = stakhanov("compare", "time-wage", "plain-piece-rate", *SMALL, "--json").data
    assert one["measures"] == other["measures"]
    shared = stakhanov(*same, "--set", "money.value=0", "--set-b", "pay.piece_share=0.5").data
    [output] = [row for row in shared["measures"] if row["measure"] == "true_output"]
    assert abs(output["difference"]) < 1e-3  # nobody works for money; some leave for it


def test_the_variance_that_luck_would_have_made_is_printed(stakhanov: Call) -> None:
    said = stakhanov(
        "compare", "time-wage", "plain-piece-rate", *SMALL, "--measure", "pay_mean@last"
    )
    assert said.code == 0
    assert "Pay @last" in said.out
    assert "times smaller than seeds of their own would." in said.out


def test_precision_says_what_it_asked_and_what_it_reached(stakhanov: Call) -> None:
    asked = ("--precision", "1e-9", "--most", "4", "--measure", "true_output", "--json")
    found = stakhanov("compare", "time-wage", "plain-piece-rate", *SMALL, *asked).data
    assert found["replicates"] == 4
    told = found["precision"]
    assert (told["asked"], told["most"], told["met"]) == (1e-9, 4, False)
    assert told["reached"] > 1e-9
    said = stakhanov("compare", "time-wage", "plain-piece-rate", *SMALL, *asked[:-1])
    assert "Precision NOT reached: the widest interval is" in said.out
    assert "with 4 replicates at most." in said.out


def test_problems_of_both_campaigns_are_told_together_and_once(stakhanov: Call) -> None:
    said = stakhanov(
        *("compare", "time-wag", "plain-piece-rat", "--workers", "none", "--set", "a.b=1"),
        *("--set-a", "c", "--set-b", "norm.x=1", "--measure", "true_ouput"),
    )
    assert (said.code, said.out) == (2, "")
    assert [line.split(":")[0] for line in said.lines] == [
        *("--measure", "--set-a", "workers", "a.b", "campaign", "campaign"),
    ]


def test_sweep_answers_with_points_and_keeps_a_chart(stakhanov: Call, tmp_path: Path) -> None:
    data = stakhanov(
        *("sweep", "plain-piece-rate", "--vary", "money.value=0:0.4:3", *SMALL),
        *("--measure", "true_output", "--measure", "effort_mean@last", "--json"),
    ).data
    assert [point["at"] for point in data["points"]] == [
        {"money.value": value} for value in (0.0, 0.2, 0.4)
    ]
    values = [point["measures"]["true_output"] for point in data["points"]]
    assert all(one["low"] <= one["value"] <= one["high"] for one in values)
    assert values[0]["value"] < values[1]["value"] < values[2]["value"]
    folder = tmp_path / data["folder"]
    for name in ("true_output.svg", "effort_mean-last.svg"):
        root = ElementTree.fromstring((folder / name).read_text(encoding="utf-8"))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "Worth of a reference day's pay, utils" in page.replace("&#x27;", "'").replace("’", "'")
    assert "http" not in page.replace("http://www.w3.org", "")


def test_a_sweep_over_two_addresses_is_a_grid(stakhanov: Call, tmp_path: Path) -> None:
    said = stakhanov(
        *("sweep", "plain-piece-rate", *SMALL, "--vary", "norms.revision.every=1,2"),
        *("--vary", "norms.scope=own,enterprise"),
    )
    assert said.code == 0
    assert "norms.revision.every   norms.scope   True output, norm-units" in said.out
    assert len(list(tmp_path.glob("runs/experiments/runs/*/*.parquet"))) == 8


@pytest.mark.parametrize(
    ("vary", "told"),
    [
        (
            (),
            "vary: must be given once or twice, as ADDRESS=FROM:TO:N or ADDRESS=v1,v2,...; found nothing",
        ),
        (
            ("a=1", "b=1", "c=1"),
            "vary: must be given 2 times at most, one address each; found 3 of them",
        ),
        (
            ("norms.revision.up=",),
            "norms.revision.up: must be given at least one value; found an empty grid",
        ),
        (
            ("norms.revison.up=0:1:2",),
            "norms.revison: must be a key that is known here; found `revison` (did you mean revision?)",
        ),
    ],
)
def test_a_sweep_over_nothing_is_refused(
    stakhanov: Call, tmp_path: Path, vary: tuple[str, ...], told: str
) -> None:
    options = [word for one in vary for word in ("--vary", one)]
    said = stakhanov("sweep", "plain-piece-rate", *SMALL, *options)
    assert (said.code, said.out) == (2, "")
    assert said.lines == [told]


def test_break_answers_with_the_value(stakhanov: Call, tmp_path: Path) -> None:
    data = stakhanov(
        *("break", "piece-rate", "--vary", "money.value=0.22:0", "--workers", "200"),
        *("--periods", "2", "--replicates", "3", "--json"),
    ).data
    assert data["address"] == "money.value"
    assert data["expectation"] == "output-rises"
    assert 0.05 < data["holds_until"] < 0.15
    assert data["fails_from"] < data["holds_until"]
    assert (tmp_path / data["folder"] / "piece-rate.svg").exists()
    assert (tmp_path / data["folder"] / "page.html").exists()


def test_break_tells_all_problems(stakhanov: Call) -> None:
    said = stakhanov("break", "piece-rte", "--vary", "money.value", "--workers", "0")
    assert said.code == 2
    assert [line.split(":")[0] for line in said.lines] == ["--vary", "experiment"]


@pytest.mark.parametrize(
    ("asked", "arms"),
    [
        (("compare", "time-wage", "plain-piece-rate"), ["a", "b"]),
        (("sweep", "plain-piece-rate", "--vary", "money.value=0,0.2"), ["base"]),
        (
            ("decompose", "plain-piece-rate", "--rule", "strain", "--rule", "norm-revision"),
            ["base"],
        ),
        (("experiment", "peers"), ["alone", "together"]),
    ],
)
def test_an_answer_has_the_record_of_its_runs(
    stakhanov: Call, tmp_path: Path, asked: tuple[str, ...], arms: list[str]
) -> None:
    """Enough to make the numbers again: what, who, how many, under which seeds, by which engine."""
    data = stakhanov(*asked, *SMALL, "--seed", "7", "--json").data
    record = data["record"]
    assert list(record["arms"]) == arms
    assert record["seeds"] == [7, 8]
    assert record["engine"] == engine_version()
    assert record["machine"]["cores"] > 0
    kept = json.loads((tmp_path / data["folder"] / "result.json").read_text(encoding="utf-8"))
    assert kept["record"] == record
    one = record["arms"][arms[0]]
    if asked[0] != "experiment":  # whose arms set something
        assert one["campaign"] == load(one["campaign_name"]).digest
    assert (one["workers"], one["periods"]) == (100, 2)


def test_break_tells_once_what_is_wrong_with_the_address(stakhanov: Call) -> None:
    said = stakhanov("break", "ratchet", "--vary", "foresight.shar=1:0")
    assert (said.code, said.lines) == (
        2,
        ["foresight.shar: must be a key that is known here; found `shar` (did you mean share?)"],
    )


def test_values_of_a_grid_have_the_digits_that_keep_them_apart(
    stakhanov: Call, tmp_path: Path
) -> None:
    said = stakhanov(
        *("sweep", "plain-piece-rate", *SMALL, "--vary", "money.value=0:0.5:4"),
        *("--vary", "norms.scope=own,enterprise"),
    )
    starts = [line.split()[0] for line in said.out.splitlines() if "own" in line]
    assert starts == ["0", "0.1667", "0.3333", "0.5"]
    [chart] = tmp_path.glob("runs/experiments/results/*/true_output.svg")
    drawn = chart.read_text(encoding="utf-8")
    assert ">0.1667<" in drawn
    assert "0.16666" not in drawn


def test_decompose_answers_with_shares_that_sum_to_the_total(
    stakhanov: Call, tmp_path: Path
) -> None:
    data = stakhanov(
        *("decompose", "metro-1933", *SMALL, "--json"),
        *("--rule", "pay-progression", "--rule", "strain", "--rule", "technology"),
    ).data
    assert data["measure"] == "true_output"
    assert [one["rule"] for one in data["rules"]] == ["pay-progression", "strain"]
    assert data["absent"] == ["technology"]
    assert sum(one["share"] for one in data["rules"]) == data["total"]
    assert data["with"] - data["without"] == pytest.approx(data["total"], abs=1e-12)
    [pair] = data["interactions"]
    assert pair["rules"] == ["pay-progression", "strain"]
    assert (tmp_path / data["folder"] / "true_output.svg").exists()


def test_decompose_refuses_rules_that_are_none(stakhanov: Call) -> None:
    said = stakhanov("decompose", "metro-1933", "--rule", "prize", "--measure", "true")
    assert said.code == 2
    assert [line.split(":")[0] for line in said.lines] == ["--measure", "rules"]


def test_a_dry_run_counts_the_runs(stakhanov: Call) -> None:
    """The Metro has three of the rules: pay, emulation, strain. It publishes nothing and pays no bonus."""
    data = stakhanov("decompose", "metro-1933", *SMALL, "--dry-run", "--json").data
    assert data["runs"] == 2 * 2**3


def test_runs_can_go_on_from_another_run(stakhanov: Call, tmp_path: Path) -> None:
    """Three periods of one run, then two ways to go on: the past is shared, the difference is later."""
    people = ("--workforce", "heavy-machine-building", "--workers", "100")
    stakhanov("run", "plain-piece-rate", *people, "--periods", "3", "--out", "trunk", "--json")
    data = stakhanov(
        *("compare", "plain-piece-rate", "plain-piece-rate", "--set-b", "pay.piece_share=0"),
        *("--from", "trunk", "--at", "2", "--periods", "4", "--replicates", "2", "--json"),
        *("--workforce", "heavy-machine-building"),
        *("--measure", "effort_mean@1", "--measure", "effort_mean@3"),
    ).data
    before, after = data["measures"]
    assert before["difference"] == 0.0
    assert after["difference"] < -0.05


def test_progress_has_a_rate_and_the_time_left() -> None:
    some = Standing(20, 120, 10, 5.0)
    assert sentence(some, 5.0) == "run 20 of 120, 50 s left, 2.0 runs a second"
    assert sentence(some, 10.0) == "run 20 of 120, 1 min 40 s left, 1.0 runs a second"
    assert sentence(Standing(2, 4, 2, 14.0), 14.0) == "run 2 of 4, 14 s left, 7 s a run"
    assert sentence(Standing(3, 9, 0, 0.0), 12.0) == "run 3 of 9, 12 s so far"


def test_a_long_run_is_followed_while_it_lasts(capsys: pytest.CaptureFixture[str]) -> None:
    follow = Follow(Line(quiet=0.0, soon=0.0))
    follow.see(Standing(1, 4, 1, 1.0))
    assert capsys.readouterr().err == ""  # what is quick leaves nothing
    follow.at -= 8.0
    follow.check()
    assert capsys.readouterr().err == "run 1 of 4, 27 s left, 9 s a run\n"
    follow.stop(2, None)
    with pytest.raises(KeyboardInterrupt):
        follow.check()


def test_unlike_currencies_and_lengths_are_told_and_money_is_not_subtracted(
    stakhanov: Call,
) -> None:
    asked = ("compare", "time-wage", "sales-quota", *SMALL[:4], "--replicates", "1")
    held = ("--set-a", "pay.guarantee=0.5", "--set-b", "plan.shifts_per_period=20")
    data = stakhanov(*asked, *held, "--periods", "2", "--json").data
    rows = {row["measure"]: row for row in data["measures"]}
    assert rows["pay_mean"]["difference"] is None
    assert rows["pay_mean"]["a"] > 0 < rows["pay_mean"]["b"]
    assert rows["true_output"]["difference"] is not None
    said = stakhanov(*asked, *held, "--periods", "2").out
    assert "a: time-wage pay.guarantee=0.5\nb: sales-quota plan.shifts_per_period=20\n" in said
    assert "\n1 replicate on shared luck" in said
    assert "note: b: pays in cents and a in kopecks; amounts of money are not subtracted" in said
    assert "note: b: has 20 shifts in a period and a has" in said
    assert "- to -" not in said


def test_a_sweep_names_units_and_draws_bars_from_nought(stakhanov: Call) -> None:
    """The bars of two values stand to each other as the values do."""
    asked = (
        "--vary",
        "pay.guarantee=0.2,1",
        "--measure",
        "true_output",
        "--measure",
        "padded_share",
    )
    said = stakhanov("sweep", "plain-piece-rate", *SMALL, *asked).out
    assert "True output, norm-units per worker-shift" in said
    assert "bars from 0" in said
    assert "Padded share, share" not in said
    lines = [line for line in said.splitlines() if line[:3] in ("0.2", "1  ")][:2]
    values, bars = zip(*((float(one.split()[1]), one.count("█")) for one in lines), strict=True)
    assert bars[0] / bars[1] == pytest.approx(values[0] / values[1], abs=0.05)


def test_many_runs_count_their_time_from_the_run_that_compiled() -> None:
    """The first of 11 runs takes 40 s, the next two 4 s together: 8 more take 16 s."""
    settled = Standing(1, 11, 1, 40.0)
    assert sentence(Standing(3, 11, 3, 44.0), 44.0, settled) == "run 3 of 11, 16 s left, 2 s a run"
    follow = Follow(Line(), compiled=False)
    follow.see(settled)
    assert follow.settled == settled


def test_the_first_run_which_loads_the_rules_is_no_measure_of_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first of 60 takes 2 s, the second a tenth: 58 more take 6 s, not 2 minutes."""
    follow = Follow(Line(quiet=0.0, soon=0.0))
    follow.see(Standing(1, 60, 1, 2.0))
    assert capsys.readouterr().err == "run 1 of 60, 2 s so far\n"
    follow.see(Standing(2, 60, 2, 2.1))
    assert capsys.readouterr().err == "run 2 of 60, 6 s left, 10.0 runs a second\n"


def test_the_help_of_decompose_names_every_rule(stakhanov: Call) -> None:
    said = " ".join(stakhanov("decompose", "--help").out.split())
    assert ", ".join(rule.name for rule in RULES) in said


def test_the_page_of_a_question_has_words_and_a_drawing_for_a_telephone(
    stakhanov: Call, tmp_path: Path
) -> None:
    asked = ("--vary", "pay.guarantee=0.2,1", "--vary", "norms.scope=own,brigade")
    data = stakhanov("sweep", "plain-piece-rate", *SMALL, *asked, "--json").data
    page = (tmp_path / data["folder"] / "page.html").read_text(encoding="utf-8")
    assert "<h1>A plain piece rate, over pay.guarantee and norms.scope</h1>" in page
    assert "sweep-plain-piece-rate" not in page
    boxes = re.findall(r'class="chart (\w+)"[^>]*viewBox="0 0 (\d+)', page)
    assert [name for name, _ in boxes] == ["wide", "middle", "narrow"]
    assert int(boxes[2][1]) <= 360
    assert "2 replicates on shared luck; the numbers below have" in page
