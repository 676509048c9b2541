"""Verdicts of made-up runs, whose differences are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stakhanov.experiments.declaration import Expectation, Experiment, checked
from stakhanov.experiments.intervals import Interval
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.replicates import Precision
from stakhanov.experiments.trial import Trial
from stakhanov.experiments.verdict import conduct, holds
from stakhanov.foundation.problem import BadInput


def gapped(trial: Trial) -> float:
    """Luck of the seed, shared by the arms; the other arm stands .4, .5, .6 ... above the base."""
    luck = 10.0 * trial.seed
    higher = trial.design.campaign.pay.guarantee == 0.5
    return luck + (0.3 + 0.1 * trial.seed if higher else 0.0)


def test_paired_differences_do_not_know_the_luck(example: Experiment, invented: Any) -> None:
    """Gaps .4, .5, .6: mean .5, s = .1, t(2, .975) = 4.3027, half = .24842."""
    found = conduct(example, Laboratory(executor=invented(gapped)))
    one = found.findings[0]
    assert one.gap.mean == pytest.approx(0.5, abs=1e-9)
    assert one.gap.low == pytest.approx(0.5 - 0.24842, abs=1e-5)
    assert one.gap.high == pytest.approx(0.5 + 0.24842, abs=1e-5)
    assert one.versus == pytest.approx(20.0)
    assert one.holds
    assert found.holds
    assert found.replicates == 3


@pytest.mark.parametrize(
    ("op", "gap", "edges", "verdict"),
    [
        (">", 0.2, (0.2, 0.9), True),
        (">", 0.2, (0.19, 0.9), False),
        (">", 0.0, (0.0, 0.9), False),
        (">=", 0.0, (0.0, 0.9), True),
        ("<", 0.2, (-0.9, -0.2), True),
        ("<", 0.2, (-0.9, -0.19), False),
        ("<", 0.0, (0.1, 0.9), False),
        ("<=", 0.0, (-0.1, 0.0), True),
        (">", 0.0, (float("nan"), float("nan")), False),
    ],
)
def test_the_nearer_bound_decides(
    op: str, gap: float, edges: tuple[float, float], verdict: bool
) -> None:
    expectation = Expectation(id="x", measure="pay_mean", arm="a", versus="b", op=op, min_gap=gap)  # type: ignore[arg-type]
    assert holds(expectation, Interval(0.0, *edges)) is verdict


@pytest.mark.parametrize(("edges", "verdict"), [((-0.1, 0.1), True), ((-0.2, 0.0), False)])
def test_nothing_happens_within_bounds(edges: tuple[float, float], verdict: bool) -> None:
    expectation = Expectation(id="x", measure="pay_mean", arm="a", versus="b", op="=", max_gap=0.1)
    assert holds(expectation, Interval(0.0, *edges)) is verdict


def test_an_arm_may_be_held_against_a_number(plain: dict[str, Any], invented: Any) -> None:
    expectation = {**plain["expectations"][0], "versus": 19.0, "op": "=", "max_gap": 30.0}
    del expectation["min_gap"]
    asked = checked({**plain, "expectations": [expectation]})
    one = conduct(asked, Laboratory(executor=invented(gapped))).findings[0]
    assert one.versus == 19.0
    assert one.gap.mean == pytest.approx(20.5 - 19.0)


def test_a_difference_may_be_held_against_another(plain: dict[str, Any], invented: Any) -> None:
    """Base 0, other 5, third 2, fourth 10: (fourth - third) - (other - base) = 3, whatever the luck."""
    guarantees = {"base": 1.0, "other": 0.5, "third": 0.4, "fourth": 0.3}
    worth = {1.0: 0.0, 0.5: 5.0, 0.4: 2.0, 0.3: 10.0}

    def rule(trial: Trial) -> float:
        return 9.0 * trial.seed + worth[trial.design.campaign.pay.guarantee]

    expectation = {
        **plain["expectations"][0],
        "arm": "fourth",
        "versus": "third",
        "than": ["other", "base"],
        "min_gap": 2.9,
    }
    arms = {name: {"pay.guarantee": value} for name, value in guarantees.items()}
    asked = checked({**plain, "arms": arms, "expectations": [expectation]})
    one = conduct(asked, Laboratory(executor=invented(rule))).findings[0]
    assert one.gap.mean == pytest.approx(3.0)
    assert one.holds
    expectation["than"] = ["other", "bass"]
    with pytest.raises(
        BadInput, match=r"than\.1: must name an arm; found bass \(did you mean base"
    ):
        checked({**plain, "arms": arms, "expectations": [expectation]})


def test_precision_adds_seeds_until_the_interval_is_narrow(
    example: Experiment, invented: Any
) -> None:
    """Gaps of + and - 1 by turns: s is close to 1, so that a width of .5 takes about 64 seeds."""

    def rule(trial: Trial) -> float:
        higher = trial.design.campaign.pay.guarantee == 0.5
        return float((-1) ** trial.seed) if higher else 0.0

    executor = invented(rule)
    found = conduct(example, Laboratory(executor=executor), precision=Precision(0.5, most=200))
    assert found.findings[0].gap.width <= 0.5
    assert 55 < found.replicates < 75
    assert found.values.seeds == tuple(range(1, found.replicates + 1))
    assert len(executor.made) == 2 * found.replicates  # none twice
    few = conduct(example, Laboratory(executor=invented(rule)), precision=Precision(0.5, most=10))
    assert few.replicates == 10
    assert few.findings[0].gap.width > 0.5


@pytest.mark.parametrize(("width", "most"), [(0.0, 8), (-1.0, 8), (float("nan"), 8), (1.0, 1)])
def test_a_stopping_rule_must_be_one(width: float, most: int) -> None:
    with pytest.raises(BadInput):
        Precision(width, most)


def test_a_time_outside_the_run_is_told_before_anything_is_run(
    plain: dict[str, Any], invented: Any
) -> None:
    executor = invented(gapped)
    with pytest.raises(BadInput, match="must lie within the run's periods, 0 to 1"):
        conduct(checked({**plain, "measures": ["pay_mean@7"]}), Laboratory(executor=executor))
    assert not executor.made


def test_an_interval_that_was_waited_for_still_covers(example: Experiment, invented: Any) -> None:
    """To stop when the interval is narrow makes it a little too narrow: of 300, 90 % cover at least."""
    covered = 0
    for world in range(300):
        luck = np.random.default_rng(world).normal(0.5, 1.0, 400)

        def rule(trial: Trial, luck: Any = luck) -> float:
            other = trial.design.campaign.pay.guarantee == 0.5
            return float(luck[trial.seed]) if other else 0.0

        room = Laboratory(executor=invented(rule))
        asked = example.under(range(1, 9))
        gap = conduct(asked, room, precision=Precision(0.8, most=200)).findings[0].gap
        covered += gap.low <= 0.5 <= gap.high
    assert covered >= 270


def test_an_experiment_may_be_named_or_be_a_file(tmp_path: Path, invented: Any) -> None:
    with pytest.raises(BadInput, match="did you mean piece-rate"):
        conduct("piece-rat")
    place = tmp_path / "mine.toml"
    place.write_text(
        'id = "mine"\ntitle = "t"\nquestion = "q"\ncampaign = "own"\n[arms.a]\n', encoding="utf-8"
    )
    text = '[campaign]\nname = "own"\n'
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    assert (
        conduct(place, Laboratory(executor=invented(lambda _: 1.0))).designs["a"].campaign.name
        == "own"
    )
