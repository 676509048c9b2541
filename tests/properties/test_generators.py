"""What is drawn meets every mechanism: a law about padding that never sees anybody pad would prove nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings

from tests.properties.generators import asked, campaigns, workforces
from tests.properties.lives import lived, reports_of

DRAWN = settings(
    max_examples=120,
    phases=[phase for phase in settings.default.phases if phase.name == "generate"],
)
#: Of so many examples at least one in twenty.
ENOUGH = 6


def met(course) -> Iterator[str]:
    """The mechanisms that one run met."""
    series, reports = course.ledger.series(), reports_of(course)
    measures = {
        name: series.filter(measure=name)["value"].to_numpy() for name in set(series["measure"])
    }
    for name in ("padded_share", "quit_rate", "accident_rate", "exposure", "strain_mean"):
        if np.any(measures[name] > 0.0):
            yield name
    if reports["caught"].any():
        yield "caught"
    if reports["norm"].n_unique() > 1:
        yield "norms that move"
    if np.any(measures["credibility"] < 1.0):
        yield "disbelief"
    if np.unique(measures["workers"]).size > 1:
        yield "people who come and go"
    if np.any(course.world.state.marks > 0.0):
        yield "prizes won"
    if course.world.state.layout.branches > 1:
        yield "branches"


def test_every_mechanism_is_met() -> None:
    counts: Counter[str] = Counter()

    @DRAWN
    @given(campaigns(), workforces(), asked())
    def drawn(campaign, workforce, size) -> None:
        counts.update(met(lived(campaign, workforce, size)))

    drawn()
    mechanisms = {
        "padded_share", "quit_rate", "accident_rate", "exposure", "strain_mean", "caught",
        "norms that move", "disbelief", "people who come and go", "prizes won", "branches",
    }  # fmt: skip
    rare = {name: counts[name] for name in mechanisms if counts[name] < ENOUGH}
    assert not rare, counts
