"""Charts of locked runs: a bar for every arm with its interval, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from stakhanov.guide.experiments import Declared
from stakhanov.guide.live import lives, printed
from stakhanov.guide.lock import Ran, Result
from stakhanov.guide.measured import titled
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.choosing import Chart as Reading

#: Pixels of a drawing that has the column of a page to itself.
WIDE = (640, 232)
#: Charts of one experiment; the table has every measure.
MOST = 3


@dataclass(frozen=True)
class Chart:
    """A drawing with its title; `narrow` is the same for a telephone."""

    title: str
    said: str
    svg: str
    narrow: str


@dataclass(frozen=True)
class Row:
    """An arm's measure as the table has it."""

    arm: str
    measure: str
    value: str
    edges: str
    unit: str


def measures_of(declared: Declared, page: Page) -> list[str]:
    """What to draw: measures of expectations and of live values first, each once."""
    claims = page.term.claims.values()
    bound = [
        one.measure
        for claim in claims
        if claim.experiment is not None and claim.experiment.id == declared.id
        for one in declared.experiment.expectations
        if one.id == claim.experiment.expect
    ]
    live = [
        live.reference.split(".", 2)[2]
        for claim in claims
        for value in claim.values
        for live in lives(value.text)
        if live.reference.startswith(f"{declared.id}.") and live.reference.count(".") > 1
    ]
    wanted = [*bound, *live, *(one.measure for one in declared.experiment.expectations)]
    names = {one.id for one in declared.experiment.expectations}
    return [one for one in dict.fromkeys(wanted) if one not in names][:MOST]


def charts(declared: Declared, ran: Ran, page: Page) -> list[Chart]:
    """The charts of a locked run that a page shows."""
    titles = declared.experiment.titles
    found = []
    for measure in measures_of(declared, page):
        results = [
            (titles[arm], one[measure]) for arm, one in _arms(declared, ran) if measure in one
        ]
        rows = tuple((arm, one.mean, one.low, one.high) for arm, one in results)
        if rows:
            unit = results[0][1].unit
            found.append(_chart(titled(measure), unit, rows, f"{declared.id}-{_word(measure)}"))
    return found


def drawing(chart: Reading, name: str) -> Chart:
    """A chart that a card asks to read; `name` stands nowhere else on the page."""
    rows = tuple((one.title, one.value, one.low, one.high) for one in chart.bars)
    return _chart(chart.measure, chart.unit, rows, name)


@lru_cache(maxsize=256)
def _chart(
    title: str,
    unit: str,
    rows: tuple[tuple[str, float, float | None, float | None], ...],
    name: str,
) -> Chart:
    import polars as pl

    from stakhanov.charts import SMALL, Size, bars, svg_of

    known = all(low is not None and high is not None for _, _, low, high in rows)
    columns = ["label", "value", "low", "high"] if known else ["label", "value"]
    table = pl.DataFrame([row[: len(columns)] for row in rows], schema=columns, orient="row")
    said = "; ".join(f"{label}: {printed(value)}" for label, value, _, _ in rows)
    label = f"{title}, {unit}. {said}. In our model."
    drawn = [
        svg_of(bars(table, unit, size=size), label, f"{name}-{screen}")
        for screen, size in (("wide", Size(*WIDE)), ("narrow", SMALL))
    ]
    return Chart(title, f"{unit}, with 95 % intervals" if known else unit, *drawn)


def rows_of(declared: Declared, ran: Ran) -> list[Row]:
    """Every measure of every arm."""
    titles = declared.experiment.titles
    return [
        Row(
            titles[arm],
            titled(measure),
            printed(one.mean),
            ""
            if one.low is None or one.high is None
            else f"{printed(one.low)} to {printed(one.high)}",
            one.unit,
        )
        for arm, results in _arms(declared, ran)
        for measure, one in results.items()
    ]


def _arms(declared: Declared, ran: Ran) -> list[tuple[str, Mapping[str, Result]]]:
    """The arms that were run and still stand in the file, in its order."""
    return [(arm, ran.arms[arm]) for arm in declared.experiment.arms if arm in ran.arms]


def _word(measure: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in measure)
