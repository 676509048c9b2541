"""`stakhanov apply` and `payslip`: what scripts rely on, what is written, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

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
    again = stakhanov("apply", *files, *MAP, "--out", "paid")
    assert (again.code, again.out) == (2, "")
    assert again.lines == [
        "paid: must hold no payroll yet; found pay.parquet (--force overwrites it)"
    ]
    forced = stakhanov("apply", *files, *MAP, "--out", "paid", "--force")
    assert forced.code == 0
    assert "2 reports, 1,699 kopecks paid" in forced.out
    assert "banner" in forced.out


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
