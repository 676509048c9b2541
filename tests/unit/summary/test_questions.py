from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from stakhanov.engine.results import Run
from stakhanov.summary.questions import answers

Make = Callable[..., Run]


def test_growth_is_told_against_the_plan_and_split(made_run: Make) -> None:
    plan, _, _ = answers(made_run())
    grown = 1.01**36
    assert plan.numbers["reported_growth"] == pytest.approx(grown - 1.0)
    assert plan.numbers["plan_growth"] == pytest.approx(1.1**3 - 1.0)
    assert plan.numbers["technology_growth"] == pytest.approx(1.005**36 - 1.0)
    assert plan.numbers["hours_growth"] == pytest.approx(0.1)  # 1.2 from July
    assert plan.numbers["rest_growth"] == pytest.approx(grown / (1.005**36 * 1.1) - 1.0)
    assert "grew faster than planned" in plan.sentences[0]


def test_a_plan_that_outruns_output_is_said(made_run: Make) -> None:
    plan, _, _ = answers(made_run({"plan": lambda p: 1.2 * 2.0 ** (p / 12)}))
    assert "grew more slowly than planned" in plan.sentences[0]


def test_a_plan_of_no_growth_is_said_in_words(made_run: Make) -> None:
    plan, _, _ = answers(made_run({"plan": lambda _: 1.2}))
    assert "the campaign's plan asked for no growth" in plan.sentences[0]


def test_an_assumed_technology_is_called_an_assumption(made_run: Make) -> None:
    header = {
        "name": "made",
        "start": "1933-01-01",
        "evidence": {"technology.growth": {"grade": "assumed"}},
    }
    assert "is an assumption" in answers(made_run(campaign={"campaign": header}))[0].sentences[-1]
    assert "is an assumption" not in answers(made_run())[0].sentences[-1]


def test_publicity_shows_level_belief_and_ranks(made_run: Make) -> None:
    _, publicity, _ = answers(made_run())
    numbers = publicity.numbers
    assert numbers["published_level"] == 15.0
    assert numbers["published_over_output"] == pytest.approx(15.0 / (1.1 * 1.01**24))
    assert numbers["credibility_low"] == 0.5
    assert numbers["aspiration_change"] == pytest.approx(0.5)
    assert numbers["bottom_change"] == pytest.approx(10.0 / 56.0)
    assert numbers["top_change"] == pytest.approx(10.0 / 136.0)
    assert "publicity off" in publicity.sentences[-1]


def test_a_run_without_publicity_says_only_that(made_run: Make) -> None:
    _, publicity, remains = answers(made_run(publicity=False))
    assert publicity.sentences == ("This run published no records.",)
    assert "in 1933, in 1935 and in 1936" in remains.sentences[0]


def test_what_remained_before_during_and_after(made_run: Make) -> None:
    _, _, remains = answers(made_run())
    numbers = remains.numbers
    assert numbers["morale_mean_before"] == pytest.approx(1.0)
    assert numbers["morale_mean_during"] == pytest.approx(0.9)
    assert numbers["quit_rate_after"] == pytest.approx(0.09)
    assert "effort stood -10.0 %" in remains.sentences[1]
    assert "trust -0.050" in remains.sentences[1]


def test_before_is_the_whole_year_before_publicity_and_no_more(made_run: Make) -> None:
    run = made_run({"morale_mean": lambda p: 1.1 if 12 <= p < 24 else 0.5})
    _, _, remains = answers(run)
    assert remains.numbers["morale_mean_before"] == pytest.approx(1.1)
    assert remains.numbers["morale_mean_during"] == pytest.approx(0.5)


def test_a_ban_on_leaving_is_told_beside_the_quits(made_run: Make) -> None:
    _, _, remains = answers(made_run(campaign={"discipline": {"leaving": 0.3}}))
    assert "held leaving down by law, to 0.30" in remains.sentences[-1]


def test_every_answer_keeps_to_the_model(made_run: Make) -> None:
    for answer in answers(made_run()):
        assert any("In our model" in sentence for sentence in answer.sentences)
        assert answer.numbers


def test_no_number_is_said_that_the_run_does_not_hold(made_run: Make) -> None:
    for answer in answers(made_run()):
        held = {f"{100.0 * value:+.1f}" for value in answer.numbers.values()}
        held |= {f"{100.0 * value:.1f}" for value in answer.numbers.values()}
        held |= {f"{value:.{digits}f}" for value in answer.numbers.values() for digits in range(4)}
        held |= {"-10.0", "-0.050"}  # differences of two numbers that are held
        held |= {str(year) for year in range(1933, 1937)}
        for said in re.findall(r"(?<![\w.])[+-]?\d+(?:\.\d+)?", " ".join(answer.sentences)):
            assert said in held, (answer.question, said)
