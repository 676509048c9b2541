"""The page on results names every file that a run leaves, and every column of its tables."""

from __future__ import annotations

import re
from pathlib import Path

import stakhanov as sk
from stakhanov.engine.results import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "results.md"


def test_every_file_and_every_column_is_documented(tmp_path: Path) -> None:
    run = sk.simulate("plain-piece-rate", workers=30, periods=1, out=tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    rows = {
        row[0].strip("`"): re.findall(r"`([^`]+)`", row[2])
        for line in text.splitlines()
        if line.startswith("| `")
        for row in [[cell.strip() for cell in line.strip("|").split("|")]]
    }
    for name in TABLES:
        assert rows[f"{name}.parquet"] == getattr(run, name).columns
    left = {entry.name for entry in tmp_path.iterdir() if entry.is_file() and entry.suffix}
    assert left <= set(rows)
