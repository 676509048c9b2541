"""Questions of a visitor's own rules: which rule adds what, and where a claim breaks."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

import stakhanov as sk
from tests.unit.web.conftest import SMALL, over
from tests.unit.web.test_experiments import asked

PLACE = "/laboratory/plain-piece-rate"


def test_the_shares_are_those_of_the_command(site: TestClient) -> None:
    fields = {**SMALL, "measure": "true_output", "replicates": "2"}
    answer = site.post(
        f"{PLACE}/decompositions",
        data={**fields, "rule": ["strain", "norm-revision"]},
        follow_redirects=False,
    )
    key = answer.headers["location"].removeprefix("/runs/").split("?")[0]
    found = over(site, key)
    other = sk.decompose(
        "plain-piece-rate",
        "true_output",
        "heavy-machine-building",
        rules=["norm-revision", "strain"],
        workers=60,
        periods=4,
        replicates=2,
    )
    result = found["result"]
    assert isinstance(result, dict)
    told = {one["rule"]: (one["share"], one["low"], one["high"]) for one in result["rules"]}
    assert told == {
        one.rule.name: (one.share.mean, one.share.low, one.share.high) for one in other.shares
    }
    page = site.get(str(found["link"])).text
    assert "<svg" in page
    shown = re.findall(r'<tr><th scope="row">([^<]*)</th><td class="n">', page)
    assert shown == [*(one.rule.title for one in other.shares), "All together"]
    assert 'value="strain" checked' in page
    assert 'value="prizes" checked' not in page


def test_a_claim_begins_where_arithmetic_says(site: TestClient) -> None:
    """A norm that is never raised stays at 1, half a unit below 1.5."""
    fields = {
        **SMALL,
        "measure": "norm_level",
        "norms.revision.up": "0",
        "norms.revision.down": "0",
        "sign": "less",
        "against": "1.5",
        "address": "norms.revision.up",
        "from": "0",
        "to": "1",
        "replicates": "2",
    }
    key = asked(site, f"{PLACE}/breaks", fields)
    found = over(site, key)
    result = found["result"]
    assert isinstance(result, dict)
    tried = {one["value"]: one for one in result["tried"]}
    assert tried[0.0]["difference"] == pytest.approx(1.0 - 1.5)  # the norm never moves
    assert tried[0.0]["holds"]
    assert found["state"] == "done"
    assert "Where it breaks" in site.get(str(found["link"])).text


@pytest.mark.parametrize(
    ("place", "fields", "said"),
    [
        ("decompositions", {}, "rules: must be at least one; found none"),
        (
            "decompositions",
            {"rule": "nobody"},
            "rules: must name rules of a campaign; found nobody",
        ),
        ("decompositions", {"rule": "strain", "measure": "x"}, "measure: must be a measure"),
        (
            "decompositions",
            {"rule": "strain", "workers": "200000", "periods": "600", "replicates": "32"},
            "workers times periods on this site",
        ),
        ("breaks", {"sign": "?"}, "sign: must be more or less"),
        ("breaks", {"against": "many"}, "against: must be a number or empty"),
        ("breaks", {"address": ""}, "address: must be one that moves"),
        ("breaks", {"from": "-1"}, "norms.revision.up: must"),
    ],
)
def test_what_cannot_be_asked_is_told(
    site: TestClient, place: str, fields: dict[str, str], said: str
) -> None:
    usual = {**SMALL, "address": "norms.revision.up", "from": "0", "to": "1"}
    answer = site.post(f"{PLACE}/{place}", data={**usual, **fields})
    assert answer.status_code == 422, answer.text
    assert said in answer.text


def test_the_page_keeps_what_was_set(site: TestClient) -> None:
    page = site.get(f"{PLACE}/questions", params={**SMALL, "pay.piece_share": "0.2"}).text
    assert page.count('name="pay.piece_share" value="0.2"') == 2
    assert 'value="60"' in page
