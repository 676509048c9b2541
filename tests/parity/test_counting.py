"""What the compiled backend counts and draws is what NumPy counts and draws, to the bit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from stakhanov.engine.backends.cpu import Cpu
from stakhanov.engine.backends.reference import Reference
from stakhanov.engine.draws import Key, Purpose
from stakhanov.engine.kernels.tails import mills, quantile_beyond
from stakhanov.engine.layout import lay_out
from stakhanov.engine.state import State, employed_in, founded

DRAW = np.random.default_rng(5)


@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_totals_and_histograms(real) -> None:
    values = (DRAW.normal(100.0, 200.0, 10_007)).astype(real)
    values[:4] = [0.5 / 2**20, -0.5 / 2**20, 299.99997, 300.0]
    assert Cpu().total(values) == Reference().total(values)
    assert np.array_equal(Cpu().histogram(values, 301), Reference().histogram(values, 301))


def test_draws() -> None:
    who = DRAW.integers(0, 2**32, 1001, dtype=np.uint32)
    one, other = (
        by.mix(who, 7, 3, Purpose.LEAVING, Key.of(2**40 + 9)) for by in (Cpu(), Reference())
    )
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_tails_against_scipy() -> None:
    from scipy.special import erfcx, log_ndtr

    z = np.concatenate([np.linspace(0.0, 20.0, 4001), np.geomspace(20.0, 1e6, 500)])
    assert mills(z) == pytest.approx(np.sqrt(np.pi / 2) * erfcx(z / np.sqrt(2)), rel=8.2e-8)
    z = np.concatenate([np.linspace(0.0, 20.0, 4001), np.linspace(20.0, 320.0, 500)])
    assert quantile_beyond(-log_ndtr(-z)) == pytest.approx(z, abs=1.3e-7, rel=1.3e-7)


def test_people_at_work_in_groups_of_any_span() -> None:
    layout = lay_out([("a", 0.5), ("b", 0.3), ("c", 0.2)], 1000, brigade=20, enterprise=5)
    state: State = founded(layout, 1, 1.0)
    state.employed[:] = (310, 299, 0)
    at_work = np.zeros(1000, np.int64)
    at_work[:310], at_work[500:799] = 1, 1
    for scope in ("own", "brigade", "enterprise", "branch", "all"):
        offsets = layout.groups(scope)
        sums = [at_work[a:b].sum() for a, b in pairwise(offsets)]
        assert employed_in(state, offsets).tolist() == sums
