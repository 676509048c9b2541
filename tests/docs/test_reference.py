"""Nothing that can be declared, asked for or measured is left out of the reference."""

from __future__ import annotations

import pytest

import stakhanov as sk
from stakhanov.campaign import Campaign
from stakhanov.foundation.catalogue import parameters
from stakhanov.foundation.measures import MEASURES, SERIES, Measure
from stakhanov.theory import catalogue
from stakhanov.workforce import Workforce
from tests.docs.pages import ROOT

REFERENCE = ROOT / "docs" / "reference"


def rows_of(page: str) -> dict[str, list[str]]:
    """Rows of a page's tables by their first cell."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    rows = {}
    for line in text.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").replace("\\|", "¦").split("|")]
            rows[cells[0].strip("`")] = cells
    return rows


@pytest.mark.parametrize("kind", [Campaign, Workforce], ids=lambda kind: kind.__name__.lower())
def test_every_parameter_has_its_row(kind) -> None:
    rows = rows_of("parameters.md")
    for parameter in parameters(kind):
        assert parameter.address in rows
        assert rows[parameter.address][1] == parameter.title.replace("|", "¦")
        assert parameter.title, parameter.address


def test_every_row_is_a_parameter() -> None:
    known = {row.address for kind in (Campaign, Workforce) for row in parameters(kind)}
    assert set(rows_of("parameters.md")) == known


def test_every_measure_is_documented() -> None:
    rows = rows_of("measures.md")
    assert set(rows) == {*MEASURES, *SERIES}
    catalogue_of_measures: dict[str, Measure] = {**MEASURES, **SERIES}
    for name, measure in catalogue_of_measures.items():
        assert rows[name][1:] == [measure.title, measure.unit, measure.definition]
        assert measure.title
        assert measure.definition.endswith("."), name


def test_a_run_keeps_what_is_documented_and_no_more() -> None:
    run = sk.simulate("stakhanovite-1935", workers=60, periods=2)
    assert set(run.series["measure"]) == {*MEASURES, *SERIES}
    assert set(run.measures) == set(MEASURES)
    assert {name: told["unit"] for name, told in run.measures.items()} == {
        name: measure.unit for name, measure in MEASURES.items()
    }


def test_every_closed_form_is_on_the_page_of_theory() -> None:
    text = (ROOT / "docs" / "explanation" / "theory.md").read_text(encoding="utf-8")
    assert not [name for name in catalogue() if f"`{name}`" not in text]
