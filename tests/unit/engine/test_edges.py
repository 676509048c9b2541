"""The edges of what may be declared: norms lowered to nothing, empty branches, shifts without time."""

from __future__ import annotations

import numpy as np
import pytest

import stakhanov as sk
from stakhanov.engine.employment import employed_by_branch
from stakhanov.engine.inputs import read_inputs
from stakhanov.engine.kernels.closing import ReportRules, report
from stakhanov.engine.layout import lay_out
from stakhanov.engine.places import Places, means, regroup
from stakhanov.engine.shifts import clock_of
from stakhanov.engine.state import founded
from stakhanov.foundation.problem import BadInput
from stakhanov.workforce import checked

PEOPLE = {"format": 1, "workforce": {"name": "few"}}


def test_a_norm_is_never_lowered_to_nothing() -> None:
    """Someone who reports nothing under a norm of their own, lowered all the way, keeps a norm."""
    idle = sk.load("plain-piece-rate").with_(
        {
            "plan.shifts_per_period": 1,
            "norms.scope": "own",
            "norms.revision.every": 1,
            "norms.revision.down": 1.0,
        }
    )
    noisy = checked({**PEOPLE, "effort": {"noise": 3.0}})
    run = sk.simulate(idle, noisy, workers=200, periods=6, sample="all")
    assert (run.reports["reported"] == 0.0).any()
    assert run.reports["norm"].min() == pytest.approx(0.001)
    assert np.isfinite(run.measures["true_output"]["value"])


def test_a_report_beyond_five_thousand_norms_says_five_thousand() -> None:
    rules = ReportRules(shifts=400.0, audit_at_norm=0.0, audit_elsewhere=0.0)
    told = report(np.array([1e9, 4999.0 * 400]), np.full(2, 400.0), np.zeros(2), np.ones(2), rules)
    assert told.reported.tolist() == [5000 * 400_000, 4999 * 400_000]
    assert told.reported.max() < 2**31


@pytest.mark.parametrize("backend", ["cpu", "reference"])
def test_shifts_without_time_at_the_end_move_nothing(backend: str) -> None:
    """Two thirds of a month that hold all the time, and a last third that holds none."""
    rules = {"plan.shifts_per_period": 6, "pay.bonus": [{"at": 1.0, "amount": 4000}]}
    campaign = sk.load("plain-piece-rate").with_({**rules, "plan.clock": [0.6, 0.4, 0.0]})
    run = sk.simulate(campaign, workers=500, periods=2, backend=backend)
    assert run.measures["storming_index"]["value"] == pytest.approx(0.0, abs=1e-6)
    assert run.measures["true_output"]["value"] == pytest.approx(1.15, abs=0.1)


def test_the_last_shift_with_time_lands() -> None:
    clock = clock_of((1.5, 0.0, 1.0, 0.0), 0.4, np.float64)
    assert clock.step.tolist() == [0.6, 0.0, 1.0, 0.0]
    assert clock.bridge[2:].tolist() == [0.0, 0.0]
    assert np.all(clock.left > 0.0)


def test_norms_pass_to_groups_of_another_scope_though_branches_are_empty() -> None:
    layout = lay_out([("a", 0.5), ("b", 0.1), ("c", 0.4)], 2, brigade=4, enterprise=1)
    assert np.diff(layout.workers_of_branch).tolist() == [1, 0, 1]
    state = founded(layout, 2, 0.47)
    state.groups.norm[:] = [0.4, 0.8]
    regroup(state, Places.of(layout, "branch"))
    assert state.groups.norm[[0, 2]].tolist() == [0.4, 0.8]
    assert np.all(np.isfinite(state.groups.norm))


def test_means_of_equal_numbers_are_that_number() -> None:
    """0.7 + 0.7 + 0.7 over 3 is not 0.7 in binary."""
    assert (0.7 + 0.7 + 0.7) / 3 != 0.7
    weights = np.array([1, 1, 1, 5, 2])
    found = means(np.array([0.7, 0.7, 0.7, 0.2, 0.9]), np.array([0, 0, 0, 2, 2]), weights, 3)
    assert found[0] == 0.7
    assert found[2] == pytest.approx((5 * 0.2 + 2 * 0.9) / 7)


def test_a_branch_with_places_has_somebody_at_work() -> None:
    people = checked(
        {
            **PEOPLE,
            "size": {"workers": [{"at": 0, "workers": 1000}, {"at": 2, "workers": 10}]},
            "branches": [{"name": "a", "share": 0.8}, {"name": "b", "share": 0.2}],
        }
    )
    inputs = read_inputs(sk.load("plain-piece-rate"), people, workers=5)
    layout = lay_out([("a", 0.8), ("b", 0.2)], 5, brigade=20, enterprise=50)
    assert employed_by_branch(inputs, layout, 0).tolist() == [4, 1]
    assert employed_by_branch(inputs, layout, 2).tolist() == [1, 1]
    run = sk.simulate("plain-piece-rate", people, workers=5, periods=4)
    assert np.all(np.isfinite(run.series["value"].to_numpy()))


def test_nobody_aspires_to_less_than_nothing() -> None:
    """A recruit looks at what the brigade did, which bad luck may have taken below nothing."""
    noisy = checked(
        {
            **PEOPLE,
            "size": {"brigade": 1},
            "effort": {"noise": 3.0},
            "quits": {"base": 1.0},
        }
    )
    campaign = sk.load("plain-piece-rate").with_({"plan.shifts_per_period": 1})
    run = sk.simulate(campaign, noisy, workers=200, periods=3, sample="all")
    assert run.measures["quit_rate"]["value"] > 0.5
    assert (run.reports["true"] < 0.0).any()
    aspirations = run.series.filter(measure="aspiration_mean")["value"]
    assert aspirations.min() > 0.2


@pytest.mark.parametrize("backend", ["cpu", "reference-single", "reference"])
def test_a_run_in_which_people_tire_without_end_is_refused(backend: str) -> None:
    """The weakest of very unequal mates work the more the more tired they are, until numbers end."""
    unequal = checked({**PEOPLE, "ability": {"log_sd": 1.5}, "peers": {"conformity": 2.0}})
    said = r"fatigue\.effect: must leave people able to work; found \d+"
    size = {"workers": 300, "periods": 6, "threads": 1}
    with pytest.raises(BadInput, match=said), np.errstate(all="ignore"):
        sk.simulate("plain-piece-rate", unequal, backend=backend, **size)


def test_output_that_is_no_number_is_refused_before_it_is_summed() -> None:
    """The weakest of these tire so fast that output ends before fatigue does."""
    weak = sk.load_workforce("heavy-machine-building").with_(
        {"effort.drive": 1.605, "ability.log_sd": 0.63608, "effort.noise": 0.37529}
        | {"money.value": 0.00763}
    )
    bonus = {"pay.bonus": [{"at": 1.0, "amount": 1500}], "norms.start": 1.2}
    campaign = sk.load("plain-piece-rate").with_({"plan.shifts_per_period": 5, **bonus})
    with pytest.raises(BadInput, match=r"fatigue\.effect: must leave people able to work"):
        sk.simulate(campaign, weak, workers=1200, periods=6, seed=20, threads=1)
