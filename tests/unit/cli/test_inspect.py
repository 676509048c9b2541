"""`stakhanov inspect`: the contract of its JSON, its exit codes, and nothing but questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stakhanov.cli.main import main
from stakhanov.evidence import inspection
from stakhanov.evidence.simulated import Truth, simulated


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    place = tmp_path / "reports.parquet"
    simulated(Truth(jump=1.5), workers=400, periods=4, seed=1).rename(
        {"worker": "who"}
    ).write_parquet(place)
    return place


def test_json_is_what_scripts_rely_on(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(reports), "--map", "worker=who", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["rows"], data["workers"], data["periods"]) == (1600, 400, 4)
    jump = next(one for one in data["findings"] if one["test"] == "density-jump")
    assert jump["unusual"] is True
    assert jump["group"] == "all"
    assert jump["low"] < jump["estimate"] < jump["high"]
    assert 0.0 < jump["false_alarm"] < 0.01
    assert jump["explanations"]


def test_the_screen_asks_and_does_not_accuse(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(reports), "--map", "worker=who"]) == 0
    text = capsys.readouterr().out
    assert "unusual" in text
    assert "it can come about without any fault" in text
    for word in ("fraud", "cheat", "lie"):
        assert word not in text.lower()


def test_what_stands_for_a_large_table_is_said(
    reports: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "MOST_ROWS", 800)
    assert main(["inspect", str(reports), "--map", "worker=who"]) == 0
    text = capsys.readouterr().out
    assert "1,600 reports, 400 workers, 4 periods" in text  # counted in two parts, nobody twice
    assert "The table is large: the tests look at whole workers, 50 % of them" in text


def test_bad_input_leaves_with_2(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(reports), "--json"]) == 2
    seen = capsys.readouterr()
    assert json.loads(seen.out)["problems"][0]["must"].startswith("must have a column")
    assert "must have a column worker" in seen.err
    assert main(["inspect", str(reports), "--map", "worker", "--dates", "ymd"]) == 2
    told = capsys.readouterr().err
    assert "--map: must be given as KEY=VALUE" in told
    assert "--dates: must be dmy or mdy" in told


def test_bad_rows_are_left_out_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "days.csv"
    place.write_text("worker,period,norm,reported\na,1,1,x\nb,1,1,1\n", encoding="utf-8")
    assert main(["inspect", str(place), "--json"]) == 2
    capsys.readouterr()
    assert main(["inspect", str(place), "--leave-out", "--json"]) == 0
    seen = capsys.readouterr()
    data = json.loads(seen.out)
    assert (data["rows"], data["left_out"]) == (1, 1)
    assert data["findings"] == []
    assert data["refused"]
    assert 'must be a number; found "x"' in seen.err


def test_an_interval_without_an_end_is_told_as_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "days.csv"
    simulated(Truth(padded=0.02), workers=800, periods=4, seed=1).write_csv(place)
    assert main(["inspect", str(place), "--out", str(tmp_path / "page")]) == 0
    [line] = [one for one in capsys.readouterr().out.splitlines() if one.startswith("norm-excess ")]
    assert " or more" in line
    page = (tmp_path / "page" / "report.html").read_text(encoding="utf-8")
    assert " or more</td>" in page
    assert main(["inspect", str(place), "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    [excess] = [one for one in findings if one["test"] == "norm-excess"]
    assert excess["high"] is None


def test_small_groups_are_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "days.csv"
    rows = [f"w{k},1,1,1,{'small' if k < 4 else 'large'}" for k in range(10)]
    place.write_text("worker,period,norm,reported,group\n" + "\n".join(rows), encoding="utf-8")
    assert main(["inspect", str(place), "--by", "group", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["hidden_groups"] == 1
    assert {one["group"] for one in data["refused"]} == {"large"}
    assert main(["inspect", str(place), "--by", "grup"]) == 2
    assert "must be a column that parts the reports into groups" in capsys.readouterr().err


def test_names_become_pseudonyms_with_a_key_that_is_kept(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "key"
    for _ in range(2):
        command = ["inspect", str(reports), "--map", "worker=who", "--pseudonyms", str(key)]
        assert main([*command, "--json"]) == 0
    capsys.readouterr()
    assert key.exists()


def test_a_report_is_written(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder"
    assert main(["inspect", str(reports), "--map", "worker=who", "--out", str(out), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["report"] == str(out / "report.html")
    assert "just above the norm" in (out / "report.html").read_text(encoding="utf-8")
    assert (out / "findings.csv").read_text(encoding="utf-8").startswith("test,group,estimate")


def test_only_an_inspection_is_overwritten(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "used"
    command = ["inspect", str(reports), "--map", "worker=who", "--out", str(out)]
    assert main(command) == 0
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert main(command) == 2
    assert capsys.readouterr().err == (
        f"{out}: must be empty or new; found a folder in use (--force overwrites an inspection there)\n"
    )
    assert main([*command, "--force"]) == 0
    assert sorted(one.name for one in out.iterdir()) == ["findings.csv", "notes.txt", "report.html"]


def test_the_report_of_somebody_else_is_never_overwritten(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor is that of a run: its folder is no place for what is found in it."""
    out = tmp_path / "used"
    out.mkdir()
    (out / "report.html").write_text("<title>A run</title>", encoding="utf-8")
    command = ["inspect", str(reports), "--map", "worker=who", "--out", str(out), "--force"]
    assert main(command) == 2
    assert capsys.readouterr().err == (
        f"{out}: must hold an inspection to be overwritten; found report.html (choose another folder)\n"
    )
    assert (out / "report.html").read_text(encoding="utf-8") == "<title>A run</title>"


def test_the_folder_and_the_table_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    nowhere, key = str(tmp_path / "nowhere.csv"), tmp_path / "key"
    asked = ["inspect", nowhere, "--out", str(tmp_path / "file"), "--pseudonyms", str(key)]
    assert main(asked) == 2
    told = capsys.readouterr().err
    assert "must be a folder; found a file" in told
    assert "must be a file, a folder or a URL that is there" in told
    assert not key.exists()


def test_the_columns_are_told_where_groups_are_asked_for_by_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "days.csv"
    place.write_text("worker,period,norm,reported,shop,branch\na,1,1,1,x,y\n", encoding="utf-8")
    assert main(["inspect", str(place), "--by", "nix"]) == 2
    assert "(there are branch; --map group=... names one of shop)" in capsys.readouterr().err
    assert main(["inspect", str(place), "--by", "shop"]) == 2
    assert "--map group=shop names one of shop" in capsys.readouterr().err


def test_one_report_is_one_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "days.csv"
    place.write_text("worker,period,norm,reported\na,1,1,1\nb,1,1,x\n", encoding="utf-8")
    assert main(["inspect", str(place), "--leave-out"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "days.csv: 1 report, 1 worker, 1 period; 1 row left out",
        "",
        "not tested:",
    ]
