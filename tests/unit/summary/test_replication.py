"""What is known of real reports is found again; what is not at hand is said to be skipped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stakhanov.evidence.data_sets import EFFORT, EMERGENCY, FLIGHTS, GARMENT, SETS
from stakhanov.summary.replication import KNOWN, replicate

PAGES = Path(__file__).resolve().parents[3] / "docs" / "data"


@pytest.mark.parametrize("data", [GARMENT, EMERGENCY], ids=lambda data: data.name)
def test_what_ships_is_found_again(data: object) -> None:
    place = data.find(None)  # type: ignore[attr-defined]
    assert place is not None
    rows = list(KNOWN[data](place))  # type: ignore[index]
    assert len(rows) >= 3
    assert not [row for row in rows if not row.holds]


@pytest.mark.parametrize("data", [FLIGHTS, EFFORT], ids=lambda data: data.name)
def test_what_is_at_hand_is_found_again(data: object, data_file: Callable[[str], Path]) -> None:
    rows = list(KNOWN[data](data_file(data.file)))  # type: ignore[attr-defined,index]
    assert len(rows) >= 4
    assert not [row for row in rows if not row.holds]


def test_what_is_not_at_hand_is_skipped_with_the_reason(tmp_path: Path) -> None:
    found = replicate(tmp_path)
    assert {row.data for row in found.rows} == {GARMENT.name, EMERGENCY.name}
    assert set(found.skipped) == {FLIGHTS.name, EFFORT.name}
    assert "is not at hand" in found.skipped[FLIGHTS.name]
    assert found.holds


@pytest.mark.parametrize("data", [GARMENT, EMERGENCY], ids=lambda data: data.name)
def test_the_page_of_a_set_shows_what_is_found(data: object) -> None:
    page = (PAGES / f"{data.name}.md").read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for row in KNOWN[data](data.find(None)):  # type: ignore[attr-defined,index]
        assert f"| {row.what} | {row.expected} |" in page
    assert "**no**" not in page


def test_every_set_is_looked_at() -> None:
    assert set(KNOWN) == set(SETS)
