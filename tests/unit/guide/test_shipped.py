"""The classes that ship are fit for release, and the cheapest of their runs are made anew."""

from __future__ import annotations

import pytest

from stakhanov.experiments.laboratory import Laboratory
from stakhanov.guide import Guide, library
from stakhanov.guide.experiments import Declared
from stakhanov.guide.lint.check import checked
from stakhanov.guide.verify import behind, judged, locked, work

#: So many experiments are run here; `stakhanov guide verify` runs all that are quick.
CHEAPEST = 3


def cheapest() -> list[tuple[Guide, Declared]]:
    both = [(guide, one) for guide in library().each() for one in behind(guide)]
    return sorted(both, key=lambda pair: (work(pair[1]), pair[1].id))[:CHEAPEST]


def test_the_classes_that_ship_are_fit_for_release() -> None:
    assert [str(one) for one in checked(library(), release=True)] == []


def test_no_claim_that_ships_waits_for_its_run() -> None:
    verdicts = [one for guide in library().each() for one in judged(guide, guide.lock)]
    assert len(verdicts) > 30
    assert [one.id for one in verdicts if one.verdict != "holds" or one.moved] == []


def test_what_is_locked_comes_again() -> None:
    """Where the engine was changed on purpose, `stakhanov guide verify --all` locks the new numbers."""
    for guide, declared in cheapest():
        [lock] = locked(guide, [declared], Laboratory())
        before, now = (one.experiments[declared.id] for one in (guide.lock, lock))
        assert all(held.holds for held in now.expectations.values()), declared.id
        for arm, results in now.arms.items():
            for measure, result in results.items():
                old = before.arms[arm][measure].mean
                what = (declared.id, arm, measure)
                assert result.mean == pytest.approx(old, rel=1e-3, abs=1e-6), what


def test_works_are_cited_with_one_full_stop_at_a_time() -> None:
    """An edition ends in a stop of its own: `6th ed.` is not followed by another."""
    cited = [work.cited() for guide in library().each() for work in guide.sources.values()]
    assert any("ed." in one for one in cited)
    assert [one for one in cited if ".." in one or ".," in one.replace("ed.,", "")] == []
    assert all(one.endswith((".", "?", "!")) for one in cited)
