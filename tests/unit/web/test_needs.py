"""What is too much for a site is refused before it begins, with what it would take."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov.campaign import load
from stakhanov.engine.estimate import estimate_of
from stakhanov.web.needs import needs_of
from stakhanov.web.settings import Settings

WISH: dict[str, Any] = {"campaign": "plain-piece-rate", "workforce": "heavy-machine-building"}


def told(site: TestClient, **sizes: Any) -> str:
    answer = site.post("/api/v1/runs", json={**WISH, **sizes})
    assert answer.status_code == 422, answer.text
    return str(answer.json()["problems"][0])


def test_more_workers_than_a_site_has_room_for(site: TestClient) -> None:
    said = told(site, workers=100_000_000, periods=60)
    assert said.startswith("workers: must lie between 1 and 200,000 on this site; found 100000000")
    memory = re.search(r"and ([\d.,]+) GB", said)
    assert memory is not None
    assert float(memory[1].replace(",", "")) > 6.0  # 64 bytes for each of them at the very least
    assert re.search(r"it would take about [\d,]+ (minutes|hours)", said)


def test_a_run_within_all_bounds_that_would_take_too_long(site: TestClient) -> None:
    long = {"plan.shifts_per_period": 400}
    said = told(site, workers=200_000, periods=600, set=long)
    assert said.startswith("run: must be done within 300 s on this site; found about ")
    page = site.post(
        "/laboratory/plain-piece-rate/runs",
        data={"workers": "200000", "periods": "600", "plan.shifts_per_period": "400"},
    )
    assert page.status_code == 422
    assert "must be done within 300 s" in page.text


def test_numbers_beyond_all_measure_are_told_too(site: TestClient) -> None:
    said = told(site, workers=10**18, periods=10**18)
    assert said.startswith("workers: must lie between 1 and 200,000")


@pytest.mark.parametrize("name", ["plain-piece-rate", "stakhanovite-1935"])
def test_the_largest_run_of_a_site_fits_beside_others(name: str) -> None:
    """Why threads will do: what runs at the same time within the bounds takes less than a gigabyte."""
    settings = Settings()
    bare = estimate_of(1, 1, 1, sample=0).memory_bytes
    largest = needs_of(load(name), settings.most_workers, settings.most_periods).estimate
    assert settings.at_once * (largest.memory_bytes - bare) < 1e9


def test_a_run_can_be_stopped_within_seconds() -> None:
    """A run hears that it is called off between two periods: the longest period is short."""
    settings, shifts = Settings(), 400  # the most that a plan may have
    period = estimate_of(settings.most_workers, 1, shifts, sample=0, threads=1)
    assert period.seconds < 10.0
