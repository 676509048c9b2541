"""Rules that differ and runs that do not: what is cautioned of them, and what of a run that is too short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import stakhanov as sk
from stakhanov.campaign import Campaign
from stakhanov.campaign.warnings import too_late
from stakhanov.experiments.alike import alike_values, named

SMALL: dict[str, Any] = {"workforce": "heavy-machine-building", "workers": 100, "replicates": 2}
LATE = "the first revision lies behind the run of 2 periods; none will come"


def test_a_value_that_nothing_hangs_on_makes_no_difference() -> None:
    """A time wage has nothing to pad for, so that fines are never due."""
    found = sk.sweep("time-wage", {"audits.fine": [0.0, 1.0, 2.0]}, periods=2, **SMALL)
    assert [str(one) for one in found.cautions] == [
        "audits.fine: makes no difference: every run is the same at all 3 values"
    ]


def test_only_some_values_may_make_none() -> None:
    """Twelve shifts and thirteen are both behind two periods; people who do not foresee do not mind."""
    blind = sk.load_workforce("heavy-machine-building").with_({"foresight.share": 0.0})
    given = {**SMALL, "workforce": blind}
    every = {"norms.revision.every": [1, 12, 13]}
    told = [str(one) for one in sk.sweep("plain-piece-rate", every, periods=2, **given).cautions]
    assert told == [
        "norms.revision.every: every run is the same at 12 and 13",
        f"norms.revision.every: at 12 and 13 {LATE}",
    ]


def test_a_run_that_is_too_short_is_cautioned_even_where_people_foresee() -> None:
    vary = {"norms.revision.up": [0.0, 0.5]}
    short = sk.sweep("plain-piece-rate", vary, periods=2, **SMALL)
    assert len({row["value"] for row in short.table.to_dicts()}) == 2
    assert [str(one) for one in short.cautions] == [f"norms.revision.every: {LATE}"]
    assert sk.sweep("plain-piece-rate", vary, periods=12, **SMALL).cautions == ()


def test_two_campaigns_that_differ_may_give_the_same_runs(
    campaign_with_a_late_change: Campaign,
) -> None:
    plain = sk.load("plain-piece-rate")
    found = sk.compare(plain, campaign_with_a_late_change, periods=2, **SMALL)
    assert [str(one) for one in found.cautions] == [
        "b: differs from a in its rules or people, and yet every run is the same",
        "changes.0.at: in b 30 lies behind the run of 2 periods; the change will not come into force",
    ]
    assert {row.difference.mean for row in found.rows} == {0.0}


def test_what_is_only_in_one_is_told_of_that_one() -> None:
    soon = sk.load("plain-piece-rate").with_({"norms.revision.every": 1})
    found = sk.compare(soon, "plain-piece-rate", periods=2, **SMALL)
    assert [str(one) for one in found.cautions] == [f"norms.revision.every: in b {LATE}"]


def test_arms_of_an_experiment_are_cautioned_of_too(tmp_path: Path) -> None:
    file = tmp_path / "late.toml"
    file.write_text(
        'format = 1\nid = "late"\ntitle = "Late"\nquestion = "Does it?"\ncampaign = "time-wage"\n'
        'workforce = "heavy-machine-building"\nworkers = 100\nperiods = 2\nreplicates = 2\n'
        'measures = ["true_output"]\n[arms.base]\n"audits.fine" = 0.0\n[arms.other]\n"audits.fine" = 1.0\n'
    )
    told = [str(one) for one in sk.conduct(file).cautions]
    assert told == [
        "arms.other: differs from base in its rules or people, and yet every run is the same"
    ]


def test_a_caution_of_length_goes_where_the_run_is_long_enough(
    campaign_with_a_late_change: Campaign,
) -> None:
    assert [one.address for one in too_late(campaign_with_a_late_change, 30)] == ["changes.0.at"]
    assert too_late(campaign_with_a_late_change, 31) == []
    assert LATE in [one.sentence for one in too_late(sk.load("plain-piece-rate"), 2)]


def test_two_addresses_are_told_apart() -> None:
    """The second address decides, the first does not."""
    came = [["a", "b"], ["a", "b"]]
    assert len(list(alike_values("first", ["0", "1"], came))) == 1
    assert list(alike_values("second", ["0", "1"], [["a", "a"], ["b", "b"]])) == []
    assert list(alike_values("alone", ["0"], [["a"]])) == []


def test_of_many_names_some_are_told() -> None:
    assert named(["1"]) == "1"
    assert named([str(one) for one in range(10)]) == "0, 1, 2, 3, 4, 5, 6, 7 and 2 more"


@pytest.fixture
def campaign_with_a_late_change() -> Campaign:
    change = {"at": 30, "set": {"pay.piece_share": 0.5}}
    return sk.load("plain-piece-rate").with_({"changes": [change]})


def test_over_two_addresses_what_hangs_on_one_is_told_of_that_one() -> None:
    vary = {"norms.revision.every": [12, 1], "norms.revision.up": [0.0, 0.5]}
    found = sk.sweep("plain-piece-rate", vary, periods=2, **SMALL)
    assert [str(one) for one in found.cautions] == [f"norms.revision.every: at 12 {LATE}"]
