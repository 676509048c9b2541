"""The class as data: every claim with what it rests on, every question with its points, and only JSON."""

from __future__ import annotations

import json
from pathlib import Path

from stakhanov.guide.export.data import data
from stakhanov.guide.load import load
from stakhanov.guide.practice.cards import deck_of


def test_everything_is_there_and_is_json(example: Path) -> None:
    guide, _ = load(example)
    assert guide is not None
    plain = data(guide)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert (plain["format"], plain["id"], plain["years"]) == (1, "soviet-labour", [1917, 1991])
    assert plain["exam"]["blueprint"]["recall"] == {"items": 2, "weight": 0.5}
    kinds = ("claims", "choosing", "questions")
    names = [one["id"] for term in plain["terms"] for kind in kinds for one in term[kind]]
    assert names == [card.id for card in deck_of(guide).cards]


def test_a_claim_says_what_it_rests_on(example: Path) -> None:
    guide, _ = load(example)
    assert guide is not None
    plain = data(guide)
    record = next(c for t in plain["terms"] for c in t["claims"] if c["id"].endswith("#record"))
    assert record["kind"] == "quantity"
    assert record["sources"] == ["eorh", "siegelbaum", "monuments"]
    assert all(name in plain["sources"] for name in record["sources"])
    assert "usual-page" not in plain["sources"]  # a work under review supports nothing
    assert record["disputed"][0]["says"] == "11 times"
    assert "102 tonnes" in record["text"]
    audits = next(c for t in plain["terms"] for c in t["claims"] if c["id"].endswith("#audits"))
    assert audits["experiment"] == "rare-audits"
    assert "{{" not in audits["text"]
