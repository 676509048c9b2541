"""`stakhanov sweep`: one campaign at many values of an address, or of two."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.asked import read_base
from stakhanov.cli.kept import called, keep
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
    from stakhanov.experiments.reading import Reading
    from stakhanov.experiments.sweep import Axis, Sweep

#: Replicates unless told: a curve needs fewer than a difference, for its points share their luck.
REPLICATES = 4
BAR = 30


@of_many_runs
def sweep(
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign's name or file.")],
    *,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS=FROM:TO:N|v1,v2,...", help="Values of an address; given twice, a grid."
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="M[@WHEN]", help="What to tell; true output unless told."),
    ] = None,
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Run a campaign at many values of one address or two."""
    from stakhanov.experiments.figures import sweep_figures
    from stakhanov.experiments.reading import readings
    from stakhanov.experiments.record import record_of
    from stakhanov.experiments.sweep import swept

    gathered = Gathered()
    chosen = seeds(runs, gathered, tuple(range(1, REPLICATES + 1)))
    until = precision(runs, gathered)
    axes = _axes(vary, gathered)
    what: list[Reading] = []
    with gathered:
        what = readings(measure or ("true_output",), "--measure")
    base = read_base(runs.options(campaign), gathered)
    gathered.tell()
    assert base is not None
    try:
        with laboratory(runs) as room:
            found = swept(base, axes, room, chosen, what, precision=until)
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return
    widths = [point.measures[what[0]] for point in found.points]
    data = {**plain(found), **reached(found.precision, widths)}
    name = f"sweep-{base.campaign.name}"
    over = " and ".join(axis.address for axis in axes)
    heading = f"{called(base.campaign)}, over {over}"
    record = record_of({"base": base.design()}, found.values.seeds)
    figures = sweep_figures(found)
    place = keep(
        runs.folder,
        name,
        data,
        found.table,
        figures,
        heading=heading,
        words=[*map(str, found.cautions)],
        record=record,
    )
    output.answer(
        {**data, "record": record, "folder": str(place)},
        *_screen(found),
        *told(data),
        f"charts: {place}",
        as_json=as_json,
    )


def _axes(texts: list[str] | None, gathered: Gathered) -> list[Axis]:
    from stakhanov.experiments.sweep import axis_of, check_axes

    axes = []
    for text in texts or ():
        with gathered:
            axes.append(axis_of(text, "--vary"))
    with gathered:
        if len(axes) == len(texts or ()):
            check_axes(axes)
    return axes


def plain(found: Sweep) -> dict[str, Any]:
    """The sweep as scripts read it."""
    return {
        "replicates": found.replicates,
        "points": [
            {
                "at": dict(point.at),
                "measures": {
                    str(what): {**one.plain(), "unit": what.about.unit}
                    for what, one in point.measures.items()
                },
            }
            for point in found.points
        ],
        "cautions": [{"address": one.address, "sentence": one.sentence} for one in found.cautions],
    }


def _screen(found: Sweep) -> list[str | Table]:
    """A table for every measure, with bars from 0; from the lowest value where one is below 0."""
    parts: list[str | Table] = []
    full = "█" if output.alphabet().startswith("utf") else "#"
    for what in found.readings:
        values = [point.measures[what].mean for point in found.points]
        low, high = min(0.0, *values), max(0.0, *values)
        names = product(*(axis.labels for axis in found.axes))
        rows = [
            (
                *at,
                output.number(one.mean),
                output.between(one.low, one.high),
                full * round(BAR * (one.mean - low) / ((high - low) or 1.0)),
            )
            for at, point in zip(names, found.points, strict=True)
            for one in [point.measures[what]]
        ]
        title = what.said
        bars = f"bars from {output.number(low)}"
        heads = (*(axis.address for axis in found.axes), title, "95 %", bars)
        parts += [Table(heads, rows, numbers=(title,)), ""]
    replicates = counted(found.replicates, "replicate")
    notes = [f"note: {one}" for one in found.cautions]
    return [*parts, f"{replicates} on shared luck; in our model", *notes]
