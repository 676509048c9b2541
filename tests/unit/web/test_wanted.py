"""What a link says: names that ship, sizes, values by address; the same in files, nothing else."""

from __future__ import annotations

import tomllib
from urllib.parse import parse_qsl, urlsplit

import pytest

from stakhanov import campaign as campaigns
from stakhanov import workforce as workforces
from stakhanov.campaign import checked
from stakhanov.foundation.problem import BadInput
from stakhanov.web.settings import Settings
from stakhanov.web.sliders import sliders
from stakhanov.web.wanted import Wanted, pinned, unpinned, wanted

HERE = Settings()
GIVEN = {
    "norms.revision.up": "0.5",
    "audits.aim": "risk",
    "workers": "500",
    "seed": "7",
    "periods": "",
}


def problems(campaign: str, **given: str) -> list[str]:
    with pytest.raises(BadInput) as found:
        wanted(campaign, given, HERE)
    return [str(one) for one in found.value.problems]


def test_a_link_says_everything_again() -> None:
    one = wanted("plain-piece-rate", GIVEN, HERE)
    assert one == Wanted(
        "plain-piece-rate",
        workers=500,
        seed=7,
        values={"norms.revision.up": 0.5, "audits.aim": "risk"},
    )
    again = wanted("plain-piece-rate", dict(parse_qsl(urlsplit(one.link).query)), HERE)
    assert again == one
    assert again.key == one.key
    assert unpinned(pinned(one), HERE) == one


def test_another_wish_has_another_address() -> None:
    one = wanted("plain-piece-rate", GIVEN, HERE)
    assert one.key != wanted("plain-piece-rate", {**GIVEN, "seed": "8"}, HERE).key
    assert one.key != wanted("time-wage", GIVEN, HERE).key


def test_the_files_say_the_same_rules() -> None:
    one = wanted("stakhanovite-1935", {"publicity.intensity": "0", "peers.conformity": "0.2"}, HERE)
    rules, people = one.rules()
    assert checked(tomllib.loads(one.file("campaign"))) == rules
    assert workforces.checked(tomllib.loads(one.file("workforce"))) == people
    assert not [change for change in rules.changes if "publicity.intensity" in change.set]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "mine.toml", "", "a" * 9999]
)
def test_a_path_is_no_name(name: str) -> None:
    assert problems(name)[0].startswith("campaign: must be one that ships; found")
    assert problems("time-wage", workforce=name or "x")[0].startswith("workforce: must be one that")


def test_all_problems_are_told_at_once() -> None:
    told = problems(
        "time-wage", workers="many", **{"norms.revision.upp": "1", "audits.probability": "2"}
    )
    assert told[0] == "workers: must be a whole number; found many"
    assert any(one.startswith("norms.revision.upp: ") and "norms" in one for one in told)


def test_sizes_have_limits() -> None:
    many = problems("time-wage", workers="200001")
    assert len(many) == 1
    assert many[0].startswith("workers: must lie between 1 and 200,000 on this site; found 200001")
    assert problems("time-wage", periods="601")[0].startswith("periods: must lie between 1 and 600")
    assert problems("time-wage", seed="9" * 20)[0].startswith("seed: must lie between")


def test_a_long_text_and_many_fields_are_refused() -> None:
    assert (
        problems("time-wage", **{"norms.start": "1" * 201})[0]
        == "norms.start: must be short; found a long text"
    )
    many = {f"norms.x{n}": "1" for n in range(101)}
    assert problems("time-wage", **many) == ["addresses: must be at most 100 at once; found 101"]
    with pytest.raises(BadInput, match="pinned: must have at most 8000 letters"):
        unpinned("a" * 8001, HERE)


@pytest.mark.parametrize("name", campaigns.library())
def test_every_number_of_a_campaign_has_a_slider_within_its_bounds(name: str) -> None:
    found = sliders(campaigns.load(name), workforces.load("soviet-industry"), {})
    rows = [one for chapter in found.values() for one in chapter]
    assert len({one.address for one in rows}) == len(rows)
    for one in rows:
        assert one.title
        if one.choices:
            assert one.value in one.choices
            continue
        assert one.low <= one.value <= one.high
        assert one.low < one.high
        assert 0.0 < one.step <= one.high - one.low
        assert one.parameter.low is None or one.low >= one.parameter.low
        assert one.parameter.high is None or one.high <= one.parameter.high


def test_a_slider_says_what_the_declaration_says() -> None:
    found = sliders(
        campaigns.load("stakhanovite-1935"),
        workforces.load("soviet-industry"),
        {"norms.revision.up": "0.25"},
    )
    one = found["Turned first"][0]
    assert (one.address, one.value, one.given, one.at) == (
        "norms.revision.up",
        0.03,
        "0.25",
        "0.25",
    )
    assert (one.parameter.unit, one.parameter.bounds) == ("share of the excess", "0 to 1")
    assert (one.low, one.high, one.step) == (0.0, 1.0, 0.01)
    assert one.dated
    assert one.source.startswith("Published: Sign and asymmetry: Leone and Rock 2002")
