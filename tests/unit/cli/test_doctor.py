"""`stakhanov doctor`: what is here, what is missing, what cannot be written to."""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib import metadata
from typing import Any

import pytest

from stakhanov.cli import doctor

Call = Callable[..., Any]


def test_what_it_tells(stakhanov: Call) -> None:
    said = stakhanov("doctor", "--json")
    assert (said.code, said.err) == (0, "")
    data = said.data
    assert data["versions"]["numba"] == metadata.version("numba")
    assert data["versions"]["python"] == platform.python_version()
    assert data["machine"]["vector_bits"] in (64, 128, 256, 512)
    assert data["machine"]["memory_bytes"] > 10**8
    assert [one["writable"] for one in data["folders"]] == [True, True, True]
    assert data["problems"] == []
    assert "everything that is needed is here" in stakhanov("doctor").out


def test_a_missing_package_fails_the_check(
    stakhanov: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = doctor._version
    monkeypatch.setattr(
        doctor, "_version", lambda name: doctor.MISSING if name == "scipy" else there(name)
    )
    said = stakhanov("doctor", "--json")
    assert said.code == 1
    assert said.data["problems"] == ["scipy: must be installed; found nothing"]
    assert "scipy: must be installed; found nothing" in stakhanov("doctor").out


def test_a_locked_folder_fails_the_check(stakhanov: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_writable", lambda _: False)
    said = stakhanov("doctor", "--json")
    assert said.code == 1
    assert len(said.data["problems"]) == 3


def test_extras_are_read_from_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["numpy<3,>=2", 'mesa<4,>=3; extra == "bench"', "pytest>=9; extra == 'dev'"]
    monkeypatch.setattr(doctor.metadata, "requires", lambda _: needs)
    monkeypatch.setattr(
        doctor, "_version", lambda name: "1" if name == "pytest" else doctor.MISSING
    )
    assert doctor._extras_missing() == {"bench": ["mesa"]}
