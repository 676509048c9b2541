"""Every number that ships says where it comes from; nothing from memory passes for published."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from stakhanov import campaign, workforce
from stakhanov.campaign.rounds import rounds_of
from stakhanov.foundation.address import leaves

CAMPAIGNS = ["metro-1933", "norm-revision-1939", "stakhanovite-1935"]
WORKFORCES = ["heavy-machine-building", "metro-brigades", "soviet-industry"]
FILES = [("campaign", name) for name in CAMPAIGNS] + [("workforce", name) for name in WORKFORCES]
CHAPTERS_WITHOUT_NUMBERS = ("campaign", "workforce", "format")

#: Values that rest on figures remembered but not seen at a source.
FROM_MEMORY = {
    ("campaign", "stakhanovite-1935"): [
        "norms.orders.1940-07-01",
        "norms.revision.up@1936-04-01",
        "norms.revision.up@1937-04-01",
        "norms.revision.up@1939-04-01",
        "pay.guarantee",
        "plan.clock",
        "prizes.order",
        "technology.growth",
        "discipline.leaving@1940-07-01",
    ],
    ("workforce", "soviet-industry"): [
        "quits.base",
        "accidents",
        "branches.coal.share",
        "branches.coal.overrides",
    ],
}


def plain(kind: str, name: str) -> dict[str, Any]:
    file = files(f"stakhanov.{kind}") / "library" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def evidence(kind: str, name: str) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = plain(kind, name)[kind]["evidence"]
    return rows


def quantities(kind: str, name: str) -> Iterator[tuple[str, str]]:
    """(address, date or nothing) of every value in the file, names and headers aside."""
    for address, value in leaves(plain(kind, name)).items():
        if address.split(".")[0] in (*CHAPTERS_WITHOUT_NUMBERS, "changes"):
            continue
        if address.split(".")[-1] == "name" or value in ({}, []):
            continue
        yield address, ""
    for change in plain(kind, name).get("changes", []):
        for address in change["set"]:
            yield address, str(change["at"])


def row_of(rows: dict[str, dict[str, str]], address: str, when: str) -> dict[str, str] | None:
    """The evidence of an address: its own, dated if the value is, or that of its chapter."""
    if when and f"{address}@{when}" in rows:
        return rows[f"{address}@{when}"]
    steps = address.split(".")
    for length in range(len(steps), 0, -1):
        if (prefix := ".".join(steps[:length])) in rows:
            return rows[prefix]
    return None


@pytest.mark.parametrize(("kind", "name"), FILES)
def test_the_file_loads(kind: str, name: str) -> None:
    load = campaign.load if kind == "campaign" else workforce.load
    assert load(name).name == name


@pytest.mark.parametrize(("kind", "name"), FILES)
def test_every_quantity_has_source_and_grade(kind: str, name: str) -> None:
    rows = evidence(kind, name)
    bare = [place for place in quantities(kind, name) if row_of(rows, *place) is None]
    assert bare == []


@pytest.mark.parametrize(("kind", "name"), FILES)
def test_every_row_is_used_and_names_a_known_work(kind: str, name: str) -> None:
    rows, known = evidence(kind, name), plain(kind, name)[kind]["sources"]
    used = [id(row_of(rows, *place)) for place in quantities(kind, name)]
    assert [key for key, row in rows.items() if id(row) not in used] == []
    for key, row in rows.items():
        assert row.get("source", "") in ("", *known), key
        assert row["grade"] in ("published", "assumed"), key
        assert row["grade"] == "assumed" or row.get("source"), f"{key} is published nowhere"
        assert row.get("note"), key


@pytest.mark.parametrize(("kind", "name"), FILES)
def test_works_are_cited_and_not_addresses_on_the_net(kind: str, name: str) -> None:
    header = plain(kind, name)[kind]
    cited = " ".join(row.get("source", "") + row["note"] for row in header["evidence"].values())
    cited += " ".join(change["source"] for change in plain(kind, name).get("changes", []))
    for key, work in header["sources"].items():
        assert not re.search(r"https?:|www\.|\.(com|org|ru|net)\b", work), key
        assert re.search(r"\b(18|19|20)\d\d\b", work), f"{key} has no year"
        assert key in cited, f"{key} is cited by nothing"


@pytest.mark.parametrize("place", sorted(FROM_MEMORY))
def test_nothing_from_memory_is_graded_published(place: tuple[str, str]) -> None:
    rows = evidence(*place)
    for address in FROM_MEMORY[place]:
        assert rows[address]["grade"] == "assumed", address
    for key, row in rows.items():
        if row["grade"] == "published":
            assert not re.search("memory|recalled|unverified|tuned", row["note"], re.IGNORECASE), (
                key
            )


@pytest.mark.parametrize(("kind", "name"), FILES)
def test_every_work_stands_in_the_bibliography(kind: str, name: str) -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "history-sources.md"
    known = page.read_text(encoding="utf-8")
    assert [key for key in plain(kind, name)[kind]["sources"] if f"`{key}`" not in known] == []


def test_changes_name_works_that_are_cited() -> None:
    flagship = campaign.load("stakhanovite-1935")
    for change in flagship.changes:
        assert change.source in flagship.campaign.sources
        assert change.note


def test_the_contest_of_the_flagship_says_what_its_prize_says() -> None:
    """As its evidence tells: without the contest the same prizes are given among the same people as often."""
    rules = campaign.load("stakhanovite-1935")
    without = rules.held({"emulation.contests": []})
    for period in (0, 36, 95):
        one, other = (
            {(r.prize.name, r.scope, r.every, r.by_output) for r in rounds_of(c.in_force(period))}
            for c in (rules, without)
        )
        assert one == other
    assert (
        "moves no number" in evidence("campaign", "stakhanovite-1935")["emulation.contests"]["note"]
    )
