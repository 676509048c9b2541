from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from stakhanov.engine.results import Run
from stakhanov.summary.headline import headline
from stakhanov.summary.open_run import OpenRun
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


def test_the_level_against_the_plan_comes_first(made_run: Make) -> None:
    """Reports of 1.2 a shift against a plan of 1.0 for three years, then of 1.5; 1.1 is made throughout."""
    run = made_run(
        {
            "plan": lambda p: 1.0 if p < 36 else 1.5,
            "reported_output": lambda _: 1.2,
            "true_output": lambda _: 1.1,
        }
    )
    plan, _, _ = answers(run)
    assert plan.numbers["plan_met"] == pytest.approx(0.8)
    assert plan.numbers["plan_met_mean"] == pytest.approx((36 * 1.2 + 12 * 0.8) / 48)
    assert plan.sentences[0] == (
        "In our model reports stood at 80.0 % of the plan in 1936 and reached it in 36 of 48 months,"
        " at 110.0 % of it on average; what was made stood at 73.3 %. The plan starts from what the"
        " first month reported."
    )


def test_growth_from_a_sagging_first_year_is_no_plan_met(made_run: Make) -> None:
    """Rested people report 1.2 in the first month and 0.9 after it: growth is fast, the plan stays unmet.

    Means by hand: (1.2 + 11 * 0.9) / 12 = 0.925 in 1933, 1.2 in 1936 against a plan of 1.32.
    """
    run = made_run(
        {
            "plan": lambda p: 1.2 if p < 36 else 1.32,
            "reported_output": lambda p: 1.2 if p == 0 or p >= 36 else 0.9,
        }
    )
    plan, _, _ = answers(run)
    assert (
        "reports stood at 90.9 % of the plan in 1936 and reached it in 1 of 48 months"
        in (plan.sentences[0])
    )
    assert plan.sentences[1] == (
        "From the mean of 1933, when reports stood at 77.1 % of the plan, to that of 1936 reported"
        " output per worker and shift changed by +29.7 %; the plan asked for +10.0 % between the same"
        " years."
    )
    assert not any("faster" in sentence for sentence in plan.sentences)
    said = headline(OpenRun.of(run))
    assert said.startswith(
        "In our model reports stood at 91 % of the plan in 1936 and reached it in 1 of 48 months;"
    )
    assert "from its mean of 1933" in said


def test_a_plan_of_no_growth_is_said_in_words(made_run: Make) -> None:
    plan, _, _ = answers(made_run({"plan": lambda _: 1.2}))
    assert "the plan asked for no growth" in plan.sentences[1]


def test_a_plan_of_nothing_is_said(made_run: Make) -> None:
    """Output of nothing in the first period makes a plan of nothing."""
    nothing = dict.fromkeys(("plan", "reported_output", "true_output"), lambda _: 0.0)
    run = made_run(nothing)
    plan, publicity, remains = answers(run)
    assert "asked for nothing that reports could be held against" in plan.sentences[0]
    assert "changed by an unknown amount" in plan.sentences[1]
    assert publicity.sentences
    assert remains.sentences
    assert "asked for nothing" in headline(OpenRun.of(run))


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
