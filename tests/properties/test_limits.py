"""However small the run and whatever the rules, everything stays finite and within its bounds."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from stakhanov.engine.state import CAUGHT, PADDED
from tests.properties.generators import RUNS, Asked, asked, campaigns, workforces
from tests.properties.lives import lived, reports_of

SHARES = (
    "padded_share",
    "below_norm_share",
    "at_norm_share",
    "stakhanovite_share",
    "audited_caught_share",
    "quit_rate",
    "accident_rate",
    "credibility",
    "exposure",
    "pay_gini",
)


def within_bounds(course) -> None:
    state, series = course.world.state, course.ledger.series()
    people = state.people
    for name, array in people.arrays().items():
        assert np.all(np.isfinite(array)), name
    values = {
        name: series.filter(measure=name)["value"].to_numpy() for name in set(series["measure"])
    }
    for name in SHARES:
        assert np.all((values[name] >= 0.0) & (values[name] <= 1.0)), name
    assert np.all(np.isfinite(series["value"].to_numpy()))
    at_work = np.zeros(people.pay.size, bool)
    for first, number in zip(state.layout.workers_of_branch[:-1], state.employed, strict=True):
        at_work[first : first + number] = True
    assert np.all(people.reported[at_work] >= 0)
    assert np.all(people.pay >= 0)
    assert np.all(people.pay[~at_work & (people.ability == 0.0)] == 0)
    for name in ("morale", "trust"):
        here = getattr(people, name)[at_work]
        assert np.all((here >= np.float32(0.3)) & (here <= np.float32(1.5))), name
    assert np.all((people.skill[at_work] > 0.0) & (people.skill[at_work] <= 1.0))
    assert np.all(people.aspiration[at_work] >= np.float32(0.01))
    assert np.all((people.strain >= 0.0) & (people.fatigue >= 0.0))
    assert np.all(state.groups.norm > 0.0)
    assert np.all(state.groups.rate > 0.0)
    assert not np.any((people.flags & CAUGHT > 0) & (people.flags & PADDED == 0))


@RUNS
@given(campaigns(), workforces(), asked())
def test_everything_stays_within_its_bounds(campaign, workforce, size) -> None:
    course = lived(campaign, workforce, size)
    within_bounds(course)
    counts = course.ledger.histogram().group_by("period", "kind").sum()["count"]
    assert counts.sum() == 2 * reports_of(course).height


@RUNS
@given(campaigns(plan__shifts_per_period=1), workforces(), asked(workers=1, periods=3))
def test_one_worker_and_one_shift_are_a_run(campaign, workforce, size) -> None:
    course = lived(campaign, workforce, size)
    within_bounds(course)
    reports = reports_of(course)
    assert reports.height == size.periods
    assert reports["worker"].unique().to_list() == ["0"]
    series = course.ledger.series().filter(branch="all", measure="true_output")
    assert np.allclose(series["value"], reports["true"], atol=1e-6)


@RUNS
@given(campaigns(), workforces(size__brigade=1, size__enterprise=1), asked(workers=20))
def test_brigades_of_one_are_brigades(campaign, workforce, size) -> None:
    course = lived(campaign, workforce, size)
    assert np.all(np.diff(course.world.state.layout.workers_of_brigade) == 1)
    within_bounds(course)


@RUNS
@given(campaigns(), workforces(), asked(workers=40))
def test_the_first_periods_do_not_depend_on_how_many_follow(campaign, workforce, size) -> None:
    """A period that is longer than the run, a change behind its end: what comes later changes nothing."""
    long = lived(campaign, workforce, size)
    short = lived(campaign, workforce, Asked(size.workers, 1, size.seed))
    assert reports_of(short).equals(reports_of(long).filter(period=0))
    first = long.ledger.series().filter(period=0)
    assert short.ledger.series().equals(first, null_equal=True)
