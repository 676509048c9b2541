"""`stakhanov new`, `check`, `explain`, `diff`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def test_a_new_file_passes_its_check(stakhanov: Call, tmp_path: Path) -> None:
    said = stakhanov("new", "mine", "--base", "sales-quota")
    assert said.code == 0
    assert "mine.toml" in said.out
    assert (tmp_path / "mine.toml").is_file()
    assert stakhanov("check", "mine.toml").code == 0
    found = stakhanov("diff", "sales-quota", "mine.toml", "--json").data["differences"]
    assert {address.split(".")[0] for address in found} == {"campaign"}


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (["there"], ["there.toml: must be a new file; found one that is there"]),
        (["x", "--out", "no/x.toml"], ["no: must be a folder; found none"]),
        (
            ["../newdir/y2"],
            [
                "NAME: must be a name, not a path; found ../newdir/y2"
                " (--out ../newdir/y2.toml says where it goes)"
            ],
        ),
        (
            ["/y2.toml"],
            [
                "NAME: must be a name, not a path; found /y2.toml (--out /y2.toml says where it goes)"
            ],
        ),
    ],
)
def test_new_overwrites_nothing(
    stakhanov: Call, tmp_path: Path, arguments: list[str], sentences: list[str]
) -> None:
    (tmp_path / "there.toml").write_text("kept", encoding="utf-8")
    said = stakhanov("new", *arguments)
    assert (said.code, said.lines) == (2, sentences)
    assert [path.name for path in tmp_path.iterdir()] == ["there.toml"]
    assert (tmp_path / "there.toml").read_text(encoding="utf-8") == "kept"


def test_check_tells_every_problem_in_the_words_of_the_file(
    stakhanov: Call, tmp_path: Path
) -> None:
    text = '[campaign]\nname = "x"\n[norms.revision]\nupp = 0.3\nevery = 0\n[audits]\nprobability = 2\n'
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    said = stakhanov("check", "bad.toml", "--json")
    assert said.code == 2
    addresses = {problem["address"] for problem in said.data["problems"]}
    assert addresses == {"norms.revision.upp", "norms.revision.every", "audits.probability"}
    assert len(said.lines) == 3
    assert any("did you mean up?" in line for line in said.lines)


def test_check_cautions_about_what_people_will_do(stakhanov: Call) -> None:
    said = stakhanov("check", "sales-quota", "--json")
    assert said.code == 0
    assert said.data["problems"] == []
    assert "norms.revision.up" in {caution["address"] for caution in said.data["cautions"]}


def test_check_of_a_file_that_is_not_there(stakhanov: Call) -> None:
    said = stakhanov("check", "nowhere.toml")
    assert (said.code, said.lines) == (2, ["nowhere.toml: must be a file; found none"])


def test_settings_are_checked_as_the_file_is(stakhanov: Call) -> None:
    said = stakhanov(
        "check", "sales-quota", "--set", "pay.guarantee=much", "--set", "pay.piece_share=2"
    )
    assert said.code == 2
    assert set(said.lines) == {
        "pay.guarantee: must be a number; found much",
        "pay.piece_share: must be at most 1; found 2",
    }


def test_explain_speaks_of_what_was_set(stakhanov: Call) -> None:
    said = stakhanov("explain", "sales-quota", "--set", "audits.probability=0.37")
    assert said.code == 0
    assert "37 %" in said.out
    assert "37 %" not in stakhanov("explain", "sales-quota").out
    assert stakhanov("explain", "sales-quota", "--json").data["paragraphs"][0][0] == "A sales quota"


def test_what_is_set_holds_for_the_whole_run(stakhanov: Call) -> None:
    """In `check` and `explain` as in `run`: dated changes of it are dropped."""
    said = stakhanov("explain", "stakhanovite-1935", "--set", "publicity.intensity=0")
    assert "Records are staged but never published." in said.out
    none = ("--set", "prizes=[]", "--set", "emulation.contests=[]")
    assert stakhanov("check", "stakhanovite-1935", *none).code == 0
    assert "remium" not in stakhanov("explain", "stakhanovite-1935", *none).out
    free = stakhanov(
        "check", "stakhanovite-1935", "--set", "plan.hours=1", "--set", "limits.hours=1"
    )
    assert free.code == 0  # the longer day of 1940 is gone


def test_check_holds_hours_against_the_limit(stakhanov: Call) -> None:
    said = stakhanov("check", "stakhanovite-1935", "--set", "limits.hours=1.0")
    assert said.code == 1
    assert (
        "limits.hours: the day must be at most 1 times the first; found 1.143 from July 1940 on"
        in said.out
    )
    told = stakhanov("check", "stakhanovite-1935", "--set", "limits.hours=1.0", "--json")
    assert (told.code, told.data["problems"]) == (1, [])
    (broken,) = told.data["limits"]
    assert (broken["address"], broken["limit"], broken["period"]) == ("limits.hours", 1.0, 90)
    assert broken["found"] == pytest.approx(8 / 7, abs=1e-6)
    assert stakhanov("check", "stakhanovite-1935", "--set", "limits.hours=1.2").code == 0


def test_check_against_people(stakhanov: Call) -> None:
    said = stakhanov("check", "stakhanovite-1935", "--workforce", "metro-brigades")
    assert said.code == 2
    assert {line.split(":")[0] for line in said.lines} == {
        "norms.orders.1939-04-01.branch",
        "publicity.staged.1935-08-31.branch",
        "publicity.staged.1935-09-11.branch",
    }
    assert stakhanov("check", "stakhanovite-1935", "--workforce", "soviet-industry").code == 0


def test_a_workforce_file_is_checked_and_compared(stakhanov: Call, tmp_path: Path) -> None:
    text = '[workforce]\nname = "x"\nbase = "soviet-industry"\n[strain]\ngrowth = %s\n'
    (tmp_path / "people.toml").write_text(text % "0.5", encoding="utf-8")
    (tmp_path / "bad.toml").write_text(text % "-1", encoding="utf-8")
    assert stakhanov("check", "people.toml").out == "people.toml: no problems\n"
    bad = stakhanov("check", "bad.toml", "--json")
    assert (bad.code, bad.data["problems"][0]["address"]) == (2, "strain.growth")
    found = stakhanov("diff", "soviet-industry", "people.toml", "--json").data["differences"]
    assert found["strain.growth"] == {"a": 1.06, "b": 0.5}
    assert stakhanov("check", "soviet-industry").code == 0


def test_a_new_file_names_its_base_from_where_it_lies(stakhanov: Call, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    assert stakhanov("new", "low").code == 0
    assert stakhanov("new", "up", "--base", "low.toml", "--out", "below/up.toml").code == 0
    assert stakhanov("check", "below/up.toml").code == 0
    assert 'base = "../low.toml"' in (tmp_path / "below" / "up.toml").read_text(encoding="utf-8")


def test_diff_shows_rules_in_the_order_of_the_file(stakhanov: Call) -> None:
    said = stakhanov("diff", "stakhanovite-1935", "metro-1933")
    shown = [line.split()[0] for line in said.out.splitlines()[2:-1]]
    chapters = [address.split(".")[0] for address in shown]
    assert list(dict.fromkeys(chapters)) == [
        "campaign", "plan", "technology", "norms", "pay", "prizes", "emulation", "publicity", "changes",
    ]  # fmt: skip
    assert not [address for address in shown if address.startswith("campaign.evidence")]
    assert said.out.endswith("Sources and evidence differ too; --json has them.\n")


def test_diff_of_one_with_itself(stakhanov: Call) -> None:
    assert stakhanov("diff", "time-wage", "time-wage").out == "no difference\n"
    assert stakhanov("diff", "time-wage", "time-wage", "--json").data == {"differences": {}}


def test_diff_tells_both_names_that_are_wrong(stakhanov: Call) -> None:
    said = stakhanov("diff", "time-wagee", "sales-quotta")
    assert said.code == 2
    assert [line.split("found ")[1] for line in said.lines] == [
        "time-wagee (did you mean time-wage?)",
        "sales-quotta (did you mean sales-quota?)",
    ]
