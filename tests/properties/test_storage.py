"""Where people are kept, in how many blocks and by how many threads, is nothing that a result depends on."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.engine.blocks import blocks_of
from stakhanov.engine.layout import Layout, lay_out
from tests.properties.generators import RUNS, asked, campaigns, workforces
from tests.properties.lives import lived, reports_of, same

MIXES = st.integers(0, 2**32 - 1)


def reseated(layout: Layout, mix: int) -> np.ndarray:
    """Who sits where when mates change places in their brigade, and whole brigades in their enterprise."""
    draw = np.random.default_rng(mix)
    seats = np.arange(layout.workers, dtype=np.uint32)
    ends = layout.workers_of_brigade
    for first, last in zip(
        layout.workers_of_enterprise[:-1], layout.workers_of_enterprise[1:], strict=True
    ):
        starts = ends[(ends >= first) & (ends < last)]
        whole = starts[starts + layout.brigade_size <= last]
        brigades = {
            int(at): seats[at : min(at + layout.brigade_size, last)].copy() for at in starts
        }
        for at, taken in zip(whole, draw.permutation(whole), strict=True):
            seats[at : at + layout.brigade_size] = draw.permutation(brigades[int(taken)])
    return seats


@RUNS
@given(
    campaigns(("threshold",), norms__scope="branch"),
    workforces(size__workers=1000, peers__conformity=0.0),
    asked(least=2),
    MIXES,
)
def test_people_who_change_places_take_everything_with_them(campaign, workforce, size, mix) -> None:
    """To the bit where nobody looks at mates, for then no sum of floats depends on the order."""
    there = lived(campaign, workforce, size)
    seats = reseated(there.world.state.layout, mix)
    moved = lived(campaign, workforce, size, identity=seats)
    mine, theirs = (
        reports_of(course).drop("brigade").sort("period", "worker") for course in (there, moved)
    )
    assert mine.equals(theirs)
    assert there.ledger.series().equals(moved.ledger.series(), null_equal=True)
    assert there.ledger.histogram().equals(moved.ledger.histogram())
    for name, array in there.world.state.people.arrays().items():
        assert np.array_equal(array[seats], getattr(moved.world.state.people, name)), name


@RUNS
@given(campaigns(("threshold",)), workforces(size__workers=1000), asked(least=2, periods=1), MIXES)
def test_mates_who_change_places_change_sums_only_by_rounding(
    campaign, workforce, size, mix
) -> None:
    there = lived(campaign, workforce, size)
    moved = lived(campaign, workforce, size, identity=reseated(there.world.state.layout, mix))
    mine, theirs = (reports_of(course).sort("worker") for course in (there, moved))
    assert np.allclose(mine["true"], theirs["true"], rtol=1e-4, atol=1e-4)
    for name in ("true_output", "morale_mean", "effort_mean"):
        one, other = (
            course.ledger.series().filter(measure=name)["value"].to_numpy()
            for course in (there, moved)
        )
        assert np.allclose(one, other, rtol=1e-4), name


@RUNS
@given(campaigns(), workforces(), asked(), st.integers(2, 4), st.integers(1, 60))
def test_threads_and_blocks_change_nothing(campaign, workforce, size, threads, block) -> None:
    same(
        lived(campaign, workforce, size),
        lived(campaign, workforce, size, threads=threads, block_size=block),
    )


LAYOUTS = st.builds(
    lambda shares, workers, brigade, enterprise: lay_out(
        [(f"branch-{i}", share / sum(shares)) for i, share in enumerate(shares)],
        workers,
        brigade=brigade,
        enterprise=enterprise,
    ),
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
    st.integers(1, 300),
    st.integers(1, 12),
    st.integers(1, 5),
)


@given(LAYOUTS, st.floats(0, 1), st.integers(1, 80))
def test_blocks_hold_everybody_at_work_once_in_whole_brigades(layout, share, size) -> None:
    places = np.diff(layout.workers_of_branch)
    employed = np.floor(places * share + 0.5).astype(np.int64)
    blocks = blocks_of(layout, employed, size)
    seats = [np.arange(block.people.start, block.people.stop) for block in blocks]
    at_work = [
        np.arange(first, first + number)
        for first, number in zip(layout.workers_of_branch, employed, strict=False)
    ]
    assert np.array_equal(np.concatenate([*seats, [0]]), np.concatenate([*at_work, [0]]))
    for block in blocks:
        here = layout.workers_of_brigade[block.brigades]
        assert np.array_equal(block.people.start + block.ends[:-1], here)
        assert np.all(block.sizes > 0)
        assert np.all(block.sizes <= layout.brigade_size)


@given(LAYOUTS)
def test_every_place_belongs_to_one_group_of_each_kind(layout) -> None:
    coarser = None
    for scope in ("own", "brigade", "enterprise", "branch", "all"):
        offsets = layout.groups(scope)
        assert offsets[0] == 0
        assert offsets[-1] == layout.workers
        assert np.all(np.diff(offsets) >= 0)
        if coarser is not None:
            assert set(offsets) <= set(coarser), f"{scope} must be made of whole groups"
        coarser = offsets
