"""The proofs of the engine against theory, in their fast form."""

from __future__ import annotations

import pytest

from validation.__main__ import rows, run


@pytest.mark.parametrize("row", sorted(rows()))
def test_row_holds(row: int) -> None:
    table = run(rows()[row], fast=True)
    assert len(table.checks) > 0
    assert not [f"{check.what}: {check.found}" for check in table.unexplained]
