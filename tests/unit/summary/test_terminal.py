"""The terminal's summary: lines that rise where the series rises, the norm marked, any encoding."""

from __future__ import annotations

import pytest

import stakhanov as sk
from stakhanov.summary.terminal import BLOCKS, PLAIN, line_of, render


@pytest.fixture(scope="module")
def run():
    return sk.simulate("plain-piece-rate", workers=500, periods=3)


def test_a_rising_series_rises() -> None:
    assert line_of([0.0, 1.0, 2.0, 3.0], 4, BLOCKS)[0] == BLOCKS[1]
    assert line_of([0.0, 1.0, 2.0, 3.0], 4, BLOCKS)[-1] == BLOCKS[-1]
    assert len(line_of(list(range(96)), 20, BLOCKS)) == 20
    assert set(line_of([2.0, 2.0], 9, PLAIN)) == {PLAIN[len(PLAIN) // 2]}
    assert line_of([float("nan")], 5, PLAIN) == "nothing to draw"


def test_the_norm_is_marked_at_100(run) -> None:
    marked = [line for line in render(run).splitlines() if "<- the norm" in line]
    assert len(marked) == 1
    assert marked[0].split()[0] == "100"


def test_plain_characters_on_request_and_no_line_too_wide(run) -> None:
    assert render(run, blocks=False).isascii()
    assert max(map(len, render(run, width=80).splitlines())) <= 80
