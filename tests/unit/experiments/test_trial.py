"""Trials: what decides a run is in its name, and the short way to its numbers gives the same ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import stakhanov
from stakhanov.campaign import load
from stakhanov.experiments.trial import Design, Trial, engine_version, perform
from stakhanov.foundation.measures import MEASURES, SERIES
from stakhanov.workforce import load as load_workforce

DESIGN = Design(load("metro-1933"), load_workforce("metro-brigades"), 120, 3)


def test_an_outcome_has_the_numbers_of_the_run_to_the_bit() -> None:
    outcome = perform(Trial(DESIGN, 5))
    run = stakhanov.simulate(
        "metro-1933", "metro-brigades", workers=120, periods=3, seed=5, sample=0
    )
    assert set(outcome.measures) == set(MEASURES)
    assert set(MEASURES) | set(SERIES) == set(outcome.series)
    for name, one in run.measures.items():
        assert np.float64(one["value"]).tobytes() == np.float64(outcome.measures[name]).tobytes()
    national = run.series.filter(branch="all")
    for name, values in outcome.series.items():
        rows = national.filter(measure=name).sort("period")["value"].to_numpy()
        assert rows.tobytes() == values.tobytes()
    assert outcome.worker_shifts == run.worker_shifts


def test_reports_are_kept_where_a_sample_is_asked_for() -> None:
    design = replace(DESIGN, workforce=load_workforce("heavy-machine-building"))
    sampled = perform(Trial(replace(design, sample=7), 5))
    assert sampled.reports is not None
    assert sampled.reports["worker"].n_unique() == 7
    assert sampled.same_as(perform(Trial(design, 5)))


def test_a_check_is_made_after_every_period() -> None:
    calls: list[int] = []
    perform(Trial(DESIGN, 1), 1, lambda: calls.append(1))
    assert len(calls) == 3


def test_trials_are_equal_when_they_would_be_the_same_run() -> None:
    again = Design(load("metro-1933"), load_workforce("metro-brigades"), 120, 3)
    assert Trial(DESIGN, 1) == Trial(again, 1)
    assert len({Trial(DESIGN, 1), Trial(again, 1), Trial(again, 2)}) == 2
    assert replace(DESIGN, periods=4) != DESIGN


def test_the_engine_says_which_text_it_is() -> None:
    version, _, text = engine_version().partition("+")
    assert version == stakhanov.__version__
    assert len(text) == 12
