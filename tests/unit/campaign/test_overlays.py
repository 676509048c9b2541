"""Files laid over others: what differs is written, what stays is taken over, with its evidence."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from stakhanov.campaign import load
from stakhanov.foundation.problem import BadInput
from stakhanov.workforce import checked as checked_workforce
from stakhanov.workforce import load as load_workforce


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place


OVER = """
[campaign]
name = "mine"
base = "stakhanovite-1935"
[pay]
guarantee = 0.5
[[prizes]]
name = "premium"
amount = 1
[[changes]]
at = 1936-01-01
set = { "publicity.intensity" = 0.1 }
[[changes]]
at = 1936-06-01
set = { "pay.guarantee" = 0.4 }
"""


def test_only_what_is_written_differs(tmp_path: Path) -> None:
    base, mine = load("stakhanovite-1935"), load(written(tmp_path, OVER))
    differs = {a for a in base.difference(mine) if not a.startswith("campaign.")}
    assert differs == {
        "pay.guarantee",
        "prizes.premium.amount",
        "changes.1936-01-01.set.publicity.intensity",
        "changes.1936-06-01.at",
        "changes.1936-06-01.note",
        "changes.1936-06-01.source",
        "changes.1936-06-01.set.pay.guarantee",
    }
    assert mine.in_force(36).pay.reference == base.in_force(36).pay.reference  # of the same change
    assert len(mine.prizes) == len(base.prizes)


def test_evidence_for_what_changed_is_left_behind(tmp_path: Path) -> None:
    base, mine = load("stakhanovite-1935"), load(written(tmp_path, OVER))
    gone = base.campaign.evidence.keys() - mine.campaign.evidence.keys()
    assert gone == {"pay.guarantee", "prizes.premium", "publicity.intensity@1936-01-01"}
    assert mine.campaign.evidence["pay.scale"] == base.campaign.evidence["pay.scale"]
    changed = base.with_({"pay.scale": [{"from": 0.0, "rate": 1.0}]})
    assert base.campaign.evidence.keys() - changed.campaign.evidence.keys() == {"pay.scale"}
    held = base.held({"publicity.intensity": 0.0})
    assert not [key for key in held.campaign.evidence if key.startswith("publicity.intensity@")]
    assert (
        held.stages[-1].campaign.evidence == held.campaign.evidence
    )  # a stage is the whole file's
    people = load_workforce("soviet-industry").with_({"strain.growth": 0.0})
    assert "strain.growth" not in people.workforce.evidence
    assert "strain.recovery" in people.workforce.evidence


def test_new_evidence_for_a_new_value_stays(tmp_path: Path) -> None:
    text = OVER + '[campaign.evidence]\n"pay.guarantee" = { note = "A guess." }\n'
    text = text.replace("[pay]", "[pay]\n# the guarantee is ours\n")
    header, _, rest = text.partition("[campaign.evidence]")
    place = written(tmp_path, header + "[campaign.evidence]" + rest)
    assert load(place).campaign.evidence["pay.guarantee"].note == "A guess."


def test_a_base_is_told_from_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    written(tmp_path, '[campaign]\nname = "low"\n[pay]\nreference = 7\n', "low.toml")
    place = written(tmp_path / "below", '[campaign]\nname = "up"\nbase = "../low.toml"\n')
    assert load(place).pay.reference == 7


def test_an_unknown_base_is_told_with_the_nearest(tmp_path: Path) -> None:
    place = written(tmp_path, '[campaign]\nname = "x"\nbase = "time-wages"\n')
    with pytest.raises(BadInput, match=r"campaign\.base: must be .*did you mean time-wage\?"):
        load(place)


def test_no_cost_of_lying_and_an_infinite_one_are_values(tmp_path: Path) -> None:
    for cost in (0.0, math.inf):
        people = load_workforce("soviet-industry").with_({"honesty.lying_cost": cost})
        assert people.honesty.lying_cost == cost
        assert checked_workforce(people.plain()) == people
    assert people.plain()["honesty"]["lying_cost"] == "inf"  # JSON knows no infinity
    place = written(tmp_path, '[workforce]\nname = "honest"\n[honesty]\nlying_cost = inf\n')
    assert load_workforce(place).honesty.lying_cost == math.inf


def test_normal_fatigue_is_what_effort_one_keeps_up() -> None:
    people = load_workforce("soviet-industry")
    level = 0.0
    for _ in range(200):
        level = level * math.exp(-1.0 / people.fatigue.recovery) + people.fatigue.load
    assert people.fatigue.normal == pytest.approx(level, rel=1e-12)
    assert people.with_({"fatigue.load": 0.0}).fatigue.normal == 0.0
    assert people.with_({"fatigue.rest": 1.5}).fatigue.normal == 1.5


def test_what_a_base_says_of_itself_is_not_taken_over(tmp_path: Path) -> None:
    falling = "[pay]\nscale = [{ from = 0, rate = 1 }, { from = 1, rate = 0.5 }]\n"
    header = '[campaign]\nname = "mine"\nbase = "plain-piece-rate"\n'
    mine = load(written(tmp_path, header + falling))
    assert (mine.campaign.title, mine.campaign.summary) == ("", "")
    assert "Every unit pays the same" not in mine.explain()
    assert mine.explain().splitlines()[0] == "mine"
    own = header + 'title = "Mine"\nsummary = "Half beyond the norm."\n' + falling
    assert load(written(tmp_path, own)).explain().startswith("Mine\nHalf beyond the norm.\n")
    people = '[workforce]\nname = "few"\nbase = "soviet-industry"\n'
    assert load_workforce(written(tmp_path, people)).workforce.title == ""
