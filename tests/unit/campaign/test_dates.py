"""Dates and periods, and rules that change at them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign import Campaign, checked
from stakhanov.foundation.problem import BadInput


def campaign(start: date, a_year: int = 12, **chapters: object) -> Campaign:
    header = {"name": "trial", "start": start}
    return checked({"campaign": header, "plan": {"periods_per_year": a_year}, **chapters})


@given(st.dates(date(1800, 1, 1), date(2100, 12, 31)), st.integers(1, 365), st.integers(0, 600))
def test_the_first_day_of_a_period_lies_in_it_and_the_day_before_does_not(
    start: date, a_year: int, period: int
) -> None:
    one = campaign(start, a_year)
    first = one.date_of(period)
    assert one.period_of(first) == period
    assert one.period_of(first - timedelta(days=1)) == period - 1


@pytest.mark.parametrize(
    ("start", "when", "period"),
    [
        (date(1935, 1, 1), date(1935, 1, 31), 0),
        (date(1935, 1, 1), date(1934, 12, 31), -1),
        (date(1935, 1, 20), date(1935, 2, 19), 0),
        (date(1935, 1, 20), date(1935, 2, 20), 1),
        (date(1935, 1, 31), date(1935, 2, 28), 1),  # February ends before the 31st
    ],
)
def test_months_run_from_the_day_of_the_start(start: date, when: date, period: int) -> None:
    assert campaign(start).period_of(when) == period


def test_changes_hold_from_their_period_on_whatever_their_order_in_the_file() -> None:
    one = campaign(
        date(1935, 1, 1),
        changes=[
            {"at": date(1936, 3, 15), "set": {"pay.guarantee": 0.5}},
            {"at": 2, "set": {"pay.guarantee": 0.6}},
            {"at": date(1934, 3, 1), "set": {"pay.reference": 900}},
        ],
    )
    found = [one.in_force(period).pay for period in (0, 1, 2, 13, 14, 50)]
    assert [pay.guarantee for pay in found] == [0.67, 0.67, 0.6, 0.6, 0.5, 0.5]
    assert {pay.reference for pay in found} == {900}  # what lies before the start holds from it on


def test_a_change_written_without_quotes_sets_only_what_it_says() -> None:
    one = campaign(
        date(1935, 1, 1),
        norms={"scope": "own"},
        changes=[{"at": 2, "set": {"norms": {"revision": {"up": 0.9}}}}],
    )
    assert one.in_force(2).norms.scope == "own"
    assert one.in_force(2).norms.revision.up == 0.9
    assert one.changes[0].set == {"norms.revision.up": 0.9}


def test_prizes_and_contests_must_agree_at_every_date() -> None:
    with pytest.raises(BadInput) as found:
        campaign(
            date(1935, 1, 1),
            prizes=[{"name": "cup", "by": "rank", "per_thousand": 1}],
            emulation={"contests": [{"name": "race", "prizes": ["cup"]}]},
            changes=[{"at": date(1936, 1, 1), "set": {"prizes": []}}],
        )
    assert str(found.value) == (
        "changes.1936-01-01.set.emulation.contests.race.prizes: must name prizes of the campaign "
        "(there are none); found cup"
    )


@pytest.mark.parametrize(
    ("chapters", "sentence"),
    [
        (
            {
                "prizes": [{"name": "cup", "by": "rank", "per_thousand": 1}],
                "emulation": {"contests": [{"name": n, "prizes": ["cup"]} for n in ("a", "b")]},
            },
            "emulation.contests.b.prizes: must name prizes that no other contest gives; "
            "found cup, which a gives",
        ),
        (
            {"emulation": {"contests": [{"name": "a"}, {"name": "a"}]}},
            "emulation.contests: must have names of their own; found a twice",
        ),
        (
            {
                "prizes": [{"name": f"q{i}", "by": "queue", "per_thousand": 1} for i in range(4)],
                "changes": [
                    {
                        "at": 3,
                        "set": {
                            "prizes": [{"name": n, "by": "queue", "per_thousand": 1} for n in ("x", "y")]
                        },
                    }
                ],
            },
            "prizes: must hold at most 5 queues for scarce goods; found 6",
        ),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(chapters: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadInput) as found:
        campaign(date(1935, 1, 1), **chapters)
    assert str(found.value) == sentence


def test_equal_campaigns_are_one_key() -> None:
    one, other = campaign(date(1935, 1, 1)), campaign(date(1935, 1, 1))
    assert one == other
    assert len({one, other}) == 1
    assert one != one.with_({"pay.reference": 5})


def test_what_is_wrong_with_one_of_many_changes_is_told_where_it_stands() -> None:
    """Each change is tried on the rules that those before it left, whatever their order in the file."""
    changes = [{"at": at, "set": {"pay.piece_share": 0.001 * at}} for at in range(400, 0, -1)]
    changes[7]["set"] = {"pay.piece_share": 7.0}
    changes[390] = {"at": date(1935, 3, 1), "set": {"pay.pice_share": 0.5}}
    changes[391] = {"at": 9, "set": {"changes.0.at": 3}}
    with pytest.raises(BadInput) as found:
        campaign(date(1935, 1, 1), changes=changes)
    assert [str(one) for one in found.value.problems] == [
        "changes.1935-03-01.set.pay.pice_share: must be a key that is known here; found `pice_share`"
        " (did you mean piece_share?)",
        "changes.391.set.changes.0.at: must be a rule that may change; found changes.0.at",
        "changes.7.set.pay.piece_share: must be at most 1; found 7",
    ]


def test_the_same_wrong_change_twice_is_told_twice() -> None:
    wrong = {"at": 3, "set": {"pay.piece_share": 7.0}}
    with pytest.raises(BadInput) as found:
        campaign(date(1935, 1, 1), changes=[wrong, wrong])
    assert [one.address for one in found.value.problems] == [
        "changes.0.set.pay.piece_share",
        "changes.1.set.pay.piece_share",
    ]
