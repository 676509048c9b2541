"""The nearest known name: what may be meant, and nothing else."""

from __future__ import annotations

import pytest

from stakhanov.foundation.nearest import hint_of, listed, nearest

KNOWN = ["norms", "pay", "prizes", "publicity"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("prize", "prizes"),
        ("payy", "pay"),
        ("publicty", "publicity"),
        ("norms", "norms"),
        ("zzz", ""),
        ("", ""),
        ("s", ""),  # it is part of two names, and means none
    ],
)
def test_the_nearest_is_named_or_none(name: str, near: str) -> None:
    assert nearest(name, KNOWN) == near


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("norms", []) == ""
    assert hint_of("norms", []) == ""


def test_a_hint_names_one_or_all_or_what_it_is_told_to_say() -> None:
    assert hint_of("prize", KNOWN) == "did you mean prizes?"
    assert hint_of("prize", KNOWN, "see --help") == "did you mean prizes?"
    assert hint_of("zzz", KNOWN) == "there are: norms, pay, prizes, publicity"
    assert hint_of("zzz", KNOWN, "see --help") == "see --help"
    assert hint_of("zzz", KNOWN, "") == ""
    assert hint_of("zzz", {"pay": 1}) == "there are: pay"


def test_of_many_names_some_are_told_and_the_rest_counted() -> None:
    many = [f"worker {number}" for number in range(1240)]
    assert listed(many, 2) == "worker 0, worker 1 and 1,238 more"
    assert listed(many[:2], 2) == "worker 0, worker 1"
    assert hint_of("zzz", many).endswith("worker 39 and 1,200 more")
