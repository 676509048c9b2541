"""`stakhanov break`: where an expectation of an experiment stops holding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.kept import keep
from stakhanov.cli.many_runs import ManyRuns, Planned, estimate, laboratory, of_many_runs
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.cli.questions import question
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.experiments.breaking import Break


@of_many_runs
def find_break(
    experiment: Annotated[str, typer.Argument(metavar="EXPERIMENT", help="A name or file.")],
    *,
    vary: Annotated[
        str, typer.Option(metavar="ADDRESS=FROM:TO", help="The address that moves, and its ends.")
    ],
    expectation: Annotated[
        str | None, typer.Option(metavar="ID", help="Which expectation; the first unless told.")
    ] = None,
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Find the value of an address at which an expectation stops holding."""
    from stakhanov.experiments import breaking
    from stakhanov.experiments.record import record_of
    from stakhanov.experiments.sweep import span_of
    from stakhanov.experiments.told import break_told
    from stakhanov.experiments.verdict_figures import break_figure

    gathered = Gathered()
    address, ends = "", (0.0, 1.0)
    with gathered:
        address, *span = span_of(vary, "--vary")
        ends = (span[0], span[1])
    asked = base = None
    with gathered:
        asked, base = question(experiment, runs, gathered)
    gathered.tell()
    assert asked is not None
    assert base is not None
    try:
        with laboratory(runs) as room:
            found = breaking.find_break(
                asked, address, ends, room, expectation=expectation, base=base
            )
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return
    data = break_told(found)
    record = record_of({"base": base.design()}, asked.seeds_of)
    place = keep(
        runs.folder,
        f"break-{asked.id}-{address}",
        data,
        found.table,
        {asked.id: break_figure(found)},
        heading=f"{asked.title}: where it breaks",
        record=record,
    )
    output.answer(
        {**data, "record": record, "folder": str(place)},
        *_screen(found),
        f"chart: {place}",
        as_json=as_json,
    )


def _screen(found: Break) -> list[str | Table]:
    rows = [
        (
            f"{value:g}",
            output.number(one.gap.mean),
            output.between(one.gap.low, one.gap.high),
            "holds" if one.holds else "FAILS",
        )
        for value, one in sorted(found.tried, key=lambda pair: pair[0])
    ]
    return [
        Table(
            (found.address, "difference", "95 %", ""), rows, numbers=(found.address, "difference")
        ),
        "",
        f"{found.sentence}; {counted(found.replicates, 'replicate')} on shared luck; in our model.",
        "Bisection finds one break; it does not say that there is no other.",
    ]
