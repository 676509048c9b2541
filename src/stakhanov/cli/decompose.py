"""`stakhanov decompose`: what each rule of a campaign contributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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
    from stakhanov.experiments.decomposition import Decomposition

#: Replicates unless told: every one is a run for each set of rules.
REPLICATES = 4
#: Workers of each run unless told.
WORKERS = "2000"
#: Pairs of rules that the screen tells.
PAIRS = 5


@of_many_runs
def decompose(
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign's name or file.")],
    *,
    measure: Annotated[
        str, typer.Option(metavar="M[@WHEN]", help="What is shared out among the rules.")
    ] = "true_output",
    rule: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only these rules; every set of them is run. All unless told: pay-progression, prizes,"
            " emulation, publicity, norm-revision, padding, strain, technology.",
        ),
    ] = None,
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Share out a measure among the rules of a campaign."""
    from stakhanov.experiments.decomposition import decomposed, rules_named
    from stakhanov.experiments.figures import decomposition_figure
    from stakhanov.experiments.reading import Reading, reading
    from stakhanov.experiments.record import record_of
    from stakhanov.experiments.rules import RULES
    from stakhanov.experiments.told import decomposition_told

    gathered = Gathered()
    chosen = seeds(runs, gathered, tuple(range(1, REPLICATES + 1)))
    until = precision(runs, gathered)
    what, players = Reading(measure), list(RULES)
    with gathered:
        what = reading(measure, "--measure")
    with gathered:
        players = rules_named(rule) if rule else players
    base = read_base(runs.smaller(WORKERS).options(campaign), gathered)
    gathered.tell()
    assert base is not None
    try:
        with laboratory(runs) as room:
            found = decomposed(base, what, room, chosen, rules=players, precision=until)
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return
    data = {
        **decomposition_told(found),
        **reached(found.precision, [one.share for one in found.shares]),
    }
    figures = {str(what): decomposition_figure(found)}
    name, heading = f"decompose-{base.campaign.name}", f"{called(base.campaign)}: rule by rule"
    record = record_of({"base": base.design()}, found.values.seeds)
    place = keep(runs.folder, name, data, found.table, figures, heading=heading, record=record)
    output.answer(
        {**data, "record": record, "folder": str(place)},
        *_screen(found),
        *told(data),
        f"chart: {place}",
        as_json=as_json,
    )


def _screen(found: Decomposition) -> list[str | Table]:
    from stakhanov.charts import said_of

    rows = [
        (one.rule.title, f"{one.share.mean:+.4g}", output.between(one.share.low, one.share.high))
        for one in found.shares
    ]
    rows.append(("All together", f"{found.total:+.4g}", ""))
    pairs = sorted(found.together, key=lambda one: -abs(one.value.mean))[:PAIRS]
    both = [
        (
            " and ".join(rule.title for rule in one.rules),
            f"{one.value.mean:+.4g}",
            output.between(one.value.low, one.value.high),
        )
        for one in pairs
    ]
    what = found.what.about
    absent = ", ".join(rule.title for rule in found.absent)
    return [
        f"{said_of(what)}: {output.number(found.nothing.mean)} without these rules,"
        f" {output.number(found.everything.mean)} with all; in our model",
        "",
        Table(("rule", "share", "95 %"), rows, numbers=("share",)),
        "",
        Table(
            ("two rules together", "more than apart", "95 %"), both, numbers=("more than apart",)
        ),
        "",
        *([f"Taking these out changes nothing in these runs: {absent}."] if absent else []),
        "Shapley values: every set of the rules was run,"
        f" {counted(found.replicates, 'replicate')} on shared luck.",
    ]
