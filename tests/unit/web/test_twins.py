"""The JSON interface says what the commands say with `--json`, and knows what the pages know."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov.cli.main import main
from stakhanov.guide import verify
from stakhanov.guide.load import library
from stakhanov.web.checking import sample
from tests.unit.web.conftest import over

SIZES = {"workforce": "heavy-machine-building", "workers": 60, "periods": 4, "seed": 3}
OPTIONS = [part for name, value in SIZES.items() for part in (f"--{name}", str(value))]
#: What differs from machine to machine and from call to call, and where a command keeps its files.
OWN = ("seconds", "per_second", "folder", "report", "cautions", "record")
CSV = {"content-type": "text/csv"}


@pytest.fixture
def said(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., dict[str, Any]]:
    """The object that a command prints."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> dict[str, Any]:
        capfd.readouterr()
        assert main([*arguments, "--json"]) == 0
        found: dict[str, Any] = json.loads(capfd.readouterr().out)
        return found

    return call


def done(site: TestClient, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    found = over(site, answer.json()["id"])["result"]
    assert isinstance(found, dict)
    return found


def test_a_run_is_that_of_the_command(
    site: TestClient, said: Callable[..., dict[str, Any]]
) -> None:
    wish = {"campaign": "plain-piece-rate", **SIZES, "set": {"norms.revision.up": 0.5}}
    here = done(site, site.post("/api/v1/runs", json=wish))
    options = [*OPTIONS, "--sample", "0", "--set", "norms.revision.up=0.5"]
    there = said("run", "plain-piece-rate", *options)
    assert set(here) <= set(there)
    for key in here.keys() - set(OWN):
        assert here[key] == there[key]
    assert here["record"]["digest"] == there["record"]["digest"]


def test_a_comparison_is_that_of_the_command(
    site: TestClient, said: Callable[..., dict[str, Any]]
) -> None:
    wish = {
        **SIZES,
        "replicates": 2,
        "a": {"campaign": "plain-piece-rate"},
        "b": {"campaign": "plain-piece-rate", "set": {"pay.piece_share": 0.5}},
    }
    here = done(site, site.post("/api/v1/comparisons", json=wish))
    rules = ("plain-piece-rate", "plain-piece-rate", "--set-b", "pay.piece_share=0.5")
    there = said("compare", *rules, "--replicates", "2", *OPTIONS)
    for key in here.keys() - set(OWN):
        assert here[key] == there[key]
    assert here["measures"]


def test_an_inspection_is_that_of_the_command(
    site: TestClient, said: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    content = sample("padded").replace(b"worker,period", b"who,month", 1)
    (tmp_path / "reports.csv").write_bytes(content)
    names = {"worker": "who", "period": "month"}
    here = done(site, site.post("/api/v1/inspections", params=names, content=content, headers=CSV))
    there = said("inspect", "reports.csv", "--map", "worker=who,period=month")
    assert here == there
    assert any(one["unusual"] for one in here["findings"])


@pytest.mark.parametrize("name", library().asked)
def test_a_class_is_what_export_writes(
    site: TestClient, said: Callable[..., dict[str, Any]], name: str, tmp_path: Path
) -> None:
    said("guide", "export", name, "--to", "json", "--out", "class.json")
    there = json.loads((tmp_path / "class.json").read_text(encoding="utf-8"))
    assert site.get(f"/api/v1/guides/{name}").json() == there
    term = there["terms"][0]
    assert site.get(f"/api/v1/guides/{name}/terms/{term['id']}").json() == term


@pytest.mark.parametrize("name", library().asked)
def test_verdicts_are_what_verify_tells_of_locked_runs(
    site: TestClient,
    said: Callable[..., dict[str, Any]],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verify, "QUICK", 0)  # nothing is quick enough to be run
    folder = os.path.relpath(library().guides[name].folder)
    there = said("guide", "verify", folder, "--check")
    assert site.get(f"/api/v1/guides/{name}/claims").json() == there
    assert there["claims"]


def test_classes_and_terms_have_their_pages(site: TestClient) -> None:
    for one in site.get("/api/v1/guides").json():
        assert one["title"] in site.get(one["page"]).text
        whole = site.get(f"/api/v1/guides/{one['id']}").json()
        assert one["terms"] == len(whole["terms"])
        assert one["claims"] == sum(len(term["claims"]) for term in whole["terms"])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ratchet", "ratchet-effect"),
        ("RATCHET  effect", "ratchet-effect"),
        ("stakhanovite mov", "stakhanovite-movement"),
    ],
)
def test_search_finds_a_term_by_its_title(site: TestClient, query: str, first: str) -> None:
    found = site.get("/api/v1/search", params={"q": query}).json()["found"]
    assert found[0]["term"] == first
    assert found[0]["title"] in site.get(found[0]["page"]).text


def test_search_finds_every_word_or_nothing(site: TestClient) -> None:
    one = site.get("/api/v1/search", params={"q": "timbermen"}).json()["found"]
    assert "stakhanovite-movement" in [hit["term"] for hit in one]
    for query in ("", "   ", "timbermen zzzz", "<script>", "%00"):
        assert site.get("/api/v1/search", params={"q": query}).json()["found"] == []
    assert site.get("/api/v1/search", params={"q": "x" * 201}).status_code == 422
    assert site.get("/api/v1/search").status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "guides/none",
        "guides/none/claims",
        "guides/soviet-union/terms/none",
        "guides/..%2f..%2fetc",
        "guides/soviet-union/terms/..%2fclass.toml",
        "workforces/none",
        "workforces/..%2fx",
    ],
)
def test_what_does_not_exist_is_told(site: TestClient, address: str) -> None:
    answer = site.get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert answer.json()["problems"]


def test_workforces_are_told_in_full(site: TestClient) -> None:
    from stakhanov.workforce import library as shipped
    from stakhanov.workforce import load

    assert [one["name"] for one in site.get("/api/v1/workforces").json()] == shipped()
    whole = site.get(f"/api/v1/workforces/{shipped()[0]}").json()
    assert whole["ability"] == load(shipped()[0]).plain()["ability"]


@pytest.mark.parametrize(
    ("content", "kind", "params", "status", "told"),
    [
        (b"", "text/csv", {}, 422, "reports: must be a file or text"),
        (b"a,b\n1,2\n", "text/csv", {}, 422, "the table: must have a column worker"),
        (b"a,b\n1,2\n", "application/json", {}, 415, "request: must be of the type text/csv"),
        (b"a,b\n", "text/csv", {"worker": "x" * 201}, 422, "worker: must fit"),
        (b"a,b\n", "text/csv", {"apart": "perhaps"}, 422, "apart: must fit"),
        (b"a" * 5_100_000, "text/csv", {}, 413, "request: must be smaller"),
        (sample("honest"), "text/csv", {"apart": "true"}, 422, "group: must be a column"),
    ],
)
def test_a_strange_table_is_refused_in_sentences(
    site: TestClient, content: bytes, kind: str, params: dict[str, str], status: int, told: str
) -> None:
    headers = {"content-type": kind}
    answer = site.post("/api/v1/inspections", params=params, content=content, headers=headers)
    assert answer.status_code == status
    assert answer.json()["problems"][0].startswith(told)


def test_an_experiment_is_that_of_the_command(
    site: TestClient, said: Callable[..., dict[str, Any]]
) -> None:
    name = shortest()
    here = done(site, site.post(f"/api/v1/experiments/{name}/runs"))
    there = said("experiment", name)
    assert {key: there[key] for key in here} == here
    assert here["expectations"]


def test_a_break_is_that_of_the_command(
    site: TestClient, said: Callable[..., dict[str, Any]]
) -> None:
    name = shortest()
    wish = {"address": "norms.revision.up", "from": 0.1, "to": 0.2}
    here = done(site, site.post(f"/api/v1/experiments/{name}/breaks", json=wish))
    there = said("break", name, "--vary", "norms.revision.up=0.1:0.2")
    assert {key: there[key] for key in here} == here


def test_a_decomposition_is_that_of_the_command(
    site: TestClient, said: Callable[..., dict[str, Any]]
) -> None:
    rules = ["padding", "norm-revision"]
    wish = {"campaign": "plain-piece-rate", **SIZES, "replicates": 2, "rules": rules}
    here = done(site, site.post("/api/v1/decompositions", json=wish))
    options = [part for rule in rules for part in ("--rule", rule)]
    there = said("decompose", "plain-piece-rate", *OPTIONS, "--replicates", "2", *options)
    assert {key: there[key] for key in here} == here
    assert {one["rule"] for one in here["rules"]} <= set(rules)


def shortest() -> str:
    """The experiment that takes the fewest workers times periods."""
    from stakhanov.web.shelf import experiments

    def lived(one: Any) -> int:
        return len(one.arms) * len(one.seeds_of) * (one.workers or 1) * (one.periods or 60)

    return min(experiments(), key=lived).id


def test_experiments_are_listed_and_told_in_full(site: TestClient) -> None:
    for one in site.get("/api/v1/experiments").json():
        assert site.get(one["page"]).status_code == 200
        assert site.get(f"/api/v1/experiments/{one['id']}").json()["question"] == one["question"]
    assert site.get("/api/v1/experiments/none").status_code == 404


def test_a_question_of_too_many_runs_is_refused(site: TestClient) -> None:
    wish = {"campaign": "stakhanovite-1935", "workers": 200_000, "rules": ["padding", "strain"]}
    answer = site.post("/api/v1/decompositions", json=wish)
    assert answer.status_code == 422
    assert "workers times periods on this site" in answer.json()["problems"][0]
    unknown = site.post("/api/v1/decompositions", json={**wish, "rules": ["none"]})
    assert unknown.status_code == 422
