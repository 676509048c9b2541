"""Runs that a law looks into: the same door as `simulate()`, left open behind."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from hypothesis import assume

from stakhanov.campaign import Campaign
from stakhanov.engine.backends.choose import choose
from stakhanov.engine.course import Course, begun
from stakhanov.engine.inputs import read_inputs
from stakhanov.foundation.problem import BadInput
from stakhanov.workforce import Workforce
from tests.properties.generators import Asked


def lived(
    campaign: Campaign,
    workforce: Workforce,
    asked: Asked,
    *,
    identity: np.ndarray | None = None,
    threads: int = 1,
    block_size: int | None = None,
    backend: str = "auto",
) -> Course:
    """A run with everybody's reports, its state still at hand. `identity` says who sits where."""
    course = opened(campaign, workforce, asked, threads=threads, backend=backend)
    if identity is not None:
        course.world.state.people.identity[:] = identity
    if block_size is not None:
        course.world.block_size = block_size
    try:
        course.advance(asked.periods)
    except BadInput as refused:  # people who tire without end have no run to look into
        assume(any(one.address != "fatigue.effect" for one in refused.problems))
        raise
    course.world.close()
    return course


def opened(
    campaign: Campaign,
    workforce: Workforce,
    asked: Asked,
    *,
    threads: int = 1,
    backend: str = "auto",
) -> Course:
    """The same before its first period."""
    inputs = read_inputs(
        campaign,
        workforce,
        workers=asked.workers,
        periods=asked.periods,
        seed=asked.seed,
        sample="all",
    )
    return begun(inputs, None, choose(backend), threads)


def reports_of(course: Course) -> pl.DataFrame:
    """Everybody's reports."""
    return course.sample.table().collect()


def state_of(course: Course) -> dict[str, Any]:
    """Everything that is true of people and groups after the last period."""
    state = course.world.state
    return {
        **state.people.arrays(),
        "norm": state.groups.norm,
        "rate": state.groups.rate,
        "above": state.groups.above,
        "employed": state.employed,
        "padded_share": state.padded_share,
        "marks": state.marks,
        "holders": state.holders,
    }


def same_state(one: Course, other: Course) -> None:
    """Assert that two runs stand alike to the last bit, and that their books say the same."""
    mine, theirs = state_of(one), state_of(other)
    for name, array in mine.items():
        assert np.array_equal(array, theirs[name], equal_nan=array.dtype.kind == "f"), name
    assert one.world.state.nation == other.world.state.nation
    assert one.ledger.series().equals(other.ledger.series(), null_equal=True)
    assert one.ledger.histogram().equals(other.ledger.histogram())
    assert one.ledger.record_table().equals(other.ledger.record_table())


def same(one: Course, other: Course) -> None:
    """The same, and everybody reported the same in every period."""
    same_state(one, other)
    assert reports_of(one).equals(reports_of(other))
