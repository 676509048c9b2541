"""What every store of runs must do. Whoever writes a store runs `CHECKS` over it in the tests of their own.

Each check takes a function that makes an empty store and raises AssertionError where the store falls short.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stakhanov.experiments.store.protocol import Store
from stakhanov.experiments.trial import Design, Outcome, Trial

Make = Callable[[], Store]


def trial_of(seed: int, workers: int = 40) -> Trial:
    """A small trial."""
    from stakhanov.campaign import load
    from stakhanov.workforce import load as load_workforce

    return Trial(
        Design(load("time-wage"), load_workforce("heavy-machine-building"), workers, periods=2),
        seed,
    )


def outcome_of(seed: int) -> Outcome:
    """An outcome that no run had, with numbers that are hard to keep."""
    awkward = np.array([1.0 / 3.0, -0.0])
    return Outcome(
        measures={"true_output": 0.1 + seed, "pay_gini": float("nan"), "record_level": 5e-324},
        series={"true_output": awkward + seed, "plan": np.array([np.inf, 1e300])},
        worker_shifts=2_000,
        seconds=0.25,
    )


def keeps_to_the_bit(make: Make) -> None:
    """What comes out is what was put in."""
    store, trial, outcome = make(), trial_of(1), outcome_of(1)
    store.put(trial, outcome)
    found = store.get(trial)
    assert found is not None
    assert found.same_as(outcome)
    assert (found.worker_shifts, found.seconds) == (outcome.worker_shifts, outcome.seconds)
    assert set(found.measures) == set(outcome.measures)


def knows_what_it_has(make: Make) -> None:
    """Seeds and sizes are told apart; what is not there is none."""
    store = make()
    store.put(trial_of(1), outcome_of(1))
    assert trial_of(1) in store
    for other in (trial_of(2), trial_of(1, workers=60)):
        assert other not in store
        assert store.get(other) is None


def holds_a_run_once(make: Make) -> None:
    """A run put in twice is there once, as it was put in last."""
    store = make()
    store.put(trial_of(1), outcome_of(1))
    store.put(trial_of(1), outcome_of(1))
    found = store.get(trial_of(1))
    assert found is not None
    assert found.same_as(outcome_of(1))


def keeps_runs_apart(make: Make) -> None:
    """Many runs do not disturb each other."""
    store = make()
    for seed in range(20):
        store.put(trial_of(seed), outcome_of(seed))
    for seed in range(20):
        found = store.get(trial_of(seed))
        assert found is not None
        assert found.same_as(outcome_of(seed))


CHECKS = (keeps_to_the_bit, knows_what_it_has, holds_a_run_once, keeps_runs_apart)
