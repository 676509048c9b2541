"""Strange tables: every test answers or says why not, and the page is drawn; nothing warns."""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl
import pytest

from stakhanov.evidence import inspect
from stakhanov.summary.inspection_report import html_of

N, WORKERS = 900, 30
DAYS = [datetime.date(2015, 1, 1) + datetime.timedelta(days=k // WORKERS) for k in range(N)]
LUCK = np.random.default_rng(1)
EVEN = LUCK.normal(1.0, 0.2, N)
STRANGE = {
    "all at the norm": np.ones(N),
    "all nothing": np.zeros(N),
    "half nothing": np.where(np.arange(N) % 2 == 0, 0.0, EVEN),
    "some below nothing": np.where(np.arange(N) % 9 == 0, -EVEN, EVEN),
    "two values": np.where(np.arange(N) % 2 == 0, 0.9, 1.1),
    "huge": EVEN * 1e300,
    "tiny": EVEN * 1e-300,
    "wild": np.exp(LUCK.normal(0.0, 8.0, N)),
    "one worker holds all": np.where(np.arange(N) % WORKERS == 0, 500.0, 1e-6),
    "never above": np.minimum(EVEN, 1.0),
    "never below": np.maximum(EVEN, 1.0),
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("norm", [1.0, 1e-9, 1e9])
def test_a_strange_table_is_answered(kind: str, norm: float) -> None:
    table = pl.DataFrame(
        {"worker": np.arange(N) % WORKERS, "period": DAYS, "norm": norm, "reported": STRANGE[kind]}
    )
    found = inspect(table, tables=19)
    for finding in found.findings:
        assert np.isfinite(finding.estimate)
        assert 0.0 < finding.false_alarm <= 1.0
    assert {one.test for one in (*found.findings, *found.refused)} >= {"density-jump", "record"}
    if norm == 1.0:
        assert "What the reports" in html_of(found) or "what the reports say" in html_of(found)
