"""Every address of the site, later ones too, with nonsense in every place: sentences, never a fault."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov.web.app import create_app
from stakhanov.web.guards import HEADERS

#: Instead of a name in an address.
NAMES = (
    "none",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fpyproject.toml",
    "..%5c..%5cpyproject.toml",
    "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd",
    "%00",
    "%ff%fe",
    "%0d%0aset-cookie:%20a=b",
    "%7b%7b7*191%7d%7d",
    "<script>alert(1)<%2fscript>",
    "x" * 5000,
)
QUERIES = (
    "workers=1e99&seed=-1&periods=NaN",
    "pinned=campaign%3D..%2F..%2Fetc%2Fpasswd",
    "norms.revision.up=__import__('os')&..=..&=",
    "again=perhaps&q=" + "q" * 3000,
    "%ff=%ff&a[]=1&a[b]=2",
    "&".join(f"a{n}=1" for n in range(500)),
)
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MULTIPART = "multipart/form-data; boundary=b"
BODIES: tuple[tuple[str, bytes], ...] = (
    ("", b""),
    (FORM, b"workers=%ff&=&&&seed=[]"),
    (FORM, b"&".join(b"a%d=1" % n for n in range(1000))),
    (JSON, b'{"campaign": {"a": [[[[1]]]]}, "set": null}'),
    (JSON, b"[" * 30_000),
    (JSON, b'{"workers": 1' + b"0" * 5000 + b"}"),
    ("text/csv", b"\x00\xff,\n\n,,,,"),
    (
        MULTIPART,
        b'--b\r\ncontent-disposition: form-data; name="file"; filename="../../x"\r\n\r\n\x00\r\n--b--',
    ),
    (MULTIPART, b"--b\r\n" * 2000),
    ("application/xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    (FORM, b"a=" + b"1" * 70_000),
)
LEAKS = re.compile(r"root:.*:0:0|build-backend|Traceback|File \"/|1337")


def places() -> list[tuple[str, str]]:
    """Every method and path."""

    def walk(routes: list[Any]) -> Iterator[tuple[str, str]]:
        for one in routes:
            if hasattr(one, "original_router"):
                yield from walk(one.original_router.routes)
            elif hasattr(one, "methods"):
                yield from ((method, one.path) for method in sorted(one.methods))

    return sorted(set(walk(create_app().routes)))


def asked(site: TestClient, method: str, address: str, kind: str = "", body: bytes = b"") -> None:
    """Ask, and hold the answer against what every answer must be."""
    headers = {"content-type": kind} if kind else {}
    answer = site.request(method, address, headers=headers, content=body, follow_redirects=False)
    assert answer.status_code < 500 or answer.status_code == 503, (method, address, kind, body[:60])
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert not LEAKS.search(answer.text), (address, answer.text[:200])
    assert "<script>alert" not in answer.text
    cookie = answer.headers.get("set-cookie", "stakhanov-")
    assert cookie.startswith("stakhanov-")
    location = answer.headers.get("location", "/")
    assert location.startswith(("/", "http://testserver/"))
    assert not location.startswith("//")


def filled(path: str, name: str) -> str:
    return re.sub(r"\{[^}]*\}", lambda _: name, path)


@pytest.mark.parametrize(("method", "path"), places())
def test_nonsense_is_answered_in_sentences(site: TestClient, method: str, path: str) -> None:
    names = NAMES if "{" in path else ("",)
    for name, query in itertools.zip_longest(names, QUERIES, fillvalue=names[0]):
        asked(site, method, f"{filled(path, name)}?{query}")
    if method not in ("GET", "HEAD"):
        for kind, body in BODIES:
            for name in ("plain-piece-rate", "none"):
                asked(site, method, filled(path, name), kind, body)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO"])
def test_other_methods_find_nothing(site: TestClient, method: str) -> None:
    for path in ("/", "/check", "/api/v1/runs", "/static/site.css"):
        assert site.request(method, path).status_code in (404, 405)


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "stakhanov-visitor=" + "x" * 5000},
        {"cookie": "stakhanov-visitor=a.b; stakhanov-visitor=;;;=="},
        {"cookie": "stakhanov-visitor=\xff.\xff".encode("latin-1").decode("latin-1")},
        {"accept": "\x7f", "accept-language": "x" * 9000},
        {"hx-request": "true", "hx-target": "<script>"},
        {"range": "bytes=0-99999999999,-1,a"},
        {"last-event-id": "9" * 400},
        {"content-length": "-1"},
    ],
)
def test_strange_headers_change_nothing(site: TestClient, headers: dict[str, str]) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    for path in ("/", "/check", "/laboratory/plain-piece-rate"):
        assert site.get(path, headers=sent).status_code == 200
