"""Experiments as files: what they may say, and every way of saying it wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stakhanov.experiments import load
from stakhanov.experiments.arms import base_of
from stakhanov.experiments.declaration import Experiment, checked
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.trial import Trial
from stakhanov.experiments.verdict import conduct
from stakhanov.foundation.problem import BadInput

TEXT = """
format = 1
id = "padding"
title = "Padding"
question = "Does it pay?"
campaign = "plain-piece-rate"
seeds = [3, 5, 9]

[set]
"norms.revision.every" = 1

[arms.fixed]
title = "Norms stay"
norms.revision.up = 0.0

[arms.chasing]
"norms.revision.up" = 0.5
pay.scale = [{ from = 0.0, rate = 1.0 }]
workforce_is_not_a_chapter = 1

[[expectations]]
id = "rises"
measure = "padded_share"
arm = "chasing"
versus = "fixed"
op = ">"
min_gap = 0.01
"""


def problems_of(plain: dict[str, Any]) -> list[str]:
    with pytest.raises(BadInput) as found:
        conduct(checked(plain))
    return [str(problem) for problem in found.value.problems]


def test_addresses_may_be_written_as_tables_or_as_words(tmp_path: Path) -> None:
    place = tmp_path / "padding.toml"
    place.write_text(TEXT.replace("workforce_is_not_a_chapter = 1", ""), encoding="utf-8")
    found = load(place)
    assert found.differences == {
        "fixed": {"norms.revision.up": 0.0},
        "chasing": {"norms.revision.up": 0.5, "pay.scale": [{"from": 0.0, "rate": 1.0}]},
    }
    assert found.titles == {"fixed": "Norms stay", "chasing": "chasing"}
    assert found.seeds_of == (3, 5, 9)


def test_a_file_survives_being_read_and_written(example: Experiment) -> None:
    assert checked(example.plain()) == example
    assert example.under([7, 8]).seeds_of == (7, 8)
    assert example.with_({"periods": 5}).periods == 5


def test_names_are_no_paths(plain: dict[str, Any]) -> None:
    for name in ("../secret", "a/b", "time-wage.toml", ""):
        with pytest.raises(BadInput, match="campaign"):
            checked({**plain, "campaign": name})


def test_a_campaign_of_ones_own_stands_beside_the_file(
    plain: dict[str, Any], tmp_path: Path
) -> None:
    text = 'format = 1\n[campaign]\nname = "mine"\nbase = "time-wage"\n[pay]\nguarantee = 0.3\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    asked = checked({**plain, "campaign": "mine"})
    assert base_of(asked, tmp_path).campaign.pay.guarantee == 0.3
    with pytest.raises(BadInput, match="must be the name of a campaign"):
        base_of(asked)


def test_unknown_addresses_have_their_neighbours_named(plain: dict[str, Any]) -> None:
    arms = {
        "base": {"norm.revision.up": 0.1},
        "other": {"norms.revison.up": 0.1, "peers.conformty": 0.1, "pay.guarantee": 20},
        "third": {"campaign.name": "x"},
    }
    assert problems_of({**plain, "arms": arms}) == [
        "arms.base.norm.revision.up: must begin with a chapter of the campaign or the workforce; found norm"
        " (did you mean norms.revision.up?)",
        "arms.other.norms.revison: must be a key that is known here; found `revison` (did you mean revision?)",
        "arms.other.pay.guarantee: must be at most 1; found 20",
        "arms.other.peers.conformty: must be a key that is known here; found `conformty`"
        " (did you mean conformity?)",
        "arms.third.campaign.name: must begin with a chapter of the campaign or the workforce; found campaign",
    ]


def test_expectations_are_held_against_what_there_is(plain: dict[str, Any]) -> None:
    wrong = [
        {"id": "a", "measure": "true_ouput", "arm": "base", "versus": "base", "op": ">"},
        {"id": "a", "measure": "pay_mean", "arm": "bass", "versus": "other", "op": ">"},
    ]
    assert problems_of({**plain, "expectations": wrong}) == [
        "expectations: must have ids of their own; found a twice",
        "expectations.0.measure: must be a measure; found true_ouput (did you mean true_output?)",
        "expectations.0.versus: must be held against another arm; found base again",
        "expectations.1.arm: must name an arm; found bass (did you mean base?)",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"op": "=>"}, "expectations.0.op: must be one of >, >=, <, <= or =; found =>"),
        ({"op": "="}, "must say `max_gap` where op is `=`, and only there"),
        ({"max_gap": 1.0}, "must say `max_gap` where op is `=`, and only there"),
        ({"min_gap": -1.0}, "expectations.0.min_gap: must be at least 0; found -1"),
        ({"versus": True}, "expectations.0.versus: must be the name of an arm, or a number"),
        ({"gap": 1.0}, "expectations.0.gap: must be a key that is known here; found `gap`"),
    ],
)
def test_an_expectation_must_be_one(
    plain: dict[str, Any], change: dict[str, Any], told: str
) -> None:
    expectation = {**plain["expectations"][0], **change}
    with pytest.raises(BadInput) as found:
        checked({**plain, "expectations": [expectation]})
    assert told in str(found.value)


def test_seeds_are_said_in_one_way(plain: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="must say `seeds`, or `seed` and `replicates`"):
        checked({**plain, "seeds": [1, 2]})
    with pytest.raises(BadInput, match="must have seeds of their own"):
        checked({**plain, "replicates": 8, "seeds": [1, 1]})


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "padding.toml"
    place.write_text(TEXT.replace("format = 1", "format = 2"), encoding="utf-8")
    with pytest.raises(
        BadInput, match=r"format: must be 1; found 2 \(written by a newer stakhanov\)"
    ):
        load(place)


def test_arms_that_do_not_differ_are_told(plain: dict[str, Any], invented: Any) -> None:
    arms = {"base": {}, "other": {"pay.guarantee": 1.0}, "third": {"pay.guarantee": 0.5}}

    def rule(trial: Trial) -> float:
        return trial.design.campaign.pay.guarantee

    found = conduct(checked({**plain, "arms": arms}), Laboratory(executor=invented(rule)))
    assert [str(one) for one in found.cautions] == [
        "arms.other: does not differ from base; every difference will be exactly 0"
    ]
    assert found.findings[0].gap.mean == 0.0
    assert not found.holds
