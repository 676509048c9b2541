"""A Mesa model whose agents take the same step of a shift, on plain Python numbers."""

from __future__ import annotations

import math
import types
from typing import Any

import mesa
import numpy as np

from stakhanov.engine.backends.reference import Reference
from stakhanov.engine.course import begun
from stakhanov.engine.inputs import read_inputs
from stakhanov.engine.kernels import arithmetic
from stakhanov.engine.kernels.prospect import Terms
from stakhanov.engine.kernels.shift import Moment, Moving, one_shift
from stakhanov.engine.shifts import ahead_of, clock_of, nature_of
from stakhanov.engine.world import WorkOrder

#: What the rules' elementary functions are for one number: the standard library's, faster there than NumPy's.
SCALAR = {
    arithmetic.exp: math.exp,
    arithmetic.log: math.log,
    arithmetic.sqrt: math.sqrt,
    arithmetic.reciprocal: lambda x: 1.0 / x,
    arithmetic.absolute: abs,
    arithmetic.maximum: max,
    arithmetic.minimum: min,
    arithmetic.select: lambda condition, a, b: a if condition else b,
}


def scalar(function: Any, done: dict[Any, Any] | None = None) -> Any:
    """The same rule, and the rules it calls, for plain numbers."""
    done = {} if done is None else done
    if function not in done:
        around: dict[str, Any] = {"__builtins__": __builtins__}
        made = types.FunctionType(
            function.__code__, around, function.__name__, function.__defaults__
        )
        done[function] = made
        for name, value in function.__globals__.items():
            if isinstance(value, types.FunctionType) and "kernels" in value.__module__:
                around[name] = scalar(value, done)
            elif getattr(value, "__hash__", None) and value in SCALAR:
                around[name] = SCALAR[value]
            else:
                around[name] = value
    return done[function]


def order_of(campaign: str, workers: int) -> WorkOrder:
    """What at least so many workers of one branch are given to do in a campaign's first period."""

    class Spy(Reference):
        order: WorkOrder

        def work(self, order: WorkOrder) -> Any:
            if order.people.output.size >= workers:
                Spy.order = order
            return super().work(order)

    inputs = read_inputs(campaign, "soviet-industry", workers=10 * workers, periods=1)
    begun(inputs, None, Spy(), 1).advance(1)
    return Spy.order


def model_of(campaign: str, workers: int) -> mesa.Model:
    """The model: `step()` is one shift."""
    order = order_of(campaign, workers)
    nature = nature_of(order.traits, order.shifts, np.float64)
    nature = type(nature)(*map(float, nature))
    ahead = ahead_of(order.marks, np.float64)
    ahead = type(ahead)(*(tuple(map(float, values)) for values in ahead))
    clock = [
        list(map(float, column))
        for column in clock_of(order.clock, order.traits.noise, np.float64)[:6]
    ]
    step = scalar(one_shift)
    people = order.people

    class Worker(mesa.Agent):
        def __init__(self, model: mesa.Model, i: int) -> None:
            super().__init__(model)
            self.moving = Moving(float(people.fatigue[i]), float(people.strain[i]), 0.0, 1.0)
            self.terms = Terms(
                float(people.ability[i] * people.skill[i]),
                float(people.morale[i]),
                float(people.aspiration[i]),
                *(
                    float(v[i])
                    for v in (order.quota, order.below, order.above, order.pad, order.ramp)
                ),
            )

        def step(self) -> None:
            draw = self.model.random
            luck = (draw.random(), draw.random(), draw.gauss(0.0, 1.0))
            model = self.model
            self.moving, _ = step(
                self.moving, self.terms, model.near, luck, nature, ahead, model.now
            )

    class Shop(mesa.Model):
        def __init__(self) -> None:
            super().__init__(rng=1)
            self.near, self.shift = 1.0, 0
            for i in range(workers):
                Worker(self, i)

        def step(self) -> None:
            self.now = Moment(*(column[self.shift % order.shifts] for column in clock))
            self.agents.do("step")
            self.near = math.fsum(agent.moving.plan for agent in self.agents) / workers
            self.shift += 1

    return Shop()
