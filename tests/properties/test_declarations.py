"""A file, the declaration read from it, and the file written from that say the same."""

from __future__ import annotations

import json
import random
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign import checked as checked_campaign
from stakhanov.campaign import library as campaign_library
from stakhanov.campaign import load as load_campaign
from stakhanov.foundation.address import overlaid
from stakhanov.workforce import checked as checked_workforce
from stakhanov.workforce import library as workforce_library
from stakhanov.workforce import load as load_workforce
from tests.properties.generators import (
    RUNS,
    asked,
    campaigns,
    plain_campaigns,
    plain_workforces,
    workforces,
)
from tests.properties.lives import lived, same

Read = Callable[[Any], Any]
KINDS: list[tuple[str, st.SearchStrategy[Any], Read, Read]] = [
    ("campaign", plain_campaigns(), checked_campaign, load_campaign),
    ("workforce", plain_workforces(), checked_workforce, load_workforce),
]
EACH = pytest.mark.parametrize(
    ("kind", "drawn", "checked", "load"), KINDS, ids=["campaign", "workforce"]
)


@EACH
def test_file_to_declaration_to_file_is_the_identity(kind, drawn, checked, load) -> None:
    @RUNS
    @given(drawn)
    def law(plain) -> None:
        declared = checked(plain)
        text = tomlkit.dumps(declared.plain())
        with tempfile.TemporaryDirectory() as name:
            place = Path(name) / "drawn.toml"
            place.write_text(text, encoding="utf-8")
            again = load(place)
        assert again == declared
        assert again.digest == declared.digest
        assert tomlkit.dumps(again.plain()) == text
        assert tomllib.loads(text) == declared.plain()

    law()


@EACH
def test_a_record_says_all_that_a_file_says(kind, drawn, checked, load) -> None:
    @given(drawn)
    def law(plain) -> None:
        declared = checked(plain)
        again = checked(json.loads(json.dumps(declared.plain())))
        assert again == declared
        assert again.digest == declared.digest

    law()


@EACH
def test_differences_are_told_the_same_from_both_sides(kind, drawn, checked, load) -> None:
    @RUNS
    @given(drawn, drawn)
    def law(one, other) -> None:
        mine, theirs = checked(one), checked(other)
        there = mine.difference(theirs)
        assert {a: (y, x) for a, (x, y) in there.items()} == theirs.difference(mine)
        assert (mine == theirs) == (not there)

    law()


@EACH
def test_a_file_laid_over_itself_or_over_nothing_is_itself(kind, drawn, checked, load) -> None:
    @given(drawn)
    def law(plain) -> None:
        assert overlaid(plain, plain) == plain
        assert overlaid(plain, {}) == plain
        assert overlaid({}, plain) == plain

    law()


@pytest.mark.parametrize(
    ("read", "name"),
    [
        *((load_campaign, name) for name in campaign_library()),
        *((load_workforce, name) for name in workforce_library()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_ships_can_be_written_and_read_again(read, name, tmp_path) -> None:
    declared = read(name)
    place = tmp_path / "again.toml"
    place.write_text(tomlkit.dumps(declared.plain()), encoding="utf-8")
    assert read(place).digest == declared.digest


def rewritten(plain: Any, luck: random.Random) -> Any:
    """The same data in another order, with whole numbers written without a point."""
    if isinstance(plain, dict):
        items = list(plain.items())
        luck.shuffle(items)
        return {key: rewritten(value, luck) for key, value in items}
    if isinstance(plain, list):
        return [rewritten(value, luck) for value in plain]
    if isinstance(plain, float) and plain.is_integer():
        return int(plain)
    return plain


@RUNS
@given(campaigns(), workforces(), asked(workers=40, periods=3), st.randoms(use_true_random=False))
def test_equal_declarations_give_exactly_equal_runs(campaign, workforce, size, luck) -> None:
    written = checked_campaign(rewritten(campaign.plain(), luck))
    people = checked_workforce(rewritten(workforce.plain(), luck))
    assert written == campaign
    assert written.digest == campaign.digest
    assert people == workforce
    assert people.digest == workforce.digest
    same(lived(campaign, workforce, size), lived(written, people, size))
