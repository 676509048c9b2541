"""Web addresses of works: which answer is remembered, and silence is counted from the last answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from stakhanov.guide.web_addresses import Addresses, answers, read_addresses, tried

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 15)


class Answers(BaseHTTPRequestHandler):
    """Answers 200 at /there, 405 at /shy, 404 elsewhere."""

    def do_HEAD(self) -> None:
        self.send_response({"/there": 200, "/shy": 405}.get(self.path, 404))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    made = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def test_an_address_answers_or_not(server: str) -> None:
    assert answers(f"{server}/there")
    assert answers(f"{server}/shy")  # the page is there, only not for a program
    assert not answers(f"{server}/gone")
    assert not answers("http://127.0.0.1:9/nobody")
    assert not answers("file:///etc/hosts")
    assert not answers("https://[half")


def test_silence_is_counted_from_the_last_answer() -> None:
    first = tried(Addresses(), ["a", "b"], JANUARY, lambda address: address == "a")
    second = tried(first, ["a", "b"], FEBRUARY, lambda _: False)
    assert {name: one.silent for name, one in second.addresses.items()} == {"a": 31, "b": 31}
    third = tried(second, ["b"], MARCH, lambda _: True)
    assert third.addresses.keys() == {"b"}
    assert third.addresses["b"].silent == 0


def test_the_record_goes_to_the_disk_and_back(example: Path) -> None:
    made = tried(Addresses(), ["https://example.org/x"], JANUARY, lambda _: False)
    made.write(example)
    assert read_addresses(example) == made
