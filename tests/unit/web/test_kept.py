"""Progress that cannot be kept or read: locked, full, damaged. A sentence, the right status, no loss."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from stakhanov.cli.failures import ExitCode, told
from stakhanov.guide.practice.database import Unkept, Unusable
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import ExamDay
from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings

CLASS = "targets-and-measurement"
PAGE, TWIN = f"/learn/{CLASS}", f"/api/v1/learn/{CLASS}"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stakhanov.guide.practice.database.PATIENCE", 0.1)


def refused(site: TestClient, place: str, words: str) -> None:
    """Page and twin say the same, and where the database lies neither does."""
    for answer in (
        site.post(f"{PAGE}/begin"),
        site.post(f"{TWIN}/session", json={"minutes": 5}),
    ):
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert words in answer.text
        assert place not in answer.text


def test_another_process_that_writes(site: TestClient, place: str) -> None:
    site.post(f"{PAGE}/begin")
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refused(site, place, "found that another process writes to it")
    with pytest.raises(Unkept) as error:
        Progress(place)
    said = f"{place}: another process writes to it"
    assert told(error.value) == (ExitCode.MACHINE, [said])
    other.execute("ROLLBACK")
    other.close()
    assert "0 answered" in site.get(PAGE).text


def test_a_full_disk_keeps_what_was_there(site: TestClient, place: str) -> None:
    """As full as a disk: the database may have no page more than now."""
    test = f"/test/{CLASS}"
    site.post(f"{test}/begin", data={"kind": "full"})
    [sitting] = Progress(place).sittings(CLASS)
    engine = site.app.state.study.database.engine  # type: ignore[attr-defined]
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    filled = f"PRAGMA max_page_count = {pages + 1}"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(filled))
    answers = [
        site.post(f"{test}/answer", data={"test": sitting.id, "q": str(n), "said": f"{n}" * 3_000})
        for n in range(1, 6)
    ]
    states = [one.status_code for one in answers]
    assert states == sorted(states)
    assert states[-1] == 503
    assert "found that the disk is full" in answers[-1].text
    assert "What you answered before is kept" in answers[-1].text
    [kept] = Progress(place).sittings(CLASS)
    said = [bool(one.answer) for one in kept.items[:5]]
    assert said == [state == 200 for state in states]


@pytest.mark.parametrize("damage", [b"no database at all " * 300, None])
def test_a_damaged_file(place: str, damage: bytes | None) -> None:
    progress = Progress(place)
    progress.add(ExamDay(guide=CLASS))
    progress.close()
    whole = Path(place).read_bytes()
    half = whole[:4096] + b"\0" * (len(whole) - 4096)
    Path(place).write_bytes(damage or half)
    with TestClient(create_app(Settings(hosts=("testserver",), progress=place))) as site:
        refused(site, place, "must be a database that can be read")
        assert site.get("/guides/index.html").status_code == 200
    with pytest.raises(Unusable, match="move it away to begin anew"):
        Progress(place)
    assert Path(place).read_bytes() == (damage or half)  # left as it is
