"""Wide random work: people of every ability, marks far away, large jumps, little time left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stakhanov.campaign import load as load_campaign
from stakhanov.engine.draws import Key
from stakhanov.engine.lower import lower
from stakhanov.engine.marks import Marks
from stakhanov.engine.rules import Traits
from stakhanov.engine.state import People
from stakhanov.engine.world import WorkOrder
from stakhanov.workforce import load as load_workforce

PEOPLE = 480


def usual_traits() -> Traits:
    """The traits of the plain workforce."""
    return lower(load_campaign("plain-piece-rate"), load_workforce("soviet-industry"), 0).traits[1]


def wide_order(seed: int, *, shifts: int = 1) -> WorkOrder:
    """One block's work at a wide random state; the seed chooses rules, traits and people."""
    draw = np.random.default_rng(seed)
    people, marks = wide_people(draw), wide_marks(draw)
    span = 10.0 ** draw.uniform(-4.0, 0.5)
    clock = draw.uniform(0.2, 1.0, shifts)
    norm = 10.0 ** draw.uniform(-0.5, 0.7) * shifts
    pad = np.where(draw.random(PEOPLE) < 0.5, draw.uniform(0.01, 0.3, PEOPLE), 0.0) * norm
    paid = 10.0 ** draw.uniform(-2.0, 0.5, PEOPLE)
    gain = draw.uniform(0.0, 0.9) * marks.jump[marks.norm]
    known = pad > 0.0 if marks.pad >= 0 else np.zeros(PEOPLE, bool)
    return WorkOrder(
        key=Key.of(seed),
        period=seed % 97,
        people=people,
        ends=brigades(draw),
        clock=tuple(span * shifts * clock / clock.sum()),
        shifts=shifts,
        technology=float(draw.uniform(0.8, 2.0)),
        traits=wide_traits(draw),
        marks=marks,
        quota=np.full(PEOPLE, norm),
        below=paid,
        above=paid * draw.uniform(0.5, 1.0),
        pad=np.where(known, pad, 0.0),
        ramp=np.where(known, gain / np.where(known, pad, 1.0), 0.0),
    )


def wide_people(draw: np.random.Generator) -> People:
    """People whose abilities lie a hundredfold apart, rested and worn, hopeful and not."""
    people = People.empty(PEOPLE)
    people.identity[:] = draw.permutation(10 * PEOPLE)[:PEOPLE]
    people.ability[:] = 10.0 ** draw.uniform(-1.0, 1.0, PEOPLE)
    people.skill[:] = draw.uniform(0.3, 1.0, PEOPLE)
    people.fatigue[:] = draw.exponential(0.5, PEOPLE)
    people.strain[:] = draw.exponential(0.3, PEOPLE)
    people.morale[:] = draw.uniform(0.3, 1.5, PEOPLE)
    people.aspiration[:] = 10.0 ** draw.uniform(-1.5, 1.0, PEOPLE)
    people.plan[:] = 10.0 ** draw.uniform(-1.5, 1.0, PEOPLE)
    return people


def wide_marks(draw: np.random.Generator) -> Marks:
    """One to six marks up to five norms away, jumps up to ten utils, slopes of any order."""
    others = sorted(
        {round(float(m), 3) for m in draw.uniform(0.05, 5.0, draw.integers(0, 6))} - {1.0}
    )
    padding = bool(draw.integers(2))
    room = max([m for m in others if m < 1.0], default=0.0) < 0.65
    padding = padding and room
    below = [m for m in others if m < 1.0]
    multiple = [*below, *([1.0] if padding else []), 1.0, *(m for m in others if m > 1.0)]
    norm = len(below) + padding
    jump = draw.uniform(0.0, 10.0 ** draw.uniform(-1.0, 1.0), len(multiple))
    rate = draw.uniform(0.0, 2.0, len(multiple) + 1)
    if padding:
        jump[norm - 1] = 0.0
        rate[norm] = rate[norm - 1]
    return Marks(
        multiple=tuple(multiple),
        jump=tuple(float(j) for j in jump),
        rate=tuple(float(r) for r in rate),
        below=tuple(place <= norm for place in range(len(multiple) + 1)),
        norm=norm,
        pad=norm - 1 if padding else -1,
    )


def wide_traits(draw: np.random.Generator) -> Traits:
    """Costs, noises and ties of every size."""
    return usual_traits()._replace(
        cost=float(10.0 ** draw.uniform(-0.5, 0.5)),
        drive=float(draw.uniform(0.3, 2.0)),
        noise=float(10.0 ** draw.uniform(-1.0, 0.1)),
        conformity=float(draw.choice([0.0, 0.176, 1.0])),
        aspiration_weight=float(draw.uniform(0.0, 1.0)),
    )


def brigades(draw: np.random.Generator) -> np.ndarray:
    """Brigades of one to thirty."""
    sizes = draw.integers(1, 31, PEOPLE)
    ends = np.concatenate(([0], np.cumsum(sizes)))
    return np.append(ends[ends < PEOPLE], PEOPLE).astype(np.int64)


def copied(order: WorkOrder) -> WorkOrder:
    """The same work on people of its own: work changes them."""
    people = {name: array.copy() for name, array in order.people.arrays().items()}
    return replace(order, people=People(**people))
