"""`stakhanov theory`: values, formula, source; every problem at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]


def test_a_tournament_by_lazear_and_rosen(stakhanov: Call) -> None:
    """e = W / (2 c sigma sqrt(pi)) with W = 10, c = 2, sigma = 3."""
    said = stakhanov(
        "theory", "tournament", "--set", "prize=10", "--set", "noise=3", "--set", "cost=2", "--json"
    )
    assert (said.code, said.err) == (0, "")
    assert said.data["value"] == pytest.approx(0.470158, abs=1e-6)
    assert {"name", "formula", "source"} <= said.data.keys()
    assert "Lazear" in said.data["source"]


def test_text_says_value_formula_and_source(stakhanov: Call) -> None:
    said = stakhanov("theory", "peers", "--set", "slope=0.5")
    assert said.code == 0
    for word in ("formula", "source", "value    1\n"):
        assert word in said.out


def test_several_values_are_an_object(stakhanov: Call) -> None:
    keys = ("rate_below=1", "rate_above=2", "norm=1", "elasticity=0.5")
    options = [part for key in keys for part in ("--set", key)]
    said = stakhanov("theory", "convex-hole", *options, "--json")
    assert said.data["value"].keys() == {"low", "high"}
    assert said.data["value"]["low"] < 1.0 < said.data["value"]["high"]


def test_an_infinite_value_is_null_and_says_so(stakhanov: Call) -> None:
    keys = ("bonus=10", "audit=0", "fine=0", "lying_cost=0")
    options = [part for key in keys for part in ("--set", key)]
    said = stakhanov("theory", "padding", *options, "--json")
    assert (said.data["value"], said.data["note"]) == (None, "the value is infinite")
    assert "value    inf\n" in stakhanov("theory", "padding", *options).out


def test_without_a_name_the_list(stakhanov: Call) -> None:
    named = {form["name"] for form in stakhanov("theory", "--json").data["forms"]}
    assert {
        "piece-rate",
        "tournament",
        "ratchet",
        "notch",
        "efficiency-wage",
        "hours-wall",
    } <= named
    text = stakhanov("theory").out
    assert all(name in text for name in named)


def test_about_says_what_is_asked_for(stakhanov: Call) -> None:
    keys = stakhanov("theory", "record", "--about", "--json").data["keys"]
    assert {key["key"]: key["default"] for key in keys} == {
        "workers": None,
        "median": 1.0,
        "log_sd": None,
    }


def test_dashes_and_underscores_are_alike(stakhanov: Call) -> None:
    one = stakhanov("theory", "record", "--set", "workers=1000", "--set", "log_sd=0.25", "--json")
    other = stakhanov("theory", "record", "--set", "workers=1000", "--set", "log-sd=0.25", "--json")
    assert one.data == other.data


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (
            ["tornament", "--set", "x"],
            [
                "--set: must be given as KEY=VALUE; found x",
                "theory: must be the name of a closed form; found tornament (did you mean tournament?)",
            ],
        ),
        (["--set", "slope=1"], ["--set: must come with the name of a form; found slope=1"]),
        (
            ["peers", "--set", "slope=0.1", "--set", "slope=0.2"],
            [
                "--set slope: must be given once; found it twice"
                " (several values go with commas: KEY=1,2,3)"
            ],
        ),
        (
            ["tournament", "--set", "prize=-1"],
            [
                "tournament.prize: must be a number of at least 0; found -1",
                "tournament.noise: must be given; found nothing "
                "(Noise: standard deviation, or scale if gumbel)",
            ],
        ),
    ],
)
def test_every_problem_is_told(stakhanov: Call, arguments: list[str], sentences: list[str]) -> None:
    said = stakhanov("theory", *arguments, "--json")
    assert said.code == 2
    assert len(said.data["problems"]) == len(sentences)
    assert said.lines == sentences


def test_a_list_for_a_number_gives_a_list(stakhanov: Call) -> None:
    """Three tournaments at once: effort goes with the prize, the form is linear in it."""
    given = ("--set", "prize=1,2,10", "--set", "noise=3")
    one = stakhanov("theory", "tournament", "--set", "prize=1", "--set", "noise=3", "--json").data
    said = stakhanov("theory", "tournament", *given, "--json").data
    assert said["given"] == {"prize": [1.0, 2.0, 10.0]}
    assert said["value"] == pytest.approx([one["value"] * times for times in (1, 2, 10)])
    rows = [
        line.split() for line in stakhanov("theory", "tournament", *given).out.splitlines()[-3:]
    ]
    assert [row[0] for row in rows] == ["1", "2", "10"]


def test_lists_go_side_by_side_and_must_be_as_long(stakhanov: Call) -> None:
    """For ever, 1 / (1 + adjustment / interest) is left; with one period left, 1 - 0.2 * 0.9."""
    given = ("--set", "adjustment=0.1,0.2", "--set", "discount=0.9", "--set")
    said = stakhanov("theory", "ratchet", *given, "periods_left=inf,1", "--json").data
    assert said["value"] == pytest.approx([1.0 / (1.0 + 0.1 / (1.0 / 0.9 - 1.0)), 1.0 - 0.2 * 0.9])
    assert said["given"]["periods_left"] == [None, 1.0]
    assert said["note"] == "null is infinite"
    bad = stakhanov("theory", "ratchet", *given, "periods_left=1,2,3", "--json")
    assert bad.code == 2
    assert bad.lines == [
        "ratchet: must have as many values at every key that has several;"
        " found adjustment has 2, periods_left has 3"
    ]


def test_a_form_of_several_values_gives_a_list_of_each(stakhanov: Call) -> None:
    common = ("theory", "convex-hole", "--set", "rate_above=2", "--set", "norm=1", "--set")
    one = stakhanov(*common, "elasticity=0.5", "--set", "rate_below=1", "--json").data["value"]
    two = stakhanov(*common, "elasticity=0.5,0.5", "--set", "rate_below=1", "--json").data["value"]
    assert two == {"low": [one["low"]] * 2, "high": [one["high"]] * 2}
