"""Addresses: one path for one parameter, through tables and lists, there and back."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from stakhanov.foundation.address import assigned, by_address, keys_of, leaves, told_by_key
from stakhanov.foundation.overlay import overlaid
from stakhanov.foundation.problem import BadInput
from stakhanov.foundation.written import written

FILE: dict[str, Any] = {
    "pay": {"reference": 460, "scale": [{"from": 0.0, "rate": 1.0}, {"from": 1.0, "rate": 1.25}]},
    "prizes": [{"name": "premium", "amount": 100}, {"name": "order", "amount": 0}],
    "plan": {"clock": [0.5, 0.5]},
    "changes": [
        {"at": date(1936, 1, 1), "set": {"pay.reference": 500, "norms.revision.up": 0.3}},
        {"at": date(1937, 1, 1), "set": {"pay.reference": 600}},
    ],
}


@pytest.mark.parametrize(
    ("address", "reads"),
    [
        ("pay.reference", lambda f: f["pay"]["reference"]),
        ("pay.scale.1.rate", lambda f: f["pay"]["scale"][1]["rate"]),
        ("prizes.premium.amount", lambda f: f["prizes"][0]["amount"]),
        ("prizes.1.amount", lambda f: f["prizes"][1]["amount"]),
        ("plan.clock.0", lambda f: f["plan"]["clock"][0]),
        ("changes.1936-01-01.set.norms.revision.up", lambda f: f["changes"][0]["set"]["norms.revision.up"]),
        ("changes.1.set.pay.guarantee", lambda f: f["changes"][1]["set"]["pay.guarantee"]),
        ("audits.fine", lambda f: f["audits"]["fine"]),
    ],
)  # fmt: skip
def test_an_address_leads_to_one_place(address: str, reads: Any) -> None:
    before = assigned(FILE, {})
    after = assigned(FILE, {address: 7})
    assert reads(after) == 7
    assert before == FILE  # nothing of the original moves


def test_every_leaf_can_be_set_by_its_own_address() -> None:
    flat = leaves(FILE)
    assert "prizes.order.amount" in flat
    assert "changes.1937-01-01.set.pay.reference" in flat
    for address in flat:
        if address.endswith((".name", ".at")):
            continue
        changed = leaves(assigned(FILE, {address: 99}))
        assert [a for a in changed if changed[a] != flat.get(a)] == [address]
        assert changed.keys() == flat.keys()


def test_what_values_are_put_into_stays_as_it_was() -> None:
    """Parts that no address leads to are shared; no part of the original is ever changed."""
    plain = {
        "a": {"b": {"c": 1}, "d": [{"name": "x", "v": [1, 2]}, {"name": "y", "v": [3]}]},
        "e": [1],
    }
    before = copy.deepcopy(plain)
    values = {
        "a.b.c": 2,
        "a.d.x.v": [9],
        "a.d.y.new": 1,
        "a.d.0.v.0": 7,
        "e": None,
        "f.g.h": 5,
        "a.b": {"z": 1},
    }
    for address, value in values.items():
        assert assigned(plain, {address: value}) != before
        assert plain == before
    after = assigned(plain, values)
    assert plain == before
    assert after["a"]["d"][0]["v"] == [7]
    assert after["a"]["d"][1] == {"name": "y", "v": [3], "new": 1}


def test_a_table_is_laid_over_and_none_takes_away() -> None:
    laid = assigned(
        {"norms": {"revision": {"every": 3, "up": 0.1}}}, {"norms": {"revision": {"up": 0.5}}}
    )
    assert laid == {"norms": {"revision": {"every": 3, "up": 0.5}}}
    assert assigned(FILE, {"pay.reference": None, "prizes.premium": None}) == {
        **FILE,
        "pay": {"scale": FILE["pay"]["scale"]},
        "prizes": [{"name": "order", "amount": 0}],
    }


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("prizes.premum.amount", "found nothing at premum (did you mean premium?)"),
        ("pay.scale.7.rate", "found nothing at 7"),
        ("pay.reference.more", "found nothing at more"),
        ("changes.1938-01-01.set", "(did you mean 1936-01-01?)"),
    ],
)
def test_a_path_that_breaks_off_is_told(address: str, sentence: str) -> None:
    with pytest.raises(BadInput) as found:
        assigned(FILE, {address: 1})
    assert str(found.value).startswith(f"{address}: must lead to a parameter; ")
    assert sentence in str(found.value)


def test_entries_go_by_name_then_date_then_place() -> None:
    assert keys_of([{"name": "a", "at": 1}, {"name": "b", "at": 2}]) == ["a", "b"]
    assert keys_of([{"at": "1936-01-01"}, {"at": "1937-01-01"}]) == ["1936-01-01", "1937-01-01"]
    assert keys_of([{"at": 3}, {"at": 4.5}]) == ["0", "1"]
    assert keys_of([{"at": "1936-01-01"}, {"at": 40}]) == ["1936-01-01", "1"]
    assert keys_of([{"name": "a"}, {"name": "b"}, {"name": "a"}]) == ["0", "b", "2"]
    assert told_by_key(FILE, ["prizes", 1, "amount"]) == ["prizes", "order", "amount"]
    assert told_by_key(FILE, ["prizes", 9, "amount"]) == ["prizes", "9", "amount"]


def test_dots_without_quotes_mean_the_same_address() -> None:
    nested = {"norms": {"revision": {"up": 0.5, "down": 0.1}}, "pay.bonus": [{"at": 1.0}]}
    assert by_address(nested) == {
        "norms.revision.up": 0.5,
        "norms.revision.down": 0.1,
        "pay.bonus": [{"at": 1.0}],
    }


def test_an_overlay_merges_tables_names_and_dates_and_replaces_other_lists() -> None:
    over = {
        "pay": {"scale": [{"from": 0.0, "rate": 2.0}]},
        "prizes": [{"name": "order", "amount": 5}, {"name": "flat", "amount": 1}],
        "changes": [
            {"at": date(1936, 1, 1), "set": {"pay.reference": 501}},
            {"at": date(1938, 1, 1), "set": {"pay.reference": 700}},
        ],
    }
    laid = overlaid(FILE, over)
    assert laid["pay"] == {"reference": 460, "scale": [{"from": 0.0, "rate": 2.0}]}
    assert [(p["name"], p["amount"]) for p in laid["prizes"]] == [
        ("premium", 100),
        ("order", 5),
        ("flat", 1),
    ]
    assert [(c["at"].year, c["set"]) for c in laid["changes"]] == [
        (1936, {"pay.reference": 501, "norms.revision.up": 0.3}),
        (1937, {"pay.reference": 600}),
        (1938, {"pay.reference": 700}),
    ]
    assert overlaid(FILE, {"prizes": []})["prizes"] == []


def test_orders_of_one_date_are_no_overlay_of_each_other() -> None:
    orders = {"orders": [{"at": date(1939, 4, 1), "rise": 0.3, "branch": "coal"}]}
    other = {"orders": [{"at": date(1939, 4, 1), "rise": 0.1}]}
    assert overlaid(orders, other) == other


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (0.1 + 0.2, "0.3"),
        (None, "nothing"),
        ("risk", "risk"),
        ([1, "a"], '[1, "a"]'),
        ({"from": 1.0, "retroactive": False}, "{ from = 1, retroactive = false }"),
        (date(1936, 1, 1), "1936-01-01"),
    ],
)
def test_values_are_written_as_in_files(value: Any, text: str) -> None:
    assert written(value) == text
