"""`stakhanov optimise`: rules that serve several goals, within limits that no goal can buy."""

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

if TYPE_CHECKING:
    from stakhanov.experiments.arms import Base
    from stakhanov.experiments.choices import Choice
    from stakhanov.experiments.goals import Goal
    from stakhanov.experiments.limits import Limit
    from stakhanov.experiments.optimise import Budget, Optimum, Policy

#: Workers of each run unless told: there are hundreds of runs.
WORKERS = "2000"
#: Seeds under which every candidate is run unless told.
REPLICATES = 2
PRECISION = "must not be given here: more --fresh seeds narrow the intervals"


@of_many_runs
def optimise(
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign's name or file.")],
    *,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS=FROM:TO|v1,v2,...", help="A rule to choose: a range, or values."
        ),
    ] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="output, cost, padding, quits; all of them unless told."),
    ] = None,
    trials: Annotated[str, typer.Option(metavar="N", help="Candidates to try.")] = "100",
    fresh: Annotated[
        str, typer.Option(metavar="R", help="Seeds that the search never saw, for what it found.")
    ] = "8",
    front: Annotated[str, typer.Option(metavar="N", help="Policies to tell, at most.")] = "12",
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Search rules that serve several goals, within limits of strain and hours."""
    from stakhanov.experiments.goals import EVERY_GOAL, goals_named
    from stakhanov.experiments.optimise import optimised
    from stakhanov.experiments.optimise_figures import optimise_figures
    from stakhanov.experiments.record import record_of
    from stakhanov.experiments.search import EXTRA, PACKAGE
    from stakhanov.foundation.extras import need

    need(EXTRA, PACKAGE, "optimise")
    gathered = Gathered()
    chosen = seeds(runs, gathered, tuple(range(1, REPLICATES + 1)))
    if runs.precision is not None:
        gathered.problems.append(Problem("precision", PRECISION, runs.precision))
    budget = _budget((trials, fresh, front), gathered)
    goals: list[Goal] = []
    with gathered:
        goals = goals_named(goal or EVERY_GOAL)
    base = read_base(runs.smaller(WORKERS).options(campaign), gathered)
    choices = _choices(vary, base, gathered)
    gathered.tell()
    assert base is not None
    try:
        with laboratory(runs) as room:
            found = optimised(base, choices, room, chosen, goals, budget=budget)
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return
    data = plain(found)
    name = f"optimise-{base.campaign.name}"
    heading = f"{called(base.campaign)}: better rules"
    record = record_of({"present": base.design()}, (*found.seeds, *found.fresh))
    figures = optimise_figures(found)
    place = keep(runs.folder, name, data, found.table, figures, heading=heading, record=record)
    output.answer(
        {**data, "record": record, "folder": str(place)},
        *_screen(found),
        f"charts: {place}",
        as_json=as_json,
    )


def _budget(texts: tuple[str, str, str], gathered: Gathered) -> Budget | None:
    from stakhanov.experiments.optimise import Budget

    names = ("trials", "fresh", "front")
    numbers = [gathered.whole(*both, 0) for both in zip(names, texts, strict=True)]
    with gathered:
        if None not in numbers:
            return Budget(*(one or 0 for one in numbers))
    return None


def _choices(texts: Sequence[str] | None, base: Base | None, gathered: Gathered) -> list[Choice]:
    from stakhanov.experiments.choices import choice_of, choices_over

    asked: dict[str, Any] = {}
    for text in texts or ():
        with gathered:
            address, values = choice_of(text, "--vary")
            if address in asked:
                gathered.problems.append(Problem(address, "must be given once", "it twice"))
            asked[address] = values
    with gathered:
        if base is not None and (asked or not texts):
            return choices_over(base, asked)
    return []


def plain(found: Optimum) -> dict[str, Any]:
    """What was found as scripts read it."""
    return {
        "replicates": len(found.seeds),
        "fresh": len(found.fresh),
        "tried": found.tried,
        "refused": found.refused,
        "beyond_limits": found.beyond,
        "goals": [{"goal": one.name, "unit": one.unit, "better": one.sense} for one in found.goals],
        "limits": {"strain": _limit(found.strain), "hours": _limit(found.hours)},
        "present": _policy(found, found.present),
        "front": [_policy(found, one) for one in found.front],
        "fallen": [_policy(found, one) for one in found.policies if not one.kept],
    }


def _limit(one: Limit) -> dict[str, Any]:
    return {"largest": one.largest, "stated": one.stated}


def _policy(found: Optimum, one: Policy) -> dict[str, Any]:
    names = [goal.name for goal in found.goals]
    return {
        "policy": found.name(one),
        "at": dict(one.at),
        "values": {name: value.plain() for name, value in zip(names, one.values, strict=True)},
        "gains": {name: gain.plain() for name, gain in zip(names, one.gains, strict=True)},
        "strain": one.strain,
        "hours": one.hours,
        "within_limits": one.within,
        "on_front": one.kept,
        "ratchet_price": one.ratchet.plain(),
    }


def _screen(found: Optimum) -> list[str | Table]:
    told = [found.present, *found.front]
    fallen = [one for one in found.policies if not one.kept]
    parts: list[str | Table] = [
        f"{found.tried} candidates tried, {found.beyond} of them beyond a limit"
        + (f", {found.refused} refused" if found.refused else ""),
        f"strain at most {_allowed(found.strain)}; day at most {_allowed(found.hours)}",
        "",
        Table(("policy", *(one.address for one in found.choices)), _rules(found, told)),
        "",
        *(part for goal in range(len(found.goals)) for part in (_of_goal(found, told, goal), "")),
        _health(found, told),
        "",
    ]
    if not found.front:
        parts.append("Nothing was found within the limits that the present campaign does not beat.")
    if not found.present.kept:
        why = "is beaten" if found.present.within else "goes beyond a limit"
        parts.append(f"The present campaign {why}.")
    if fallen:
        parts.append(f"{len(fallen)} that the search had found did not stand on fresh seeds.")
    said = f"Values of {len(found.fresh)} seeds that the search never saw, on shared luck; in our model."
    return [*parts, said]


def _allowed(one: Limit) -> str:
    whose = "" if one.stated else ", as it is now"
    return f"{output.number(one.largest)}{whose}"


def _rules(found: Optimum, told: Sequence[Policy]) -> list[tuple[str, ...]]:
    return [
        (
            found.name(one),
            *(_value(one.at.get(choice.address, "-")) for choice in found.choices),
        )
        for one in told
    ]


def _value(value: Any) -> str:
    return output.number(value) if isinstance(value, float) else str(value)


def _of_goal(found: Optimum, told: Sequence[Policy], place: int) -> Table:
    goal = found.goals[place]
    rows = [
        (
            found.name(one),
            output.number(one.values[place].mean),
            *(
                ("", "")
                if one is found.present
                else (
                    f"{one.gains[place].mean:+.4g}",
                    output.between(one.gains[place].low, one.gains[place].high),
                )
            ),
        )
        for one in told
    ]
    heads = ("policy", f"{goal.title}, {goal.unit}", f"to present ({goal.sense} is better)", "95 %")
    return Table(heads, rows, numbers=heads[1:3])


def _health(found: Optimum, told: Sequence[Policy]) -> Table:
    rows = [
        (
            found.name(one),
            output.number(one.strain),
            output.number(one.hours),
            f"{one.ratchet.mean:+.4g}",
            output.between(one.ratchet.low, one.ratchet.high),
        )
        for one in told
    ]
    heads = ("policy", "largest strain", "longest day", "price of the ratchet, true output", "95 %")
    return Table(heads, rows, numbers=heads[1:4])
