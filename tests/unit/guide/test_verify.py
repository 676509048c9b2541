"""The runs behind claims are made, locked whole, and held against what was expected."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.verdict import conduct
from stakhanov.foundation.problem import BadInput
from stakhanov.guide import Guide, library, load
from stakhanov.guide.lint.check import checked
from stakhanov.guide.lock import Lock, read_lock
from stakhanov.guide.verify import chosen, engine, judged
from stakhanov.guide.verify import locked as made


def guide_in(folder: Path) -> Guide:
    guide, faults = load(folder)
    assert guide is not None
    assert faults == []
    return guide


def run(folder: Path) -> Lock:
    guide = guide_in(folder)
    [lock] = made(guide, chosen(guide), Laboratory())
    lock.write(folder)
    return lock


def change(place: Path, old: str, new: str) -> None:
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_locked_is_what_the_experiment_finds(example: Path) -> None:
    lock = run(example)
    guide = guide_in(example)
    assert guide.lock == lock
    [finding] = conduct(guide.experiments["rare-audits"].experiment).findings
    [one] = judged(guide, lock)
    assert (one.id, one.class_, one.verdict) == ("padded-reports#audits", "soviet-labour", "holds")
    assert one.value == pytest.approx(finding.gap.mean, rel=1e-5)
    assert one.low == pytest.approx(finding.gap.low, rel=1e-5)
    assert lock.number("rare-audits.rare.padded_share") == pytest.approx(finding.versus, rel=1e-5)
    assert lock.number("rare-audits.expect.audits-deter") == one.value
    assert len(lock.experiments["rare-audits"].arms["rare"]["padded_share"].periods) == 2


def test_values_in_prose_come_from_the_lock(example: Path) -> None:
    number = run(example).number("rare-audits.rare.padded_share")
    assert number is not None
    guide = guide_in(example)
    page = guide.page("padded-reports")
    assert page is not None
    assert f"in our model {100 * number:.1f} % of reported output" in guide.sentence(page, "audits")


def test_a_run_of_today_is_clean_and_one_of_another_engine_is_stale(example: Path) -> None:
    run(example)
    assert checked(library(example), engine=engine()) == []
    [found] = checked(library(example), engine="0.0+another")
    assert (found.rule, found.level) == ("stale-result", "warn")
    [found] = checked(library(example), engine="0.0+another", release=True)
    assert (found.rule, found.level) == ("stale-result", "error")


def test_a_claim_that_its_run_does_not_support_fails(example: Path) -> None:
    change(example / "experiments" / "rare-audits.toml", 'op = "<"', 'op = ">"')
    run(example)
    guide = guide_in(example)
    [one] = judged(guide, guide.lock)
    assert one.verdict == "fails"
    assert one.expected == "padded_share: many > rare"
    [found] = checked(library(example), engine=engine())
    assert found.rule == "expectation-failed"
    assert "must hold padded_share: many > rare; found a difference of -0.03" in found.message


def test_a_bar_that_is_moved_after_the_run_shows_for_ever(example: Path) -> None:
    file = example / "experiments" / "rare-audits.toml"
    change(file, 'op = "<"', 'op = "<"\nmin_gap = 0.03')
    run(example)
    assert [one.rule for one in checked(library(example))] == ["expectation-failed"]
    change(file, "min_gap = 0.03", "min_gap = 0.01")
    run(example)
    guide = guide_in(example)
    [one] = judged(guide, guide.lock)
    assert (one.verdict, one.moved) == ("holds", True)
    assert [one.rule for one in checked(library(example))] == ["expectation-moved"]
    run(example)
    assert [one.rule for one in checked(library(example))] == ["expectation-moved"]


def test_a_run_of_another_declaration_answers_nothing(example: Path) -> None:
    run(example)
    change(example / "experiments" / "rare-audits.toml", "workers = 200", "workers = 300")
    guide = guide_in(example)
    [one] = judged(guide, guide.lock)
    assert (one.verdict, one.value) == ("not run", None)


def test_long_experiments_wait_to_be_asked_for(example: Path) -> None:
    change(example / "experiments" / "rare-audits.toml", "workers = 200", "workers = 2000000")
    guide = guide_in(example)
    assert chosen(guide) == []
    assert [one.id for one in chosen(guide, every=True)] == ["rare-audits"]


def test_an_experiment_that_cannot_be_run_is_bad_input(example: Path) -> None:
    file = example / "experiments" / "rare-audits.toml"
    change(file, '"audits.probability" = 0.6', '"audits.probabilty" = 0.6')
    with pytest.raises(BadInput, match=r"rare-audits.toml: arms.many.*audits.probabilty"):
        chosen(guide_in(example))


def test_a_lock_is_written_whole_and_read_back(locked: Path) -> None:
    lock = read_lock(locked)
    lock.write(locked)
    assert read_lock(locked) == lock
    assert [path.name for path in locked.glob(".*")] == []
    plain = json.loads((locked / "results.lock.json").read_text(encoding="utf-8"))
    assert plain["format"] == 1


def test_only_three_parts_name_a_result(locked: Path) -> None:
    lock = read_lock(locked)
    assert lock.value("rare-audits.rare") is None
    assert lock.value("rare-audits.rare.true_output") is None
    assert lock.value("unheard.rare.padded_share") is None


def test_a_measure_at_a_time_is_named_with_its_dots(locked: Path) -> None:
    lock = read_lock(locked)
    ran = lock.experiments["rare-audits"]
    of_rare = {**ran.arms["rare"], "norm_level@12..23": ran.arms["rare"]["padded_share"]}
    more = ran.model_copy(update={"arms": {**ran.arms, "rare": of_rare}})
    lock = lock.model_copy(update={"experiments": {"rare-audits": more}})
    assert lock.number("rare-audits.rare.norm_level@12..23") == 0.0314


def test_a_verdict_that_was_not_run_has_no_number(example: Path) -> None:
    guide = guide_in(example)
    [one] = judged(guide, guide.lock)
    assert one == replace(one, verdict="not run", value=None, low=None, high=None)
