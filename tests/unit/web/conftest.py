"""A site for tests: small limits, no network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings

SMALL = {"workers": "60", "periods": "4", "workforce": "heavy-machine-building"}


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What learners do in a test is kept nowhere but in its folder."""
    monkeypatch.setenv("STAKHANOV_PROGRESS", str(tmp_path / "progress.sqlite"))


@pytest.fixture
def site() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(hosts=("testserver",)))) as client:
        yield client


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Where progress is kept."""
    return str(tmp_path / "progress.sqlite")


@pytest.fixture
def public(place: str) -> Iterator[TestClient]:
    """A site on which several people learn."""
    settings = Settings(hosts=("testserver",), progress=place, shared=True)
    with TestClient(create_app(settings)) as client:
        yield client


def over(site: TestClient, key: str, seconds: float = 120.0) -> dict[str, object]:
    """What the JSON interface says of a job when it is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found: dict[str, object] = site.get(f"/api/v1/runs/{key}").json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.02)
    raise AssertionError(f"{key} is not over after {seconds} s")
