"""The site as a process of its own: for this machine alone, killed in mid-answer, and begun again."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

import stakhanov as sk

WISH: dict[str, Any] = {
    "campaign": "plain-piece-rate",
    "workforce": "heavy-machine-building",
    "workers": 60,
    "periods": 4,
    "seed": 5,
}
LONG = {**WISH, "workers": 20_000, "periods": 600}


@contextlib.contextmanager
def opened(port: int = 0) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    command = [sys.executable, "-m", "stakhanov", "serve", "--port", str(port), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as site:
        assert site.stdout is not None
        said = ""
        while not said.rstrip().endswith("}"):
            said += site.stdout.readline()
        try:
            yield site, json.loads(said)
        finally:
            site.kill()


def done(site: httpx2.Client, wish: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = site.post("/api/v1/runs", json=wish).json()
    end = time.monotonic() + 120.0
    while found["state"] in ("waiting", "running") and time.monotonic() < end:
        time.sleep(0.05)
        found = site.get(f"/api/v1/runs/{found['id']}").json()
    assert found["state"] == "done", found
    return found


def killed_while_it_tells(site: subprocess.Popen[str], visitor: httpx2.Client, key: str) -> None:
    with visitor.stream("GET", f"/runs/{key}/events", timeout=60.0) as events:
        for line in events.iter_lines():
            if line.startswith("data:"):
                site.kill()


def test_it_is_for_this_machine_alone_and_ends_by_a_sign() -> None:
    with opened() as (site, said):
        port = int(said["url"].rstrip("/").rpartition(":")[2])
        assert said["loopback"] is True
        with socket.create_connection(("127.0.0.1", port), timeout=10.0):
            pass
        if sys.platform == "linux":  # where every 127.x is this machine
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", port), timeout=10.0)
        assert httpx2.get(said["url"], trust_env=False).status_code == 200
        site.send_signal(signal.SIGINT)
        assert site.wait(timeout=30.0) == 0
        assert "Traceback" not in (site.stderr.read() if site.stderr else "")


def test_a_site_that_is_killed_in_mid_answer_loses_nothing_that_its_link_does_not_make_again() -> (
    None
):
    with opened() as (site, said), httpx2.Client(base_url=said["url"], trust_env=False) as visitor:
        port = int(said["url"].rstrip("/").rpartition(":")[2])
        first = done(visitor, WISH)
        long = visitor.post("/api/v1/runs", json=LONG).json()
        with pytest.raises(httpx2.TransportError):
            killed_while_it_tells(site, visitor, long["id"])
    with opened(port) as (_, said), httpx2.Client(base_url=said["url"], trust_env=False) as visitor:
        gone = visitor.get(f"/runs/{long['id']}")
        assert gone.status_code == 404
        assert "its link runs it again" in gone.text
        assert visitor.get(long["link"]).status_code == 200
        again = done(visitor, WISH)
    assert again["id"] == first["id"]
    assert again["result"]["record"]["digest"] == first["result"]["record"]["digest"]
    run = sk.simulate(
        "plain-piece-rate", WISH["workforce"], workers=60, periods=4, seed=5, sample=0
    )
    assert again["result"]["record"]["digest"] == run.record["digest"]


def test_a_site_that_is_killed_in_mid_lesson_and_in_mid_test_loses_no_answer_that_it_took() -> None:
    course = "targets-and-measurement"
    lesson, test = f"/api/v1/learn/{course}/session", f"/api/v1/tests/{course}"
    with opened() as (site, said), httpx2.Client(base_url=said["url"], trust_env=False) as visitor:
        asked = visitor.post(lesson, json={"minutes": 30}).json()
        sent = {"step": 0, "card": asked["asked"]["card"], "said": "half known"}
        assert visitor.post(f"{lesson}/answer", json=sent).status_code == 200
        site.kill()
    with opened() as (site, said), httpx2.Client(base_url=said["url"], trust_env=False) as visitor:
        told = visitor.get(lesson).json()
        assert (told["stage"], told["told"]["said"]) == ("telling", "half known")
        graded = {"step": 0, "card": sent["card"], "grade": "got"}
        assert visitor.post(f"{lesson}/grade", json=graded).json()["answers"] == 1
        paper = visitor.post(test, json={"kind": "short"}).json()
        for number in (1, 2):
            kept = {"test": paper["id"], "said": f"answer {number}"}
            assert visitor.put(f"{test}/answers/{number}", json=kept).status_code == 200
        site.kill()
    with opened() as (_, said), httpx2.Client(base_url=said["url"], trust_env=False) as visitor:
        assert visitor.get(lesson).json()["answers"] == 1
        again = visitor.get(test).json()
        answers = [one["answer"] for one in again["questions"]]
        assert answers == ["answer 1", "answer 2", *[""] * (len(answers) - 2)]
        marked = visitor.post(f"{test}/hand-in", json={"test": again["id"]}).json()
        assert marked["id"] == paper["id"]
