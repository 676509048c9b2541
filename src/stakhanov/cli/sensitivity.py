"""`stakhanov sensitivity`: which of many addresses a measure hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.asked import read_base
from stakhanov.cli.kept import called, keep
from stakhanov.cli.many_runs import ManyRuns, Planned, estimate, laboratory, of_many_runs, seeds
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.foundation.problem import Problem
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.experiments.arms import Base
    from stakhanov.experiments.ranges import Range
    from stakhanov.experiments.reading import Reading
    from stakhanov.experiments.sensitivity import Extent, Sensitivity

#: Workers of each run unless told: there are hundreds of runs.
WORKERS = "2000"
PRECISION = "must not be given here: intervals are over points, and more --samples narrow them"


@of_many_runs
def sensitivity(
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign's name or file.")],
    *,
    vary: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS=FROM:TO", help="A range; given for every address to move."),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="M[@WHEN]", help="What to look at; true output unless told."),
    ] = None,
    trajectories: Annotated[
        str, typer.Option(metavar="N", help="Of the screening (Morris); each a run an address.")
    ] = "10",
    samples: Annotated[
        str,
        typer.Option(metavar="N", help="Of the shares (Sobol), a power of two; 0 goes without."),
    ] = "64",
    keep_from: Annotated[
        str,
        typer.Option("--keep", metavar="X", help="Least effect beside the largest that goes on."),
    ] = "0.1",
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Find which of many addresses a measure hangs on, all moved at once."""
    from stakhanov.experiments.indices import EXTRA, PACKAGE
    from stakhanov.experiments.reading import readings
    from stakhanov.experiments.record import record_of
    from stakhanov.experiments.sensitivity import sensed
    from stakhanov.experiments.sensitivity_figures import sensitivity_figures
    from stakhanov.foundation.extras import need

    need(EXTRA, PACKAGE, "sensitivity")
    gathered = Gathered()
    chosen = seeds(runs, gathered, (1,))
    if runs.precision is not None:
        gathered.problems.append(Problem("precision", PRECISION, runs.precision))
    extent = _extent((trajectories, samples, keep_from), gathered)
    what: list[Reading] = []
    with gathered:
        what = readings(measure or ("true_output",), "--measure")
    base = read_base(runs.smaller(WORKERS).options(campaign), gathered)
    ranges = read_ranges(vary, base, gathered)
    gathered.tell()
    assert base is not None
    try:
        with laboratory(runs) as room:
            found = sensed(base, ranges, room, chosen, what, extent=extent)
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return
    data = plain(found)
    figures = sensitivity_figures(found)
    name, heading = f"sensitivity-{base.campaign.name}", f"{called(base.campaign)}: what matters"
    record = record_of({"base": base.design()}, found.seeds)
    place = keep(runs.folder, name, data, found.table, figures, heading=heading, record=record)
    output.answer(
        {**data, "record": record, "folder": str(place)},
        *_screen(found),
        f"charts: {place}",
        as_json=as_json,
    )


def _extent(texts: tuple[str, str, str], gathered: Gathered) -> Extent | None:
    from stakhanov.experiments.sensitivity import Extent

    trajectories = gathered.whole("trajectories", texts[0], 0)
    samples = gathered.whole("samples", texts[1], 0)
    with gathered:
        keep_from = gathered.number("keep", texts[2])
        if trajectories is not None and samples is not None:
            return Extent(trajectories, samples, keep_from)
    return None


def read_ranges(texts: Sequence[str] | None, base: Base | None, gathered: Gathered) -> list[Range]:
    """Ranges as they were given; every problem is gathered."""
    from stakhanov.experiments.ranges import ranges_over
    from stakhanov.experiments.sensitivity import check_number

    spans = gathered.spans("--vary", texts)
    with gathered:
        check_number(texts or ())
    with gathered:
        if base is not None:
            return ranges_over(base, spans)
    return []


def plain(found: Sensitivity) -> dict[str, Any]:
    """The analysis as scripts read it."""
    return {
        "replicates": found.replicates,
        "points": found.points,
        "kept": [one.address for one in found.kept],
        "dropped": [one.address for one in found.dropped] if found.shares else [],
        "measures": [
            {
                "measure": str(what),
                "unit": what.about.unit,
                "effects": [
                    {
                        "address": one.address,
                        "from": one.low,
                        "to": one.high,
                        "mean": effect.mean,
                        "size": effect.size.plain(),
                        "spread": effect.spread,
                    }
                    for one, effect in zip(found.ranges, effects, strict=True)
                ],
                "shares": [
                    {
                        "address": one.address,
                        "first": parts.first.plain(),
                        "total": parts.total.plain(),
                    }
                    for one, parts in zip(found.kept, found.shares.get(what, ()), strict=False)
                ],
            }
            for what, effects in found.effects.items()
        ],
    }


def _screen(found: Sensitivity) -> list[str | Table]:
    """A table of effects for every measure, and one of shares below it."""
    parts: list[str | Table] = []
    for what in found.effects:
        parts += [f"{what.about.title}, {what.about.unit}; in our model", "", _effects(found, what)]
        parts += ["", _shares(found, what), ""] if what in found.shares else [""]
    if found.shares and found.dropped:
        parts.append(
            "moved little, and stayed as the campaign has them for the shares: "
            + ", ".join(one.address for one in found.dropped)
        )
    if found.unmoving:
        parts.append("moved nothing at all: " + ", ".join(one.address for one in found.unmoving))
    said = f"{found.points:,} points, {counted(found.replicates, 'replicate')} on shared luck"
    return [*parts, f"{said}; an effect is that of crossing the whole range"]


def _effects(found: Sensitivity, what: Reading) -> Table:
    both = sorted(
        zip(found.ranges, found.effects[what], strict=True), key=lambda pair: -pair[1].size.mean
    )
    rows = [
        (
            one.address,
            f"{output.number(one.low)}:{output.number(one.high)}",
            f"{effect.mean:+.4g}",
            output.number(effect.size.mean),
            output.between(effect.size.low, effect.size.high),
            output.number(effect.spread),
        )
        for one, effect in both
    ]
    heads = ("address", "range", "mean effect", "mean size", "95 %", "spread")
    return Table(heads, rows, numbers=("mean effect", "mean size", "spread"))


def _shares(found: Sensitivity, what: Reading) -> Table:
    rows = [
        (
            one.address,
            output.number(parts.first.mean),
            output.between(parts.first.low, parts.first.high),
            output.number(parts.total.mean),
            output.between(parts.total.low, parts.total.high),
        )
        for one, parts in zip(found.kept, found.shares[what], strict=True)
    ]
    heads = ("share of the variance", "alone", "95 %", "with interplay", "95 % of it")
    return Table(heads, rows, numbers=("alone", "with interplay"))
