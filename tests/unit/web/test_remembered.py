"""The store that a site's questions share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stakhanov.experiments.store.conformance import CHECKS, Make, outcome_of, trial_of
from stakhanov.web.remembered import Remembered


@pytest.mark.parametrize("check", CHECKS)
def test_it_does_what_every_store_does(check: Callable[[Make], None]) -> None:
    check(Remembered)


def test_it_lets_the_oldest_go_that_nobody_asked_for() -> None:
    store = Remembered(most=2)
    for seed in (1, 2):
        store.put(trial_of(seed), outcome_of(seed))
    assert store.get(trial_of(1)) is not None
    store.put(trial_of(3), outcome_of(3))
    assert [trial_of(seed) in store for seed in (1, 2, 3)] == [True, False, True]
