"""Warnings say what people will do; a plain campaign has none; limits that are passed are breaches."""

from __future__ import annotations

from typing import Any

import pytest

from stakhanov.campaign import Campaign, checked, load
from stakhanov.campaign.breaches import hours_beyond, strain_beyond
from stakhanov.campaign.scaffold import scaffold
from stakhanov.campaign.warnings import warnings_of
from stakhanov.foundation.catalogue import parameters

NAMED: dict[str, Any] = {"campaign": {"name": "trial", "start": "1935-01-01"}}
BONUS = {"bonus": [{"at": 1.0, "amount": 100}]}
CUP = {"name": "cup", "by": "rank", "per_thousand": 10, "amount": 5}


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ({}, []),
        ({"norms": {"start": 3.0}}, []),
        (
            {"norms": {"start": 0.05}},
            ["norms.start: a norm is told in norm-units, 1 being what a mean worker on a time wage"
             " makes in a shift; that makes 20 such norms, and everybody is paid for as many"],
        ),
        (
            {"norms": {"start": 1200}},
            ["norms.start: a norm is told in norm-units, 1 being what a mean worker on a time wage"
             " makes in a shift; next to nobody can fulfil one of 1,200"],
        ),
        (
            {"pay": {"scale": [{"from": 0, "rate": 1}, {"from": 1, "rate": 0.5}]}},
            ["pay.scale.1.rate: the rate falls from 1 to 0.5 at 100 % of the norm; people will stop there"],
        ),
        (
            {"pay": {"scale": [{"from": 0, "rate": 1}, {"from": 1, "rate": 1.2, "retroactive": True}]}},
            ["pay.scale.1.retroactive: everything is paid anew at 100 %; people just below will pad or storm"],
        ),
        (
            {"pay": {"piece_share": 0.0, "scale": [{"from": 0, "rate": 1}, {"from": 1, "rate": 2}]}},
            ["pay.scale: nothing is paid by the piece; the scale does nothing"],
        ),
        (
            {"pay": {"guarantee": 1.0}},
            ["pay.guarantee: the whole norm is guaranteed; below it output earns nothing more"],
        ),
        (
            {"pay": BONUS, "audits": {"probability": 0}},
            ["audits.probability: nobody checks reports while a bonus hangs on them; people will pad"],
        ),
        (
            {"pay": BONUS, "audits": {"fine": 0, "clawback": False}},
            ["audits.clawback: who is caught loses nothing while a bonus hangs on the report; people will pad"],
        ),
        ({"audits": {"probability": 0}}, []),
        (
            {"norms": {"scope": "own", "revision": {"down": 0}}},
            ["norms.revision.up: a worker's own norm rises with that worker's reports; people will hold back"],
        ),
        ({"norms": {"scope": "own", "revision": {"rate_cut": 0}}}, []),
        (
            {"norms": {"revision": {"every": 61}}},
            ["norms.revision.every: the first revision lies behind the run of 60 periods; none will come"],
        ),
        (
            {"norms": {"revision": {"basis": "best-tenth"}}},
            ["norms.revision.basis: the best tenth sets the norm of all; most will come to stand below it"],
        ),
        (
            {"norms": {"orders": [{"at": "1950-01-01", "rise": 0.1}]}},
            ["norms.orders.1950-01-01.at: 1950-01-01 lies behind the run of 60 periods; no norm will rise"],
        ),
        (
            {"plan": {"clock": [0.15, 0.25, 0.6]}},
            ["plan.clock: the last third of a period holds 60 % of its time; people will storm"],
        ),
        ({"plan": {"clock": [0.5, 0.5]}}, []),
        (
            {"prizes": [{**CUP, "scope": "brigade"}]},
            [
                "prizes.cup.per_thousand: 10 in 1,000 is less than half a prize for the 20 of a brigade; "
                "nobody can win it"
            ],
        ),
        ({"prizes": [{**CUP, "scope": "enterprise"}]}, []),
        (
            {"prizes": [{**CUP, "per_thousand": 600}]},
            ["prizes.cup.per_thousand: 600 in 1,000 win the prize; few will strive for it"],
        ),
        (
            {"prizes": [{**CUP, "amount": 0}]},
            ["prizes.cup: the prize is worth nothing; nobody will strive for it"],
        ),
        (
            {"prizes": [{**CUP, "every": 61}]},
            ["prizes.cup.every: the prize falls due behind the run of 60 periods; nobody will win it"],
        ),
        (
            {"prizes": [{"name": "star", "by": "threshold", "at": 4, "amount": 9}]},
            ["prizes.star.at: the prize lies at 400 %; next to nobody can win it"],
        ),
        (
            {"prizes": [{**CUP, "every": 3}], "emulation": {"contests": [{"name": "race", "prizes": ["cup"]}]}},
            ["prizes.cup.every: the contest race gives the prize; its own every does not count"],
        ),
        (
            {"emulation": {"contests": [{"name": "race"}]}},
            ["emulation.contests.race.prizes: the contest gives nothing; nobody will strive in it"],
        ),
        (
            {"publicity": {"staged": [{"at": 3}]}},
            ["publicity.staged.0: records are never published after it; nobody will hear of it"],
        ),
        ({"publicity": {"staged": [{"at": 3}]}, "changes": [{"at": 5, "set": {"publicity.intensity": 1}}]}, []),
        (
            {"changes": [{"at": 60, "set": {}}, {"at": "1934-01-01", "set": {}}]},
            [
                "changes.0.at: 60 lies behind the run of 60 periods; the change will not come into force",
                "changes.1934-01-01.at: 1934-01-01 lies before the start; the change holds from the start on",
            ],
        ),
    ],
)  # fmt: skip
def test_a_warning_says_what_people_will_do(chapters: dict[str, Any], said: list[str]) -> None:
    assert [str(caution) for caution in warnings_of(checked(NAMED | chapters))] == said


def test_sizes_of_groups_decide_whether_anybody_can_win() -> None:
    one = checked(NAMED | {"prizes": [{**CUP, "scope": "brigade"}]})
    assert warnings_of(one, sizes={"brigade": 50}) == []
    rare = checked(NAMED | {"prizes": [{**CUP, "every": 20}]})
    assert warnings_of(rare) == []
    assert [caution.address for caution in warnings_of(rare, periods=15)] == ["prizes.cup.every"]


def test_hours_are_held_against_the_limit_of_their_date() -> None:
    def found(**chapters: Any) -> list[tuple[int, float, float]]:
        breaches = hours_beyond(checked(NAMED | chapters))
        return [(one.period, one.limit, one.found) for one in breaches]

    longer = [{"at": 10, "set": {"plan.hours": 1.2}}]
    assert found(plan={"hours": 1.5}) == []
    assert found(plan={"hours": 1.5}, limits={"hours": 1.5}) == []
    assert found(plan={"hours": 1.5}, limits={"hours": 1.4}) == [(0, 1.4, 1.5)]
    assert found(limits={"hours": 1.1}, changes=longer) == [(10, 1.1, 1.2)]
    eased = [{"at": 20, "set": {"limits.hours": 1.3}}, {"at": 30, "set": {"plan.hours": 1.4}}]
    assert found(limits={"hours": 1.1}, changes=longer + eased) == [(10, 1.1, 1.2), (30, 1.3, 1.4)]
    one = checked(NAMED | {"limits": {"hours": 1.1}, "changes": longer})
    assert str(hours_beyond(one)[0]) == (
        "limits.hours: the day must be at most 1.1 times the first; found 1.2 from November 1935 on"
    )
    assert hours_beyond(one, periods=10) == []


def test_strain_is_held_against_the_limit_of_its_date() -> None:
    eased = [{"at": 3, "set": {"limits.strain": 0.5}}]
    one = checked(NAMED | {"limits": {"strain": 0.3}, "changes": eased})
    assert [str(breach) for breach in strain_beyond(one, [0.2, 0.3, 0.31, 0.4, 0.7])] == [
        "limits.strain: mean strain must be at most 0.5; found 0.7, beyond it in 2 periods "
        "from March 1935 on"
    ]
    assert strain_beyond(one, [0.3, 0.3]) == []
    assert strain_beyond(checked(NAMED), [9.0]) == []


ITS_OWN = {"campaign.name", "campaign.title", "campaign.summary", "campaign.base"}


@pytest.mark.parametrize("base", ["plain-piece-rate", "stakhanovite-1935", "sales-quota"])
def test_a_scaffold_is_its_base_and_shows_every_rule(tmp_path: Any, base: str) -> None:
    text = scaffold("mine", base)
    place = tmp_path / "mine.toml"
    place.write_text(text, encoding="utf-8")
    differs = load(base).difference(load(place))
    assert set(differs) <= ITS_OWN
    assert 'summary = "" # What it is, in a few sentences' in text
    shown_at_the_end = ("publicity.staged", "emulation.contests")
    for one in parameters(Campaign):
        chapter, _, key = one.address.rpartition(".")
        if one.address in shown_at_the_end:
            assert f"# [[{one.address}]]" in text
        elif "*" not in one.address and chapter.split(".")[0] not in ("", "campaign"):
            section = text.split(f"# [{chapter}]\n")[1].split("# [")[0]
            assert f"\n# {key} = " in f"\n{section}", one.address


def test_a_scaffold_without_its_hashes_is_its_base(tmp_path: Any) -> None:
    text = scaffold("mine", "stakhanovite-1935").split("# [[prizes]]")[0]
    bare = "\n".join(line.removeprefix("# ") for line in text.splitlines()[1:])
    bare = bare.replace("\nstrain = 0.5", "\n#").replace("\nhours = 1.1  ", "\n#")  # examples
    place = tmp_path / "mine.toml"
    place.write_text(bare, encoding="utf-8")
    differs = load("stakhanovite-1935").difference(load(place))
    rules = {address for address in differs if not address.startswith("campaign.evidence")}
    assert rules <= ITS_OWN
