"""Tables for others: no cell of ours becomes a formula of theirs."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from stakhanov.foundation.exports import write_book, write_table
from stakhanov.foundation.problem import BadInput

TABLE = pl.DataFrame({"worker": ["=1+1", "@cmd", "ada", None], "pay": [1, -2, 3, 4]})


def test_formulas_are_escaped_in_csv(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "pay.csv")
    lines = (tmp_path / "pay.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["worker,pay", "'=1+1,1", "'@cmd,-2", "ada,3", ",4"]


def test_parquet_keeps_texts_as_they_are(tmp_path: Path) -> None:
    write_table(TABLE.lazy(), tmp_path / "pay.parquet")
    assert pl.read_parquet(tmp_path / "pay.parquet").equals(TABLE)


def test_a_workbook_has_texts_and_no_formulas(tmp_path: Path) -> None:
    write_book(
        {"pay": TABLE, "rules": pl.DataFrame({"address": ["pay.scale"]})}, tmp_path / "b.xlsx"
    )
    read = pl.read_excel(tmp_path / "b.xlsx", sheet_name="pay")
    assert read["worker"].to_list() == ["=1+1", "@cmd", "ada", None]
    assert pl.read_excel(tmp_path / "b.xlsx", sheet_name="rules").height == 1
    write_table(TABLE, tmp_path / "pay.xlsx")
    assert pl.read_excel(tmp_path / "pay.xlsx").height == 4


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"must end in \.parquet, \.csv or \.xlsx; found \.doc"):
        write_table(TABLE, tmp_path / "pay.doc")
    long = pl.DataFrame({"x": pl.int_range(1_048_576, eager=True)})
    with pytest.raises(BadInput, match="must have fewer than 1,048,576 rows"):
        write_book({"x": long}, tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())
