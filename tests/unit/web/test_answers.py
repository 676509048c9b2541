"""Every answer, a good one or a refusal, has the rules for browsers on it and speaks in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from stakhanov.web.app import create_app
from stakhanov.web.comparing import alike
from stakhanov.web.guards import HEADERS
from stakhanov.web.pages import tour
from stakhanov.web.settings import Settings

PLAIN = "/laboratory/plain-piece-rate"


@pytest.fixture
def frail(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A site whose first page breaks, and which says so instead of passing the fault on."""

    def broken() -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(tour, "figures", broken)
    app = create_app(Settings(hosts=("testserver",)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "address", "headers", "content", "status"),
    [
        ("GET", "/laboratory", {}, b"", 200),
        ("GET", "/guides", {}, b"", 307),
        ("GET", "/nothing", {}, b"", 404),
        ("GET", "/api/v1/nothing", {}, b"", 404),
        ("PUT", "/laboratory", {}, b"", 405),
        ("POST", f"{PLAIN}/runs", {"content-type": "application/json"}, b"{}", 202),
        ("POST", f"{PLAIN}/runs", {"origin": "http://elsewhere.example"}, b"", 403),
        ("POST", f"{PLAIN}/runs", {}, b"a" * 70_000, 413),
        ("POST", "/api/v1/runs", {}, b"a" * 70_000, 413),
        ("POST", "/check", {}, b"a" * 5_100_000, 413),
        ("POST", "/api/v1/inspections", {"content-type": "text/csv"}, b"a" * 5_100_000, 413),
        ("POST", "/api/v1/inspections", {}, b"a", 415),
        ("POST", "/api/v1/runs", {"content-type": "application/json"}, b"{", 422),
        ("GET", f"{PLAIN}?workers=x", {}, b"", 422),
        ("GET", "/laboratory", {"host": "elsewhere.example"}, b"", 400),
        ("GET", "/", {}, b"", 500),
    ],
)
def test_every_answer_carries_the_rules(
    frail: TestClient,
    method: str,
    address: str,
    headers: dict[str, str],
    content: bytes,
    status: int,
) -> None:
    answer = frail.request(
        method, address, headers=headers, content=content, follow_redirects=False
    )
    assert answer.status_code in (status, 303 if status == 202 else status)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    if status >= 400 and status != 400:
        sentence = answer.json()["problems"][0] if address.startswith("/api/") else answer.text
        assert "; found " in sentence
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text


def test_a_body_of_unknown_length_is_cut_off_too(frail: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a" * 1000

    answer = frail.post("/api/v1/runs", content=endless())
    assert answer.status_code == 413
    assert answer.json()["problems"][0].startswith("request: must be smaller")
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


def test_a_stream_carries_the_rules(site: TestClient) -> None:
    asked = site.post(
        "/api/v1/runs", json={"campaign": "plain-piece-rate", "workers": 60, "periods": 2}
    )
    with site.stream("GET", f"/runs/{asked.json()['id']}/events") as answer:
        assert answer.status_code == 200
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert answer.headers["cache-control"].startswith("no-")


@pytest.mark.parametrize("origin", ["http://[", "//", "::", "a" * 9000, "http://testserver@x"])
def test_an_origin_that_is_no_address_is_another(site: TestClient, origin: str) -> None:
    assert site.post(f"{PLAIN}/runs", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize(
    "place",
    [
        "/laboratory",
        "/guides/index.html",
        "/guides",
        "/static/site.css",
        "/api/v1/campaigns",
        "/nothing",
        "/api/v1/nothing",
        f"{PLAIN}?workers=x",
    ],
)
def test_who_asks_for_the_head_gets_that_of_the_page_and_no_body(
    frail: TestClient, place: str
) -> None:
    frail.get("/laboratory")  # so that the visitor has a name
    whole = frail.get(place, follow_redirects=False)
    head = frail.head(place, follow_redirects=False)
    assert head.content == b""
    assert head.status_code == whole.status_code
    assert head.headers == whole.headers


def test_the_head_of_events_ends(frail: TestClient) -> None:
    place = frail.post(f"{PLAIN}/runs", data={"workers": "60", "periods": "4"}).url.path
    assert frail.head(f"{place}/events").headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((0.009383, 0.008317, 0.01044), ("0.0094", "0.0083", "0.0104")),
        ((-0.0009429, -0.001964, 7.841e-05), ("-0.0009", "-0.0020", "0.0001")),
        ((-21.92, -38.73, -5.113), ("-22", "-39", "-5")),
        ((12_345.6, 11_000.0, 13_000.0), ("12,346", "11,000", "13,000")),
        ((0.0, 0.0, 0.0), ("0", "0", "0")),
        ((0.5, float("nan"), float("nan")), ("0.5", "", "")),
    ],
)
def test_a_difference_has_the_decimals_that_its_interval_bears(
    given: tuple[float, float, float], said: tuple[str, str, str]
) -> None:
    assert alike(*given) == said
