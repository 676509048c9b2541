"""The JSON interface: the twin of the commands, told by OpenAPI, sober about nonsense."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

import stakhanov as sk
from stakhanov.foundation.plain import plain
from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings
from tests.unit.web.conftest import over

WISH: dict[str, Any] = {
    "campaign": "plain-piece-rate",
    "workforce": "heavy-machine-building",
    "workers": 60,
    "periods": 4,
}


def test_a_run_is_what_the_command_gives(site: TestClient) -> None:
    asked = site.post("/api/v1/runs", json={**WISH, "set": {"audits.probability": 0.5}})
    assert asked.status_code == 202
    found = over(site, asked.json()["id"])
    run = sk.simulate(
        sk.load("plain-piece-rate").held({"audits.probability": 0.5}),
        "heavy-machine-building",
        workers=60,
        periods=4,
        sample=0,
    )
    expected = plain(run.plain())
    result = found["result"]
    assert isinstance(result, dict)
    for key in ("record", "measures", "worker_shifts", "limits"):
        assert result[key] == expected[key]
    assert (
        site.post("/api/v1/runs", json={**WISH, "set": {"audits.probability": 0.5}}).json() == found
    )


def test_a_comparison_has_rows_for_all_measures(site: TestClient) -> None:
    sizes = {key: value for key, value in WISH.items() if key != "campaign"}
    rules = {"a": {"campaign": "time-wage"}, "b": {"campaign": "plain-piece-rate"}}
    asked = site.post("/api/v1/comparisons", json={**sizes, **rules, "replicates": 2})
    result = over(site, asked.json()["id"])["result"]
    assert isinstance(result, dict)
    assert result["replicates"] == 2
    first = result["measures"][0]
    assert first["measure"] == "true_output"
    assert first["difference"] == pytest.approx(first["b"] - first["a"], abs=1e-12)
    assert first["low"] <= first["difference"] <= first["high"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"campaign": "/etc/passwd"}, "campaign: must be one that ships"),
        ({"workers": 0}, "workers: must fit"),
        ({"workers": 10**9}, "workers: must lie between 1 and 200,000 on this site"),
        ({"seed": 2**64}, "seed: must lie between"),
        ({"unknown": 1}, "unknown: must fit"),
        ({"set": {"norms.revision.up": [1]}}, "set.norms.revision.up"),
        ({"set": {"campaign.base": "x"}}, "campaign.base: must begin with a chapter"),
        ({"set": {"norms.revision.up": 3}}, "norms.revision.up: "),
    ],
)
def test_nonsense_is_told_in_sentences(site: TestClient, change: dict[str, Any], said: str) -> None:
    answer = site.post("/api/v1/runs", json={**WISH, **change})
    assert answer.status_code == 422
    assert answer.json()["problems"][0].startswith(said)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"campaign": NaN}'])
def test_what_is_no_wish_is_refused(site: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = site.post("/api/v1/runs", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["problems"]


def test_a_full_queue_says_when_to_come_back() -> None:
    limits = Settings(hosts=("testserver",), at_once=1, waiting_each=1)
    with TestClient(create_app(limits)) as site:
        long = {**WISH, "workers": 3000, "periods": 120}
        keys, answer = [], None
        for seed in range(4):
            answer = site.post("/api/v1/runs", json={**long, "seed": seed})
            if answer.status_code != 202:
                break
            keys.append(answer.json()["id"])
        assert answer is not None
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.json()["problems"][0].startswith(
            "queue: must wait until one of yours is done"
        )
        for key in keys:
            assert site.delete(f"/api/v1/runs/{key}").status_code == 200
            assert over(site, key)["state"] in ("cancelled", "done")


def test_what_is_not_there_is_json_too(site: TestClient) -> None:
    for address in ("/api/v1/runs/none", "/api/v1/campaigns/none", "/api/v1/none"):
        answer = site.get(address)
        assert answer.status_code == 404
        assert answer.json()["problems"]


def test_campaigns_are_listed_and_told_in_full(site: TestClient) -> None:
    from stakhanov.campaign import checked, library

    assert [one["name"] for one in site.get("/api/v1/campaigns").json()] == library()
    whole = site.get("/api/v1/campaigns/stakhanovite-1935").json()
    assert checked(whole) == sk.load("stakhanovite-1935")


def test_openapi_tells_every_address_with_its_refusals(site: TestClient) -> None:
    told = site.get("/api/v1/openapi.json").json()
    assert set(told["paths"]) >= {
        "/api/v1/campaigns",
        "/api/v1/campaigns/{name}",
        "/api/v1/runs",
        "/api/v1/comparisons",
        "/api/v1/runs/{key}",
        "/api/v1/workforces",
        "/api/v1/workforces/{name}",
        "/api/v1/inspections",
        "/api/v1/guides",
        "/api/v1/guides/{name}",
        "/api/v1/guides/{name}/terms/{term}",
        "/api/v1/guides/{name}/claims",
        "/api/v1/search",
        "/api/v1/learn/{course}",
        "/api/v1/learn/{course}/session/answer",
        "/api/v1/tests/{course}",
        "/api/v1/tests/{course}/results/{name}",
        "/api/v1/groups/{key}",
        "/api/v1/groups/{key}/tests",
        "/api/v1/learner",
    }
    refusals = told["paths"]["/api/v1/runs"]["post"]["responses"]
    assert {"202", "403", "413", "422", "429", "503"} <= set(refusals)
