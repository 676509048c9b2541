"""Campaign files: every problem at once, in sentences; overlays; dated changes; sentences for people."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign import Campaign, checked, library, load
from stakhanov.foundation.problem import BadInput
from stakhanov.workforce import checked as checked_workforce
from stakhanov.workforce import load as load_workforce

NAMED = {"campaign": {"name": "trial"}}


def said(plain, check=checked) -> list[str]:
    with pytest.raises(BadInput) as found:
        check(plain)
    return [str(problem) for problem in found.value.problems]


@pytest.mark.parametrize(
    ("chapter", "sentence"),
    [
        ({"norms": {"start": 0}}, "norms.start: must be at least 0.001; found 0"),
        ({"norms": {"start": True}}, "norms.start: must be a number; found true"),
        (
            {"norms": {"revision": {"every": False}}},
            "norms.revision.every: must be a whole number; found false",
        ),
        (
            {"norms": {"prizes": []}},
            "norms.prizes: must be a key that is known here; found `prizes`"
            " (prizes stands at the top, before any [table])",
        ),
        (
            {"norms": {"revison": {}}},
            "norms.revison: must be a key that is known here; found `revison` (did you mean revision?)",
        ),
        (
            {"base": "time-wage"},
            "base: must be a key that is known here; found `base` (did you mean campaign.base?)",
        ),
        (
            {"start": 1},
            "start: must be a key that is known here; found `start`"
            " (did you mean campaign.start or norms.start?)",
        ),
        ({"norms": {"revision": {"up": 1.4}}}, "norms.revision.up: must be at most 1; found 1.4"),
        (
            {"norms": {"revision": {"every": 2.5}}},
            "norms.revision.every: must be a whole number; found 2.5",
        ),
        (
            {"plan": {"clock": [0.5, 0.4]}},
            "plan.clock: must sum to 1 (it sums to 0.9); found [0.5, 0.4]",
        ),
        (
            {"pay": {"scale": [{"from": 0.5, "rate": 1.0}]}},
            "pay.scale: must begin with a step from 0; found [{ from = 0.5, rate = 1 }]",
        ),
        (
            {"audits": {"aim": "friends"}},
            "audits.aim: must be one of random or risk; found friends",
        ),
        ({"publicity": {"intensity": 3}}, "publicity.intensity: must be at most 1; found 3"),
        ({"pay": {"scale": 5}}, "pay.scale: must be a list; found 5"),
        (
            {"audits": {"clawback": "perhaps"}},
            "audits.clawback: must be true or false; found perhaps",
        ),
        (
            {"changes": [{"at": "soon", "set": {}}]},
            "changes.soon.at: must be a whole number or a date such as 1936-01-31; found soon",
        ),
        (
            {"prizes": [{"name": "a.b", "by": "rank", "per_thousand": 1}]},
            "prizes.a.b.name: must be a name without dots that is no number: it is part of addresses; "
            "found a.b",
        ),
        (
            {"changes": [{"at": 3, "set": {"norms.start": 2.0}}]},
            "changes.0.set.norms.start: must be a rule that may change; found norms.start",
        ),
        (
            {"changes": [{"at": 3, "set": {"prizes.premium.amount": 2}}]},
            "changes.0.set.prizes.premium.amount: must lead to a parameter; found nothing at premium"
            " (the list is empty; a list held by --set drops changes of it)",
        ),
        ({"plan": {"growth": float("nan")}}, "plan.growth: must be a finite number; found nan"),
        (
            {"prizes": [{"name": "flag", "by": "rank"}]},
            'prizes.flag: a prize by rank must say `per_thousand`; found { name = "flag", by = "rank" }',
        ),
        (
            {"changes": [{"at": 3, "set": {"norms.revision.up": 3.0}}]},
            "changes.0.set.norms.revision.up: must be at most 1; found 3",
        ),
        (
            {"emulation": {"contests": [{"name": "race", "prizes": ["cup"]}]}},
            "emulation.contests.race.prizes: must name prizes of the campaign (there are none); found cup",
        ),
    ],
)
def test_a_problem_is_one_sentence(chapter, sentence) -> None:
    assert said(NAMED | chapter) == [sentence]


def test_all_problems_come_at_once() -> None:
    plain = NAMED | {"norms": {"start": -1}, "pay": {"guarantee": -1}, "plan": {"years": 0}}
    assert {line.split(":")[0] for line in said(plain)} == {
        "norms.start",
        "pay.guarantee",
        "plan.years",
    }


def test_a_file_that_is_not_toml_is_told_by_its_line(tmp_path) -> None:
    place = tmp_path / "broken.toml"
    place.write_text("format = 1\n[campaign\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"broken\.toml:2: must be TOML"):
        load(place)
    with pytest.raises(BadInput, match="did you mean time-wage"):
        load("time-wages")
    with pytest.raises(BadInput, match="must be a file; found none"):
        load(tmp_path / "nowhere.toml")


def test_a_newer_format_is_refused(tmp_path) -> None:
    place = tmp_path / "later.toml"
    place.write_text('format = 2\n[campaign]\nname = "later"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="format: must be 1; found 2"):
        load(place)


def test_an_overlay_says_only_what_differs(tmp_path) -> None:
    place = tmp_path / "mine.toml"
    place.write_text(
        '\ufeff[campaign]\r\nname = "mine"\r\nbase = "sales-quota"\r\n[norms.revision]\r\nup = 0.9\r\n',
        encoding="utf-8",
    )
    difference = load("sales-quota").difference(load(place))
    assert difference["norms.revision.up"] == (0.3, 0.9)
    assert {address.split(".")[0] for address in difference} == {"campaign", "norms"}


def test_a_base_that_leads_back_is_refused(tmp_path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        text = f'[campaign]\nname = "{one}"\nbase = "{other}.toml"\n'
        (tmp_path / f"{one}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="must not lead back"):
        load(tmp_path / "a.toml")


def test_changes_come_into_force_at_their_date() -> None:
    campaign = checked(
        NAMED | {"changes": [{"at": datetime.date(1936, 3, 15), "set": {"pay.guarantee": 0.5}}]}
    )
    assert campaign.period_of(datetime.date(1936, 3, 15)) == 14
    assert campaign.in_force(13).pay.guarantee == 0.67
    assert campaign.in_force(14).pay.guarantee == 0.5
    assert campaign.date_of(14) == datetime.date(1936, 3, 1)


@pytest.mark.parametrize("name", library())
def test_library_campaigns_load_explain_and_return_unchanged(name) -> None:
    campaign = load(name)
    assert checked(campaign.plain()) == campaign
    assert len(campaign.explain()) > 200


def test_workforce_problems_are_told() -> None:
    named = {"workforce": {"name": "trial"}}
    shares = [{"name": "a", "share": 0.5}, {"name": "b", "share": 0.4}]
    assert said(named | {"branches": shares}, checked_workforce) == [
        "branches: must have shares that sum to 1; found a sum of 0.9"
    ]
    odd = [{"name": "a", "share": 1.0, "overrides": {"ability.log_sdd": 1.0}}]
    assert "ability.log_sdd" in said(named | {"branches": odd}, checked_workforce)[0]
    people = load_workforce("soviet-industry")
    assert checked_workforce(people.plain()) == people


@given(up=st.floats(0, 1), reference=st.integers(1, 10**9), years=st.integers(1, 50))
def test_changing_by_address_and_the_difference_are_inverse(up, reference, years) -> None:
    base = Campaign.model_validate(NAMED)
    changes = {"norms.revision.up": up, "pay.reference": reference, "plan.years": years}
    changed = base.with_(changes)
    difference = base.difference(changed)
    assert base.with_({address: new for address, (_, new) in difference.items()}) == changed
    assert set(difference) == {a for a in changes if difference.get(a)}


def test_a_value_is_held_for_the_whole_run() -> None:
    campaign = load("stakhanovite-1935")
    quiet = campaign.held({"publicity.intensity": 0.0, "pay.bonus": []})
    for period in (0, 33, 36, 95):
        now = quiet.in_force(period)
        assert now.publicity.intensity == 0.0
        assert now.pay.bonus == ()
        assert now.pay.reference == campaign.in_force(period).pay.reference
    assert campaign.with_({"publicity.intensity": 0.0}).in_force(33).publicity.intensity == 0.6


def test_a_held_value_outlasts_a_change_of_the_table_around_it() -> None:
    revision = {"every": 3, "up": 0.5, "down": 0.2}
    change = {"at": 4, "set": {"norms.revision": revision}}
    campaign = load("plain-piece-rate").with_({"changes": [change]})
    found = campaign.held({"norms.revision.up": 0.1}).in_force(5).norms.revision
    assert (found.every, found.up, found.down) == (3, 0.1, 0.2)


def test_a_trait_is_held_in_every_branch() -> None:
    people = load_workforce("soviet-industry")
    assert len({branch.quits.base for branch in people.by_branch()}) > 1
    held = people.held({"quits.base": 0.001})
    assert {branch.quits.base for branch in held.by_branch()} == {0.001}
    assert {branch.recruits.skill for branch in held.by_branch()} == {0.6, 0.7}


def test_problems_of_parts_and_of_the_whole_come_at_once() -> None:
    """Fields that do not parse hide neither names that are there twice nor changes that cannot be."""
    plain = {
        "campaign": {"name": "x"},
        "norms": {"revision": {"upp": 0.3, "every": 0}},
        "prizes": [
            {"name": "cup", "by": "rank", "per_thousand": 10, "amount": "much"},
            {"name": "cup", "by": "rank", "per_thousand": 10},
            {"name": "flag", "amount": 5},
        ],
        "emulation": {
            "contests": [
                {"name": "spring", "prizes": ["cup", "flag", "medal"]},
                {"name": "summer", "prizes": ["cup"]},
            ]
        },
        "changes": [
            {"set": {"norms.revision.down": 0.2}},
            {"at": 3, "set": {"plan.years": 4, "audits.probability": 2, "prizes.flag.amount": 1}},
            {"at": 5, "set": {"norms.revision.down": 7}},
        ],
    }
    with pytest.raises(BadInput) as caught:
        checked(plain)
    assert sorted(problem.address for problem in caught.value.problems) == [
        "changes.0.at",
        "changes.1.set.audits.probability",
        "changes.1.set.plan.years",
        "changes.2.set.norms.revision.down",
        "emulation.contests.spring.prizes",
        "emulation.contests.summer.prizes",
        "norms.revision.every",
        "norms.revision.upp",
        "prizes",
        "prizes.0.amount",
        "prizes.flag.by",
    ]


def test_a_file_of_which_nothing_can_be_read_tells_what_is_wrong() -> None:
    with pytest.raises(BadInput) as caught:
        checked({"campaign": 3, "changes": 7, "plan": {"years": 0}})
    assert sorted(problem.address for problem in caught.value.problems) == [
        "campaign",
        "changes",
        "plan.years",
    ]
