"""From a work order to the numbers that a shift's rule reads: nature, marks ahead, the period's clock."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.kernels.prospect import Ahead
from stakhanov.engine.kernels.shift import Nature
from stakhanov.engine.marks import Marks
from stakhanov.engine.rules import Traits

Real = type[np.float32] | type[np.float64]

#: Effective shifts left where there are none: what is planned then is the limit of a period's last moments.
NO_TIME = 1e-6


class Clock(NamedTuple):
    """The period's clock, one entry a shift."""

    time: NDArray[np.floating]  # effective shifts in the shift
    left: NDArray[np.floating]  # effective shifts left, this one included
    step: NDArray[np.floating]  # time / left
    bridge: NDArray[np.floating]  # noise of a step toward the end, a unit of productivity
    spread: NDArray[np.floating]  # noise of all that is left, a unit of productivity
    narrowness: NDArray[np.floating]  # 1 / spread
    late: NDArray[np.floating]  # share of the shift that lies in the last third of the calendar


def nature_of(traits: Traits, shifts: int, real: Real) -> Nature:
    """What does not change within a period, in one precision."""
    stiffness = traits.cost * (1.0 + traits.conformity)
    fatigue_kept = math.exp(-1.0 / traits.fatigue_recovery)
    strain_kept = math.exp(-1.0 / traits.strain_recovery)
    values = Nature(
        theta=1.0 / (stiffness * traits.noise**2),
        give=1.0 / stiffness,
        conformity=traits.conformity * traits.cost,
        rest=traits.rest,
        fatigue_effect=traits.fatigue_effect,
        drive=traits.drive,
        aspiration_weight=traits.aspiration_weight * (traits.loss_aversion - 1.0),
        aspiration_width=1.0 / traits.aspiration_width,
        fatigue_kept=fatigue_kept,
        fatigue_load=traits.fatigue_load,
        strain_kept=strain_kept,
        strain_growth=traits.strain_growth * (1.0 - strain_kept),
        sustainable=traits.sustainable,
        shifts=float(shifts),
    )
    return Nature(*(real(value) for value in values))


def ahead_of(marks: Marks, real: Real) -> Ahead:
    """A branch's marks, in one precision."""
    places = range(len(marks.multiple))

    def numbers(values: object) -> tuple[np.floating, ...]:
        return tuple(real(value) for value in values)  # type: ignore[attr-defined]

    return Ahead(
        multiple=numbers(marks.multiple),
        jump=numbers(marks.jump),
        is_pad=numbers(i == marks.pad for i in places),
        is_norm=numbers(marks.pad >= 0 and i == marks.norm for i in places),
        rate=numbers(marks.rate),
        below=numbers(marks.below),
        ramped=numbers(marks.pad >= 0 and i == marks.pad + 1 for i in range(len(marks.rate))),
    )


def clock_of(times: tuple[float, ...], noise: float, real: Real) -> Clock:
    """The clock of a period whose shifts hold so much effective time each.

    The last shift that holds time lands on the period's end; shifts behind it move nothing.
    """
    single: list[NDArray[np.floating]] = [column.astype(real) for column in _columns(times, noise)]
    return Clock(*single)


@lru_cache(maxsize=64)
def _columns(times: tuple[float, ...], noise: float) -> tuple[NDArray[np.float64], ...]:
    number = len(times)
    time = np.array(times)
    left = np.cumsum(time[::-1])[::-1]
    left = np.where(left > 0.0, left, NO_TIME)
    step = time / left
    bridge = noise * np.sqrt(time * (left - time) / left)
    spread = noise * np.sqrt(left)
    late = np.clip(np.arange(1, number + 1) - 2.0 * number / 3.0, 0.0, 1.0)
    columns = (time, left, step, bridge, spread, 1.0 / spread, late)
    return tuple(np.ascontiguousarray(column) for column in columns)
