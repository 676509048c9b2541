"""`stakhanov compare`: the same people and the same luck under two campaigns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.kept import keep
from stakhanov.cli.many_runs import (
    ManyRuns,
    Planned,
    estimate,
    laboratory,
    of_many_runs,
    precision,
    reached,
    seeds,
    told,
)
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.experiments.comparison import Comparison, Row
    from stakhanov.experiments.reading import Reading
    from stakhanov.experiments.trial import Design

Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="M[@WHEN]",
        help="What to tell; may be given many times. All unless told.",
    ),
]


@of_many_runs
def compare(
    one: Annotated[str, typer.Argument(metavar="A", help="A campaign's name or file.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another's, or the same again.")],
    *,
    set_a: Annotated[
        list[str] | None,
        typer.Option("--set-a", metavar="ADDRESS=VALUE", help="A value held in A alone."),
    ] = None,
    set_b: Annotated[
        list[str] | None,
        typer.Option("--set-b", metavar="ADDRESS=VALUE", help="A value held in B alone."),
    ] = None,
    measure: Measures = None,
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Run two campaigns on the same people and the same luck."""
    from stakhanov.experiments.comparison import compared
    from stakhanov.experiments.comparison_figures import comparison_figures
    from stakhanov.experiments.record import record_of

    gathered = Gathered()
    chosen, until = seeds(runs, gathered), precision(runs, gathered)
    what = _readings(measure, gathered)
    designs = _designs((one, set_a), (other, set_b), runs, gathered)
    gathered.tell()
    try:
        with laboratory(runs) as room:
            found = compared(designs, room, chosen, what, precision=until)
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return
    data = {**found.plain(), **reached(found.precision, [row.difference for row in _asked(found)])}
    record = record_of(found.designs, found.values.seeds)
    names = _called(one, set_a), _called(other, set_b)
    place = keep(
        runs.folder,
        f"compare-{one}-{other}",
        data,
        found.table,
        comparison_figures(found),
        heading=f"{one} and {other}" if one != other else f"{one}, two ways",
        words=[f"a: {names[0]}", f"b: {names[1]}", *map(str, found.cautions)],
        record=record,
    )
    output.answer(
        {**data, "record": record, "folder": str(place)},
        *_screen(found, names),
        *told(data),
        f"chart: {place}",
        as_json=as_json,
    )


def _readings(texts: list[str] | None, gathered: Gathered) -> list[Reading]:
    from stakhanov.experiments.reading import readings

    with gathered:
        return readings(texts or (), "--measure")
    return []


def _designs(
    one: tuple[str, list[str] | None],
    other: tuple[str, list[str] | None],
    runs: ManyRuns,
    gathered: Gathered,
) -> dict[str, Design]:
    """Both campaigns with what is held in both and what is held in each. Every problem is gathered."""
    from stakhanov.cli.asked import read_base
    from stakhanov.experiments.comparison import A, B

    found: dict[str, Design] = {}
    for key, option, (name, own) in ((A, "--set-a", one), (B, "--set-b", other)):
        settings = gathered.settings(option, own)
        base = read_base(runs.options(name), gathered)
        with gathered:
            if base is not None:
                found[key] = base.design(settings)
    return found


def _asked(found: Comparison) -> list[Row]:
    """The rows that a stopping rule looks at."""
    from stakhanov.experiments.comparison import FIRST
    from stakhanov.foundation.measures import MEASURES

    whole = len(found.rows) == len(MEASURES)
    return [row for row in found.rows if not whole or str(row.what) == FIRST]


def _called(name: str, settings: list[str] | None) -> str:
    """A campaign with the values that are held in it alone."""
    return " ".join([name, *(settings or ())])


def _screen(found: Comparison, names: tuple[str, str]) -> list[str | Table]:
    rows = [
        (
            row.what.about.title + (f" @{row.what.when}" if row.what.when else ""),
            output.number(row.a.mean),
            output.number(row.b.mean),
            output.number(row.difference.mean),
            output.between(row.difference.low, row.difference.high),
            _saved(row.variance_reduction),
            row.unit,
        )
        for row in found.rows
    ]
    numbers = ("a", "b", "b - a", "luck saved")
    heads = ("measure", "a", "b", "b - a", "95 %", "luck saved", "unit")
    first = next((row for row in found.rows if math.isfinite(row.variance_reduction)), None)
    saved = (
        f"Shared luck makes the variance of the difference in {first.what.about.title.lower()}"
        f" {output.number(first.variance_reduction)} times smaller than seeds of their own would."
        if first is not None
        else "Luck drops out of the differences altogether."
    )
    told = (
        [saved]
        if found.replicates > 1
        else ["One replicate has no interval: --replicates gives more."]
    )
    return [
        f"a: {names[0]}",
        f"b: {names[1]}",
        f"{counted(found.replicates, 'replicate')} on shared luck; in our model",
        "",
        Table(heads, rows, numbers=numbers),
        "",
        *told,
        *[f"note: {one}" for one in found.cautions],
    ]


def _saved(times: float) -> str:
    return "all" if times == math.inf else output.number(times)
