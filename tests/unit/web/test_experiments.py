"""Experiments in the browser: asked, predicted, run, held against the prediction, broken."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

import stakhanov as sk
from stakhanov.experiments.breaking import find_break
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.load import library, load
from stakhanov.experiments.verdict import conduct
from stakhanov.foundation.problem import BadInput
from stakhanov.web.bounds import Effort
from stakhanov.web.foreseen import Guess, outcome_of, score
from stakhanov.web.settings import Settings
from tests.unit.web.conftest import over

RATCHET = "/experiments/ratchet"
RIGHT = {"hold-back": "lower", "foresight": "higher"}


def asked(site: TestClient, address: str, fields: dict[str, str]) -> str:
    answer = site.post(address, data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix("/runs/").split("?")[0]


def test_every_experiment_is_listed_with_its_question_and_has_a_page(site: TestClient) -> None:
    listed = site.get("/laboratory").text
    for name in library():
        experiment = load(name)
        assert f'href="/experiments/{name}"' in listed
        page = site.get(f"/experiments/{name}").text
        assert experiment.question.replace("'", "&#39;") in page
        for one in experiment.assumptions:
            assert one.replace("'", "&#39;").replace('"', "&#34;") in page
        for one in experiment.expectations:
            assert page.count(f'name="{one.id}"') == len(Guess)
            # What is asked does not give the answer away.
            assert one.says.replace("'", "&#39;") not in page.split("Where does it break?")[0]


def test_the_verdict_is_that_of_the_command_beside_what_was_expected(site: TestClient) -> None:
    key = asked(site, f"{RATCHET}/runs", {"hold-back": "lower", "foresight": "same"})
    found = over(site, key)
    assert found["state"] == "done"
    verdict = conduct("ratchet")
    result = found["result"]
    assert isinstance(result, dict)
    assert [one["difference"] for one in result["expectations"]] == [
        one.gap.mean for one in verdict.findings
    ]
    page = site.get(f"/runs/{key}").text
    assert f"{sum(one.holds for one in verdict.findings)} of 2 expectations hold" in page
    assert "You foresaw 1 of 2." in page
    assert (
        "You expected it <strong>about the same</strong>; it came <strong>higher</strong>" in page
    )
    assert page.count('class="finding"') == 2
    assert site.get(f"/runs/{key}/table.csv").text.startswith("arm,measure,value,low,high,unit")
    again = site.get(str(found["link"])).text
    assert "You foresaw 1 of 2." in again
    assert re.search(r'name="foresight" value="same" required checked', again)


def test_no_run_without_a_prediction(site: TestClient) -> None:
    answer = site.post(f"{RATCHET}/runs", data={"hold-back": "lower"})
    assert answer.status_code == 422
    assert "foresight: must be expected" in answer.text
    wrong = site.post(f"{RATCHET}/runs", data={**RIGHT, "foresight": "<b>"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;" in wrong.text


def test_an_arm_opens_in_the_sliders_with_its_values(site: TestClient) -> None:
    page = site.get(RATCHET).text
    links = re.findall(r'href="(/laboratory/plain-piece-rate\?[^"]*)"', page)
    assert len(links) == 3
    opened = site.get(links[1].replace("&amp;", "&")).text
    assert 'name="arm" value="ratchet.ratchet"' in opened
    up = re.search(r'name="norms.revision.up"[^>]*placeholder="([^"]*)"', opened)
    assert up is not None
    assert up[1] == "0.3"
    fields = {
        "arm": "ratchet.ratchet",
        "workforce": "heavy-machine-building",
        "workers": "60",
        "periods": "4",
    }
    key = asked(site, "/laboratory/plain-piece-rate/runs", fields)
    result = over(site, key)["result"]
    asked_of = load("ratchet")
    values = {**asked_of.set, **asked_of.differences["ratchet"]}
    other = sk.simulate(
        sk.load("plain-piece-rate").held(
            {name: value for name, value in values.items() if not name.startswith("foresight")}
        ),
        "heavy-machine-building",
        workers=60,
        periods=4,
    )
    assert isinstance(result, dict)
    assert result["measures"]["true_output"]["value"] == other.measures["true_output"]["value"]


@pytest.mark.parametrize("arm", ["ratchet.nobody", "../x.y", "nothing", "padding.rare.more"])
def test_an_arm_that_does_not_ship_is_refused(site: TestClient, arm: str) -> None:
    answer = site.get("/laboratory/plain-piece-rate", params={"arm": arm})
    assert answer.status_code == 422
    assert "arm: must be EXPERIMENT.ARM of an experiment that ships" in answer.text


def test_the_break_is_that_of_the_command(site: TestClient) -> None:
    fields = {
        "expectation": "audits-deter",
        "address": "audits.probability",
        "from": "0.05",
        "to": "0.3",
    }
    key = asked(site, "/experiments/padding/breaks", fields)
    found = over(site, key)
    with Laboratory() as room:
        expected = find_break(load("padding"), "audits.probability", (0.05, 0.3), room)
    result = found["result"]
    assert isinstance(result, dict)
    assert (result["holds_until"], result["fails_from"]) == (
        expected.holds_until,
        expected.fails_from,
    )
    page = site.get(str(found["link"])).text
    assert f"and no more at {expected.fails_from:.3g}: the break lies between" in page
    assert len(result["tried"]) == page.count('<th scope="row" class="n">')


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from": "x", "to": "1"}, "from: must be a number; found x"),
        ({"from": "nan", "to": "1"}, "from: must be a number; found nan"),
        ({"from": "0", "to": "0"}, "to: must be another value"),
        ({"from": "0", "to": "5"}, "norms.revision.up: must"),
        ({"address": "norms.nothing"}, "norms.nothing"),
        ({"address": "../../etc"}, "../../etc"),
        ({"expectation": "nobody"}, "expectation: must be one of the experiment"),
    ],
)
def test_a_move_that_cannot_be_is_told_before_anything_runs(
    site: TestClient, fields: dict[str, str], said: str
) -> None:
    usual = {
        "expectation": "hold-back",
        "address": "norms.revision.up",
        "from": "0",
        "to": "0.5",
    }
    answer = site.post(f"{RATCHET}/breaks", data={**usual, **fields})
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize("name", ["nothing", "..%2fpadding", "padding.toml"])
def test_an_experiment_that_does_not_ship_is_not_found(site: TestClient, name: str) -> None:
    assert site.get(f"/experiments/{name}").status_code == 404
    assert site.get(f"/experiments/{name}/experiment.toml").status_code == 404


def test_the_file_is_that_which_ships(site: TestClient) -> None:
    text = site.get(f"{RATCHET}/experiment.toml").text
    assert 'id = "ratchet"' in text


def test_a_question_that_is_too_large_says_how_large_it_may_be() -> None:
    small = Settings(most_runs=10, most_lived=1000)
    Effort(10, 10, 10).check(small)
    with pytest.raises(BadInput) as found:
        Effort(11, 10, 10).check(small)
    assert [one.must for one in found.value.problems] == [
        "must be at most 10 in one question",
        "must take at most 1,000 workers times periods on this site",
    ]


def test_what_was_foreseen_is_counted() -> None:
    findings = conduct("ratchet").findings
    came = [outcome_of(one) for one in findings]
    assert came == [Guess.LOWER, Guess.HIGHER]
    right = {one.expectation.id: guess for one, guess in zip(findings, came, strict=True)}
    assert score(right, findings) == "You foresaw all 2."
    assert score({**right, "foresight": Guess.OPEN}, findings) == "You foresaw it."
    assert score({**right, "foresight": Guess.LOWER}, findings) == "You foresaw 1 of 2."
    assert score({}, findings) == ""


def test_a_verdict_says_whether_the_runs_agree_with_what_guides_claim(site: TestClient) -> None:
    before = site.get(RATCHET).text
    key = asked(site, f"{RATCHET}/runs", RIGHT)
    over(site, key)
    page = site.get(f"/runs/{key}").text
    claimed = page.split('<section id="claimed">')[1].split("</section>")[0]
    assert 'href="/guides/soviet-union/ratchet-effect.html#hold-back"' in claimed
    assert "People who see it coming hold back" in claimed
    assert "These runs agree" in claimed
    assert "People who see it coming hold back" not in before
