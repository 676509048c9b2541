"""The classes on personnel economics and on targets: bound to runs, to closed forms and to real data.

Oracles from outside the guides: the closed forms for the bars of experiments, the data sets themselves and the
table of the validation for the facts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from stakhanov import theory
from stakhanov.evidence import data_sets, inspect
from stakhanov.guide import library
from stakhanov.guide.guides import Guide
from stakhanov.guide.lint.check import checked
from stakhanov.guide.pages import Page

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "src" / "stakhanov" / "guide" / "library"
ECONOMICS, TARGETS = "personnel-economics", "targets-and-measurement"
#: What the closed form says where an experiment of the class is to meet it, worked out from the catalogue.
CLOSED_FORMS: dict[str, tuple[Callable[[], float], float]] = {
    "pay-by-the-unit": (lambda: 1.0 + float(theory.piece_rate(0.22)), 1e-6),
    "prize-for-a-tenth": (lambda: 1.0 + float(theory.mean_field_tournament(0.01, 0.1, 2.0)), 1e-6),
    "norm-that-follows": (lambda: 1.0 + 0.22 * float(theory.ratchet(0.3, 0.9)), 1e-6),
    "norm-of-many": (lambda: 1.0 + 0.22 * float(theory.ratchet(0.3, 0.9, group=20)), 1e-6),
    "bonus-at-the-norm": (lambda: share_below(float(theory.notch(1.0, 0.1, 1.0, 1.0))), 5e-4),
    "rate-that-falls": (
        lambda: share_below(float(theory.concave_kink(1.0, 0.7, 1.0, 1.0))) - share_below(1.0),
        5e-4,
    ),
    "rate-that-rises": (
        lambda: share_below(float(theory.convex_hole(1.0, 2.0, 1.0, 1.0).low)),
        5e-4,
    ),
    "audits": (
        lambda: normal((1.0 - 0.95) / 0.2) - lifted(),
        5e-4,
    ),
    "long-hours": (lambda: float(theory.hours_wall(63.0)) / 49.0, 1e-5),
    "late-inputs": (lambda: 3.0 * 8.0 * float(theory.clock_share(24, 24, 0.2, 0.3)), 1e-6),
    "news-of-a-record": (lambda: float(theory.diffusion(0.03, 0.38, 7.0)), 5e-4),
}


def normal(z: float) -> float:
    """Share of a normal distribution below z."""
    return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))


def share_below(output: float) -> float:
    """Share of people who would make less: output is ability squared, the log of ability spreads by .25."""
    return normal((math.log(output) + 0.25**2) / 0.5)


def lifted() -> float:
    """Share of reports that are lifted to the norm in the example of the experiment on audits."""
    limit = theory.padding(10.0, 0.2, 2.0, lying_cost=0.1, fixed_fine=5.0)
    return float(theory.padding_share(limit, 100.0, 95.0, 20.0))


@cache
def guide(name: str) -> Guide:
    """A class that ships."""
    return library(FOLDER / name).guides[name]


def claims(page: Page) -> list[Any]:
    return list(page.term.claims.values())


@pytest.mark.parametrize(("name", "least"), [(ECONOMICS, 12), (TARGETS, 8)])
def test_the_class_has_enough_terms_in_units_and_every_term_is_whole(name: str, least: int) -> None:
    found = guide(name)
    assert len(found.pages) >= least
    assert {term for unit in found.about.unit for term in unit.terms} == {
        page.term.id for page in found.pages
    }
    for page in found.pages:
        facts = [s for s in page.prose.spans if s.section == "Must know"]
        assert len(page.term.questions) == 3, page.term.id
        assert 3 <= len(facts) <= 7, page.term.id
        assert page.prose.span("definition") is not None, page.term.id
        assert "Try it" in [heading for heading, _ in page.prose.headings], page.term.id
        assert page.term.gist, page.term.id
        assert page.term.before is not None, page.term.id


def test_every_mechanism_is_bound_to_an_experiment_of_its_own_and_to_a_closed_form() -> None:
    found = guide(ECONOMICS)
    for page in found.pages:
        assert page.term.try_ is not None, page.term.id
        own = found.experiments[page.term.try_.experiment]
        assert own.own, page.term.id
        bound = [c.experiment for c in claims(page) if c.experiment is not None]
        assert own.id in {one.id for one in bound}, page.term.id
        assert all(found.experiments[one.id].expectation(one.expect) for one in bound), page.term.id
        forms = [c.theory.name for c in claims(page) if c.theory is not None]
        assert forms, page.term.id
        assert set(forms) <= set(theory.catalogue()), page.term.id


@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_the_bar_of_an_experiment_is_what_the_closed_form_says(name: str) -> None:
    bar = guide(ECONOMICS).experiments[name].expectation("closed-form")
    assert bar is not None
    closed, within = CLOSED_FORMS[name]
    assert bar.versus == pytest.approx(closed(), abs=within)


def test_every_bar_against_a_closed_form_is_checked_here() -> None:
    with_bar = {
        name for name, one in guide(ECONOMICS).experiments.items() if one.expectation("closed-form")
    }
    assert with_bar == set(CLOSED_FORMS)


@pytest.mark.parametrize("name", [ECONOMICS, TARGETS])
def test_the_linter_finds_nothing(name: str) -> None:
    """What hangs on the day, and on terms that other classes add, is left to `guide check`."""
    found = checked(library(FOLDER / name))
    assert [str(one) for one in found if one.rule not in ("stale-result", "missing-also-in")] == []


@pytest.mark.parametrize("name", [ECONOMICS, TARGETS])
def test_every_run_behind_a_claim_is_locked_as_it_stands_and_holds(name: str) -> None:
    found = guide(name)
    named = {c.experiment.id for page in found.pages for c in claims(page) if c.experiment}
    for one in sorted(named):
        ran = found.lock.experiments[one]
        assert ran.hash == found.experiments[one].experiment.digest, one
        assert ran.expectations, one
        assert all(held.holds and not held.moved for held in ran.expectations.values()), one


def test_terms_are_bound_to_every_data_set() -> None:
    """At least eight state what stands in a data set, and none of the four is left out."""
    bound = {
        (page.term.id, fact.partition(".")[0])
        for page in guide(TARGETS).pages
        for c in claims(page)
        for value in c.values
        for fact in value.fact
    }
    carried = {
        data.name: {term for term, of in bound if of == data.name} for data in data_sets.SETS
    }
    assert {name: bool(terms) for name, terms in carried.items()} == dict.fromkeys(carried, True)
    assert len(set.union(*carried.values())) >= 8


def facts(source: str) -> dict[str, Any]:
    return {name: fact.value for name, fact in guide(TARGETS).sources[source].facts.items()}


def test_facts_of_the_garment_factory_are_those_of_its_file() -> None:
    path = data_sets.GARMENT.find(None)
    assert path is not None
    raw, said = pl.read_csv(path), facts("garment-factory")
    table = data_sets.garment(path).with_columns(ratio=pl.col("reported") / pl.col("norm"))
    sewing, finishing = (table.filter(pl.col("group") == one) for one in ("sewing", "finishing"))
    assert said["team_days"] == raw.height
    for name, part in (("sewing", sewing), ("finishing", finishing)):
        ratio = part["ratio"].to_numpy()
        assert said[f"{name}_days"] == part.height
        assert said[f"{name}_above"] == np.sum((ratio >= 1.0) & (ratio < 1.005))
        assert said[f"{name}_below"] == np.sum((ratio >= 0.995) & (ratio < 1.0))
        paid = raw.filter(pl.col("department") == name)["incentive"].to_numpy() > 0
        assert said[f"{name}_incentive"] == pytest.approx(100 * paid.mean(), abs=0.5)
    best = table.sort("ratio").row(-1, named=True)
    assert said["best_multiple"] == pytest.approx(best["ratio"], abs=0.005)
    assert said["least_target"] == pytest.approx(best["norm"], abs=0.005)
    assert said["report_behind_it"] == pytest.approx(best["reported"], abs=0.005)
    step = pl.col("norm") - pl.col("norm").shift(1).over("group", "worker")
    steps = (
        table.sort("group", "worker", "period").select(step=step).drop_nulls()["step"].to_numpy()
    )
    for name, share in (("unchanged", steps == 0), ("raised", steps > 0), ("lowered", steps < 0)):
        assert said[f"targets_{name}"] == pytest.approx(100 * share.mean(), abs=0.5)
    assert said["first_day"] == table["period"].min()


def test_what_stands_out_in_the_garment_factory_is_what_its_tests_find() -> None:
    path = data_sets.GARMENT.find(None)
    assert path is not None
    findings, said = inspect(data_sets.garment(path), by="group").findings, facts("garment-factory")
    for name in ("sewing", "finishing"):
        mine = [one for one in findings if one.group == name]
        assert said["tests_each"] == len(mine)
        assert said[f"{name}_unusual"] == sum(one.unusual for one in mine)
    [up] = [one for one in findings if (one.test, one.group) == ("ratchet-up", "sewing")]
    assert said["up_after_excess"] == pytest.approx((up.low, up.high), abs=0.005)


def test_facts_of_the_emergency_departments_are_those_of_their_file() -> None:
    path = data_sets.EMERGENCY.find(None)
    assert path is not None
    raw, said = pl.read_csv(path), facts("emergency-departments")
    share = 100 * data_sets.emergency(path)["reported"].to_numpy()
    assert said["rows"] == raw.height
    assert said["months"] == share.size
    assert said["months_above"] == np.sum((share >= 95.0) & (share < 95.5))
    assert said["months_below"] == np.sum((share >= 94.5) & (share < 95.0))
    assert said["met"] == pytest.approx(100 * np.mean(share >= 95.0), abs=0.5)
    kinds = {"major_share": ["1"], "minor_share": ["other"], "all_share": ["1", "2", "other"]}
    for name, of in kinds.items():
        part = raw.filter(pl.col("type").is_in(of)).select(pl.col("breaches", "attendances").sum())
        breaches, attendances = part.row(0)
        assert said[name] == pytest.approx(100 * (1 - breaches / attendances), abs=0.05)
    months = raw["period"].str.to_date()
    assert said["first_month"] == months.min()
    assert said["last_month"].strftime("%Y-%m") == months.max().strftime("%Y-%m")  # type: ignore[union-attr]


def test_facts_of_the_flights_are_those_of_their_file(data_file: Callable[[str], Path]) -> None:
    table, said = pl.read_csv(data_file(data_sets.FLIGHTS.file)), facts("flights")
    late = table["arr_delay"].drop_nulls().to_numpy()
    assert said["flights"] == table.height
    for name in ("under", "over"):
        low, high = said[f"strip_{name}"]
        assert said[f"just_{name}"] == np.sum((late >= low) & (late <= high))


def test_facts_of_the_effort_experiment_are_those_of_its_file(
    data_file: Callable[[str], Path],
) -> None:
    table, said = pl.read_csv(data_file(data_sets.EFFORT.file)), facts("effort-experiment")
    presses, treatment = pl.col("buttonpresses"), pl.col("treatmentname")
    assert said["people"] == table.height
    assert said["treatments"] == table["treatmentname"].n_unique()
    for name, arms in (("bonus", data_sets.BONUS), ("piece", data_sets.PIECE)):
        points = table.filter(treatment.is_in(arms))["buttonpresses"].to_numpy()
        assert said[f"{name}_above"] == np.sum((points >= 2000) & (points < 2050))
        assert said[f"{name}_below"] == np.sum((points >= 1950) & (points < 2000))
    means = {
        "mean_unpaid": "No Payment",
        "mean_one_cent": "1c PieceRate",
        "mean_four_cents": "4c PieceRate",
        "mean_ten_cents": "10c PieceRate",
        "mean_tenth_cent": "Very Low Pay",
        "mean_bonus": "Gain 40c",
    }
    for name, arm in means.items():
        mean = table.filter(treatment == arm).select(presses.mean()).item()
        assert said[name] == pytest.approx(mean, abs=0.5)
    low = (presses % 100 < 10).mean() * 100
    paid = table.filter(treatment.is_in(data_sets.PIECE)).select(low).item()
    unpaid = table.filter(treatment == "No Payment").select(low).item()
    assert said["ends_low_paid"] == pytest.approx(paid, abs=0.05)
    assert said["ends_low_unpaid"] == pytest.approx(unpaid, abs=0.05)
    digits = np.bincount(table["buttonpresses"].to_numpy() % 10, minlength=10)
    even = digits.sum() / 10
    assert said["chi_square"] == pytest.approx(np.sum((digits - even) ** 2 / even), abs=0.05)


def test_estimates_are_those_that_the_replication_prints() -> None:
    """The pages under docs/data are written from `stakhanov replicate`."""
    estimates = {
        "garment-factory": ["jump_sewing", "jump_finishing", "down_after_shortfall"],
        "emergency-departments": ["jump_at_standard"],
        "flights": ["jump_on_time", "jump_on_time_range"],
        "effort-experiment": ["jump_at_bonus"],
    }
    for source, names in estimates.items():
        page = (ROOT / "docs" / "data" / f"{source}.md").read_text(encoding="utf-8")
        for name in names:
            value = facts(source)[name]
            text = (
                f"({value[0]:.2f} to {value[1]:.2f})"
                if isinstance(value, tuple)
                else f"| {value:.2f} ("
            )
            assert text in page, (source, name)
    row = (ROOT / "docs" / "validation" / "row_16_honest_reports.md").read_text(encoding="utf-8")
    share = facts("honest-reports")["any_flag"] / 100
    assert f"tables in which anything is unusual | <= 0.05 | {share:g} |" in row
