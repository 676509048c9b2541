"""The proofs of the engine against theory, in their fast form."""

from __future__ import annotations

import pytest

from validation.__main__ import rows, run
from validation.tables import Check, Table


@pytest.mark.parametrize("row", sorted(rows()))
def test_row_holds(row: int) -> None:
    table = run(rows()[row], fast=True)
    assert len(table.checks) > 0
    assert not [f"{check.what}: {check.found}" for check in table.unexplained]


def test_a_known_miss_excuses_no_other() -> None:
    known = {"known": "the reason", "known_within": 0.3}
    inside, known_miss, further = (
        Check("a", 1.0, found, 0.1, **known) for found in (1.05, 1.2, 1.4)
    )
    table = Table(1, "t", "about", (inside, known_miss, further))
    assert table.misses == (known_miss, further)
    assert table.unexplained == (further,)
    below = Check("b", 10.0, 5.0, kind="at least", known="the reason", known_within=4.0)
    assert Table(1, "t", "about", (below,)).unexplained == (below,)
