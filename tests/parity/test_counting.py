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
from stakhanov.engine.tally import Sheet

DRAW = np.random.default_rng(5)


@pytest.mark.parametrize("shifts", [1, 25, 31])
def test_sums_of_a_block(shifts) -> None:
    """Output below nothing, reports at every edge and far beyond the last bin are among them."""
    size, full = 10_007, 1000 * shifts
    share = np.exp(DRAW.normal(0.0, 0.4, size))
    share[:8] = [0.0, 0.9999999, 1.0, 1.02, 1.5, 2.9999, 3.0, 5000.0]
    told = np.floor(share * full + 0.5).astype(np.float32)
    told[8:10] = [full - 1, np.ceil(1.02 * full)]
    output = (share * shifts * 1.7).astype(np.float32)
    output[10:12] = [-3.0, 1e6]
    sheet = Sheet(
        output=output,
        effort=DRAW.random(size, np.float32),
        last_third=(output / 3).astype(np.float32),
        norm=np.exp(DRAW.normal(0.0, 0.1, size)),
        reported=told.astype(np.int32),
        told=told,
        true=np.maximum(told - DRAW.integers(0, 9, size), 0).astype(np.float32),
        padded=DRAW.random(size) < 0.3,
        caught=DRAW.random(size) < 0.1,
        shifts=shifts,
        title=2 * full,
    )
    mine, theirs = Cpu().tally(sheet), Reference().tally(sheet)
    assert mine.quantities == theirs.quantities
    assert mine.counts == theirs.counts
    for name in ("true", "reported", "pay", "output"):
        assert np.array_equal(getattr(mine, name), getattr(theirs, name)), name
    assert mine.counts["at_norm"] == int(((told >= full) & (told < 1.02 * full)).sum())


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
