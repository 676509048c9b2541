"""`stakhanov apply` and `payslip`: what scripts rely on, what is written, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars as pl
import pytest

from stakhanov.foundation.pseudonyms import pseudonym

Call = Callable[..., Any]

RULES = """
format = 1
[campaign]
name = "plain"
start = 1935-01-01
[pay]
reference = 1000
guarantee = 0.0
[[prizes]]
name = "banner"
by = "rank"
scope = "all"
per_thousand = 500
amount = 99
"""
REPORTS = "who,day,quota,made\nPetrov,1935-01-05,7,7.7\n=Ivanov,1935-01-05,7,3.5\n"
MAP = ("--map", "worker=who,period=day,norm=quota,reported=made")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "plain.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "reports.csv").write_text(REPORTS, encoding="utf-8")
    return "plain.toml", "reports.csv"


def test_apply_pays_and_writes(stakhanov: Call, files: tuple[str, str], tmp_path: Path) -> None:
    """One shift each: 1,100 and 500 kopecks, and the banner's 99 for one of two."""
    said = stakhanov("apply", *files, *MAP, "--out", "paid", "--excel", "--json")
    assert said.code == 0
    assert said.data["rows"] == 2
    assert said.data["paid"] == {"amount": 1699, "unit": "kopeck"}
    assert said.data["awards"] == [
        {"period": "1935-01-05", "prize": "banner", "group": "all", "winners": 1, "amount": 99}
    ]
    assert said.data["problems"] == []
    pay = pl.read_parquet(tmp_path / "paid" / "pay.parquet")
    assert pay["pay"].to_list() == [1199, 500]
    assert "'=Ivanov" in (tmp_path / "paid" / "pay.csv").read_text(encoding="utf-8")
    _is_a_workbook_of_texts(tmp_path / "paid" / "pay.xlsx")
    again = stakhanov("apply", *files, *MAP, "--out", "paid")
    assert (again.code, again.out) == (2, "")
    assert again.lines == [
        "paid: must be empty or new; found a folder in use (--force overwrites a payroll there)"
    ]
    forced = stakhanov("apply", *files, *MAP, "--out", "paid", "--force")
    assert forced.code == 0
    assert not (tmp_path / "paid" / "pay.xlsx").exists()  # of the payroll before
    assert "2 reports, 1,699 kopecks paid" in forced.out
    assert "banner" in forced.out


def _is_a_workbook_of_texts(place: Path) -> None:
    """Pay as it stands in the other files, the rules in sentences, and no cell that a spreadsheet would run."""
    book = pl.read_excel(place, sheet_id=0)
    assert list(book) == ["pay", "ranks", "awards", "rules"]
    assert book["pay"].select("worker", "pay").rows() == [("Petrov", 1199), ("=Ivanov", 500)]
    assert any("A shift at 100 % of the norm pays" in line for line in book["rules"]["rules"])
    with ZipFile(place) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 4
        assert not any(b"<f>" in packed.read(name) for name in sheets)


def test_apply_without_a_folder_writes_nothing(
    stakhanov: Call, files: tuple[str, str], tmp_path: Path
) -> None:
    assert stakhanov("apply", *files, *MAP).code == 0
    assert {path.name for path in tmp_path.iterdir()} == set(files)


def test_payslip_shows_every_step(stakhanov: Call, files: tuple[str, str]) -> None:
    said = stakhanov(
        "payslip", *files, *MAP, "--worker", "Petrov", "--period", "1935-01-05", "--json"
    )
    assert said.data["pay"] == {"amount": 1199, "unit": "kopeck"}
    assert [(s["address"], s["amount"]) for s in said.data["steps"]] == [
        ("pay.scale.0", 1100), ("prizes.banner", 99),
    ]  # fmt: skip


def test_problems_of_both_files_are_told_at_once(stakhanov: Call, files: tuple[str, str]) -> None:
    said = stakhanov("apply", "nowhere.toml", "missing.csv")
    assert (said.code, said.out) == (2, "")
    assert any("nowhere" in line for line in said.lines)
    assert any("missing.csv" in line for line in said.lines)


def test_rows_that_are_left_out_are_counted(
    stakhanov: Call, files: tuple[str, str], tmp_path: Path
) -> None:
    """Petrov stands twice: neither row is paid; Ivanov's 500 and the banner's 99, for half of one is one."""
    twice = REPORTS + "Petrov,1935-01-05,7,14\nSidorov,1935-01-05,7,much\n"
    (tmp_path / "reports.csv").write_text(twice, encoding="utf-8")
    assert stakhanov("apply", *files, *MAP).code == 2
    said = stakhanov("apply", *files, *MAP, "--leave-out")
    assert said.code == 0
    assert said.out.splitlines()[0] == (
        "plain on reports.csv: 1 report, 599 kopecks paid; 3 rows left out"
    )
    assert stakhanov("apply", *files, *MAP, "--leave-out", "--json").data["left_out"] == 3


def test_a_prize_that_nobody_can_win_is_told(
    stakhanov: Call, files: tuple[str, str], tmp_path: Path
) -> None:
    """Ten of a thousand are a fiftieth of two: nobody."""
    rules = RULES.replace("per_thousand = 500", "per_thousand = 10")
    (tmp_path / "plain.toml").write_text(rules, encoding="utf-8")
    sentence = "10 in 1,000 is nobody among 2 competitors: it cannot be won"
    for out in ((), ("--out", "paid")):
        said = stakhanov("apply", *files, *MAP, *out, "--json")
        assert said.data["notes"] == [f"prizes.banner: {sentence}"]
        assert said.lines == [f"prizes.banner: {sentence}"]
    slip = stakhanov(
        "payslip", *files, *MAP, "--worker", "Petrov", "--period", "1935-01-05", "--json"
    )
    assert slip.data["steps"][-1] == {"address": "prizes.banner", "sentence": sentence, "amount": 0}
    assert slip.data["pay"]["amount"] == 1100


def test_the_periods_are_told_where_another_is_asked_for(
    stakhanov: Call, files: tuple[str, str]
) -> None:
    said = stakhanov("payslip", *files, *MAP, "--worker", "Petrov", "--period", "2")
    assert said.code == 2
    assert said.lines == ["period: must be a period of the reports; found 2 (there is 1935-01-05)"]


def test_a_folder_that_is_no_run_is_bad_input(
    stakhanov: Call, files: tuple[str, str], tmp_path: Path
) -> None:
    """Folders within it are not looked into."""
    deep = tmp_path / "theirs" / "other"
    deep.mkdir(parents=True)
    (deep / "pay.parquet").write_bytes(b"no table")
    said = stakhanov("apply", files[0], "theirs")
    assert (said.code, said.out) == (2, "")
    assert said.lines == [
        "theirs: must be the folder of a run, or hold Parquet files; found neither"
    ]


def test_a_folder_of_somebody_else_is_never_written_to(
    stakhanov: Call, files: tuple[str, str], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pay.csv").write_text("who,what\n", encoding="utf-8")
    for force, said in (
        ((), "must be empty or new; found a folder in use (choose another folder)"),
        (
            ("--force",),
            "must hold a payroll to be overwritten; found pay.csv (choose another folder)",
        ),
    ):
        told = stakhanov("apply", *files, *MAP, "--out", "mine", *force)
        assert (told.code, told.lines) == (2, [f"mine: {said}"])
    assert (tmp_path / "mine" / "pay.csv").read_text(encoding="utf-8") == "who,what\n"
    told = stakhanov("apply", *files, *MAP, "--out", "reports.csv/pay")
    assert told.code == 2
    assert told.lines == [
        "reports.csv/pay: must be a folder one may write to; found reports.csv/pay: not a directory"
    ]


def test_of_a_payroll_that_is_refused_nothing_is_left(
    stakhanov: Call, files: tuple[str, str], tmp_path: Path
) -> None:
    """The second period's report is more than 64 bits can pay; the folder was begun with the first."""
    more = REPORTS + "Petrov,1935-02-05,7,1e16\n"
    (tmp_path / "reports.csv").write_text(more, encoding="utf-8")
    said = stakhanov("apply", *files, *MAP, "--out", "deep/paid")
    assert said.code == 2
    assert "must be reports and prices that 64 bits can settle" in said.lines[0]
    assert {path.name for path in tmp_path.iterdir()} == set(files)


def test_whoever_was_paid_has_a_slip(
    stakhanov: Call, files: tuple[str, str], tmp_path: Path
) -> None:
    """Under the name that the payroll has, from the rows that were paid."""
    twice = REPORTS + "Sidorov,1935-01-05,7,much\n"
    (tmp_path / "reports.csv").write_text(twice, encoding="utf-8")
    same = (*files, *MAP, "--leave-out", "--pseudonyms", "key")
    assert stakhanov("apply", *same, "--out", "paid").code == 0
    for name, pay in (
        pl.read_parquet(tmp_path / "paid" / "pay.parquet").select("worker", "pay").rows()
    ):
        said = stakhanov("payslip", *same, "--worker", name, "--period", "1935-01-05", "--json")
        assert said.data["pay"]["amount"] == pay
    # Whoever has the key may ask by the name; the slip has the pseudonym.
    own = stakhanov("payslip", *same, "--worker", "Petrov", "--period", "1935-01-05", "--json")
    assert own.data["worker"] == pseudonym(
        "Petrov", (tmp_path / "key").read_text().strip().encode()
    )
    assert "Petrov" not in own.out
    nobody = stakhanov("payslip", *same, "--worker", "Nobody", "--period", "1935-01-05")
    assert (nobody.code, "there are" in nobody.err) == (2, False)
