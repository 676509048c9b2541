"""Where an expectation breaks, on made-up runs that break at a known value."""

from __future__ import annotations

from typing import Any

import pytest

from stakhanov.experiments.breaking import find_break
from stakhanov.experiments.declaration import Experiment, checked
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.trial import Trial
from stakhanov.foundation.problem import BadInput

MONEY = "money.value"


def money(trial: Trial) -> float:
    """The other arm stands above the base by its value of money, whatever the luck."""
    other = trial.design.campaign.pay.guarantee == 0.5
    return 7.0 * trial.seed + (trial.design.workforce.money.value if other else 0.0)


def test_bisection_finds_the_break(example: Experiment, invented: Any) -> None:
    """The expectation asks for .1: it holds down to there, known to a 64th of the span."""
    executor = invented(money)
    found = find_break(example, MONEY, (0.0, 1.0), Laboratory(executor=executor))
    assert found.holds_until is not None
    assert found.fails_from is not None
    assert found.fails_from < 0.1 <= found.holds_until
    assert found.holds_until - found.fails_from <= 1.0 / 64.0
    assert len(found.tried) == 8  # both ends and six halvings
    assert len(executor.made) == 8 * 2 * 3
    again = find_break(example, MONEY, (1.0, 0.0), Laboratory(executor=invented(money)))
    assert again.holds_until == found.holds_until


def test_where_nothing_breaks_there_is_no_value(example: Experiment, invented: Any) -> None:
    room = Laboratory(executor=invented(money))
    both = find_break(example, MONEY, (0.5, 1.0), room)
    assert both.holds_until is None
    assert "holds at both ends of money.value = 0.5 to 1" in both.sentence
    neither = find_break(example, MONEY, (0.0, 0.05), room)
    assert neither.holds_until is None
    assert "holds at neither end of" in neither.sentence
    assert "make no difference" not in both.sentence + neither.sentence
    still = find_break(example, MONEY, (0.5, 1.0), Laboratory(executor=invented(lambda _: 1.0)))
    assert still.sentence.endswith(
        "holds at neither end of money.value = 0.5 to 1, which make no difference"
    )


def test_whole_numbers_stay_whole(plain: dict[str, Any], invented: Any) -> None:
    def rule(trial: Trial) -> float:
        other = trial.design.campaign.pay.guarantee == 0.5
        return 0.5 if other and trial.design.campaign.norms.revision.every <= 17 else 0.0

    room = Laboratory(executor=invented(rule))
    found = find_break(checked(plain), "norms.revision.every", (1.0, 60.0), room)
    assert (found.holds_until, found.fails_from) == (17, 18)
    assert all(value.is_integer() for value, _ in found.tried)
    with pytest.raises(BadInput, match=r"every: must go from one whole number.*found 1\.5:60"):
        find_break(checked(plain), "norms.revision.every", (1.5, 60.0), room)


def test_an_address_that_the_arm_sets_moves_there_alone(
    plain: dict[str, Any], invented: Any
) -> None:
    """Base and other both set the value of money; only the other's moves."""
    arms = {"base": {MONEY: 0.5}, "other": {MONEY: 2.0}}

    def rule(trial: Trial) -> float:
        return trial.design.workforce.money.value

    executor = invented(rule)
    found = find_break(
        checked({**plain, "arms": arms}), MONEY, (0.0, 2.0), Laboratory(executor=executor)
    )
    assert found.holds_until == pytest.approx(0.6, abs=2.0 / 64.0)
    assert 0.5 in {trial.design.workforce.money.value for trial in executor.made}


def test_what_is_asked_must_be_there(example: Experiment, invented: Any) -> None:
    room = Laboratory(executor=invented(money))
    with pytest.raises(
        BadInput, match=r"expectation: must be one.*found mor \(did you mean more\?\)"
    ):
        find_break(example, MONEY, (0.0, 1.0), room, expectation="mor")
    with pytest.raises(BadInput, match=r"did you mean money\.value\?"):
        find_break(example, "mony.value", (0.0, 1.0), room)
    with pytest.raises(BadInput, match="must have an expectation"):
        find_break(example.with_({"expectations": []}), MONEY, (0.0, 1.0), room)
