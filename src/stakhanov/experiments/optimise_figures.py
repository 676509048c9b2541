"""What a front looks like: the first goal against each of the others, with the present campaign marked."""

from __future__ import annotations

import polars as pl

from stakhanov.charts import Figure, drawn_as, said_of, scatter
from stakhanov.charts.frame import FULL
from stakhanov.charts.scatter import MARKED, PALE, TOLD
from stakhanov.experiments.optimise import Optimum, Policy


def optimise_figures(found: Optimum) -> dict[str, Figure]:
    """A chart for every goal but the first."""
    first = found.goals[0]
    return {
        f"{first.name}-{goal.name}": _figure(found, place)
        for place, goal in enumerate(found.goals)
        if place > 0
    }


def _figure(found: Optimum, place: int) -> Figure:
    first, other = found.goals[0], found.goals[place]
    table = pl.DataFrame(
        [
            {
                "x": one.values[place].mean,
                "value": one.values[0].mean,
                "kind": _kind(found, one),
                "label": found.name(one),
            }
            for one in (*found.policies, found.present)
        ]
    )
    present = found.present
    return Figure(
        title=f"{first.title} against {other.title.lower()}",
        said=(
            f"In our model, means over {len(found.fresh)} seeds that the search never saw; {first.sense} of the"
            f" first and {other.sense} of the second is better. Pale: beaten there, or beyond a limit."
        ),
        label=(
            f"{len(found.front)} policies that nothing beats, and the present campaign at"
            f" {present.values[0].mean:.4g} and {present.values[place].mean:.4g}."
        ),
        numbers=table,
        draw=drawn_as(scatter, table, (said_of(other), said_of(first))),
        sizes=FULL,
    )


def _kind(found: Optimum, one: Policy) -> str:
    if one is found.present:
        return MARKED
    return TOLD if one.kept else PALE
