"""Calibrating people whose reports have a closed form: traits come back, and what cannot be told is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import stakhanov
from stakhanov.evidence.moments import MEAN, NAMES, SPREAD
from stakhanov.experiments.arms import Base
from stakhanov.experiments.calibrate import Calibration, calibrate
from stakhanov.experiments.calibrated_file import calibrated_file
from stakhanov.experiments.executors.inline import Inline
from stakhanov.experiments.executors.protocol import Check, proceed
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.store.folder import FolderStore
from stakhanov.experiments.store.nowhere import Nowhere
from stakhanov.experiments.trial import Outcome, Trial
from stakhanov.experiments.what_if import what_if
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.workforce import Workforce

PEOPLE = "heavy-machine-building"
DRIVE, NOISE, SPREAD_OF_ABILITY = "effort.drive", "effort.noise", "ability.log_sd"
FREE = {DRIVE: (0.5, 2.0), NOISE: (0.02, 0.8), SPREAD_OF_ABILITY: (0.0, 0.6)}
TRUE = {DRIVE: 0.95, NOISE: 0.12, SPREAD_OF_ABILITY: 0.2}


def reports(people: Workforce, workers: int, periods: int, seed: int) -> pl.DataFrame:
    """Everybody reports drive times ability, and noise on top of it."""
    luck = np.random.default_rng(seed)
    able = np.exp(people.ability.log_sd * luck.standard_normal(workers))
    noise = people.effort.noise * luck.standard_normal((workers, periods))
    made = people.effort.drive / people.effort.cost * able[:, None] + noise
    return pl.DataFrame(
        {
            "worker": np.repeat(np.arange(workers), periods).astype(str),
            "period": np.tile(np.arange(periods), workers),
            "norm": np.ones(workers * periods),
            "reported": made.ravel(),
            "caught": np.zeros(workers * periods, bool),
            "branch": np.full(workers * periods, "one"),
            "enterprise": np.zeros(workers * periods, int),
            "brigade": np.zeros(workers * periods, int),
        }
    )


class Made:
    """An executor of such people; rules move true output by as much as the norm."""

    name = "made"

    def __init__(self) -> None:
        self.made: list[Trial] = []

    def run(
        self, trials: Sequence[Trial], check: Check = proceed
    ) -> Iterator[tuple[Trial, Outcome]]:
        for trial in trials:
            check()
            self.made.append(trial)
            design = trial.design
            frame = reports(design.workforce, design.workers, design.periods, trial.seed)
            output = design.workforce.effort.drive + 2.0 * design.campaign.norms.start
            yield trial, Outcome(dict.fromkeys(MEASURES, output), {}, reports=frame)

    def close(self) -> None:
        pass


def table(**traits: float) -> pl.DataFrame:
    people = stakhanov.load_workforce(PEOPLE).with_(TRUE | traits)
    return reports(people, 150, 6, seed=1936).select("worker", "period", "norm", "reported")


def found(frame: pl.DataFrame | None = None, **more: Any) -> Calibration:
    asked: dict[str, Any] = {"free": FREE, "workforce": PEOPLE, "workers": 1000, **more}
    room = asked.pop("room", None) or Laboratory(Nowhere(), Made())
    return calibrate(
        asked.pop("campaign", "time-wage"),
        table() if frame is None else frame,
        laboratory=room,
        **asked,
    )


@pytest.fixture(scope="module")
def example() -> Calibration:
    return found()


def test_traits_come_back_inside_their_intervals(example: Calibration) -> None:
    assert example.settled
    assert (example.workers, example.reports, example.periods) == (150, 900, 6)
    for one in example.estimates:
        truth = TRUE[one.unknown.address]
        assert one.low < truth < one.high, one
        assert one.value == pytest.approx(truth, rel=0.15)
        assert 0.0 < one.error < 0.1 * truth
    assert example.workforce.effort.drive == example.values[DRIVE]
    assert example.fit.chance > 0.01
    assert not example.hardly
    assert not example.entangled


def test_the_error_of_the_drive_is_that_of_a_mean_over_workers(example: Calibration) -> None:
    """Reports here are drive x ability + noise: the mean is drive x exp(s2/2), from 150 + 1,000 workers."""
    drive, noise, spread = TRUE[DRIVE], TRUE[NOISE], TRUE[SPREAD_OF_ABILITY]
    mean = drive * np.exp(spread**2 / 2.0)
    variance = mean**2 * np.expm1(spread**2) + noise**2 / 6.0
    closed = np.sqrt(variance / 150.0 * 1.15) / np.exp(spread**2 / 2.0)
    assert next(iter(example.estimates)).error == pytest.approx(closed, rel=0.2)


def test_the_reports_themselves_are_met_moment_by_moment(example: Calibration) -> None:
    by_name = {one.moment: one for one in example.moments}
    assert set(by_name) <= set(NAMES)
    for name in (MEAN, SPREAD):
        assert abs(by_name[name].apart) < 1.0
    assert example.table.height == 3


def test_an_end_that_is_met_is_said_and_has_no_error() -> None:
    end = found(free={DRIVE: (1.2, 2.0), NOISE: (0.02, 0.8)})
    drive, noise = end.estimates
    assert (drive.met, drive.value) == ("low", 1.2)
    assert np.isnan(drive.error)
    assert noise.met == ""
    assert noise.error > 0.0
    assert end.fit.chance < 0.01


def test_traits_that_stand_for_each_other_are_named_together() -> None:
    twins = found(free={DRIVE: (0.5, 2.0), "effort.cost": (0.5, 2.0), NOISE: (0.02, 0.8)})
    assert twins.entangled == ((DRIVE, "effort.cost"),)
    told = {one.unknown.address: one.high - one.low for one in twins.estimates}
    assert told[NOISE] < 0.1


def test_a_trait_that_moves_no_moment_is_refused() -> None:
    said = "quits.base: must move a moment of the reports; found none moved from 0 to 0.01"
    with pytest.raises(BadInput, match=said):
        found(free={DRIVE: (0.5, 2.0), "quits.base": (0.0, 0.01)})


def test_what_is_usually_sought_is_not_where_it_moves_nothing() -> None:
    """Nobody here works for money."""
    assert set(found(free=None, workers=400).values) == {DRIVE, NOISE, SPREAD_OF_ABILITY}


def test_all_traits_may_meet_an_end() -> None:
    end = found(free={DRIVE: (1.5, 2.0)}, workers=400)
    assert [one.met for one in end.estimates] == ["low"]
    assert end.free == []
    assert end.fit.chance < 0.01


def test_more_traits_than_moments_are_refused() -> None:
    """One report each tells a mean, a spread and ten shares."""
    one_each = table().group_by("worker", maintain_order=True).first()
    many = [f"aspiration.{name}" for name in ("weight", "width", "own", "brigade", "published")]
    many += [f"morale.{name}" for name in ("recovery", "gain", "loss", "norm_shock", "caught")]
    free = dict.fromkeys(many, (0.1, 0.9)) | FREE
    with pytest.raises(BadInput, match=r"must be no more than the 12 moments .*found 13 traits"):
        found(one_each, free=free)


@pytest.mark.parametrize(
    ("free", "said"),
    [
        ({}, "free: must name a trait, as ADDRESS=FROM:TO; found nothing"),
        (
            {"norms.start": (0.5, 2.0)},
            "norms.start: must be a trait of the workforce.* found a rule of the campaign",
        ),
        ({"effort.driv": (0.5, 2.0)}, r"effort.driv: must be .*drive"),
        ({"efort.drive": (0.5, 2.0)}, r"efort.drive: must begin .*did you mean effort.drive\?"),
        ({"effort.noise": (0.5, 9.0)}, "effort.noise: must be at most 3; found 9"),
        ({"size.brigade": (10, 30)}, "size.brigade: must be a number that can move by less"),
        ({"honesty.foresight": (0, 1)}, "honesty.foresight: must be a number"),
    ],
)
def test_what_cannot_be_sought_is_refused(free: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        found(free=free)


def test_runs_are_kept_and_found_again(tmp_path: Path) -> None:
    first, again = Made(), Made()
    one = found(room=Laboratory(FolderStore(tmp_path), first), free={DRIVE: (0.5, 2.0)})
    two = found(room=Laboratory(FolderStore(tmp_path), again), free={DRIVE: (0.5, 2.0)})
    assert len(first.made) == one.runs
    assert again.made == []
    assert two.values == one.values


def test_the_file_gives_the_calibrated_people(example: Calibration, tmp_path: Path) -> None:
    below = stakhanov.load_workforce(PEOPLE)
    place = tmp_path / "people.toml"
    place.write_text(calibrated_file(example, below, PEOPLE, "table.csv", tmp_path))
    read = stakhanov.load_workforce(place)
    assert {a: read.plain()[a.split(".")[0]][a.split(".")[1]] for a in FREE} == example.values
    assert read.workforce.base == PEOPLE
    assert read.workforce.evidence[DRIVE].grade == "measured"
    assert read.size == below.size


def test_a_file_over_branches_that_differ_gives_everybody_what_was_found(tmp_path: Path) -> None:
    """Soviet industry has own quits in coal; what is found holds there too."""
    quits = {"quits.base": (0.001, 0.01), DRIVE: (0.5, 2.0)}
    one = found(workforce="soviet-industry", free={DRIVE: (0.5, 2.0), NOISE: (0.02, 0.8)})
    people = stakhanov.load_workforce("soviet-industry")
    assert any("quits.base" in branch.overrides for branch in people.branches)
    held = one.workforce.held({address: span[0] for address, span in quits.items()})
    place = tmp_path / "people.toml"
    place.write_text(
        calibrated_file(replace(one, workforce=held), people, "soviet-industry", "t", tmp_path)
    )
    read = stakhanov.load_workforce(place)
    assert {branch.quits.base for branch in read.by_branch()} == {0.001}
    assert {branch.effort.drive for branch in read.by_branch()} == {0.5}


def test_what_if_pairs_rules_on_the_same_people_and_luck(example: Calibration) -> None:
    room = Laboratory(Nowhere(), Made())
    (one,) = what_if(example, {"norms.start": 1.05}, room, measures=["true_output"])
    assert (one.low, one.change, one.high) == pytest.approx((0.1, 0.1, 0.1))
    drawn = [trial.design.workforce.effort.drive for trial in room.executor.made]  # type: ignore[attr-defined]
    assert np.std(drawn) == pytest.approx(example.estimates[0].error, rel=0.5)
    assert one.present == pytest.approx(2.0 + np.mean(drawn))


def test_what_if_is_asked_of_rules() -> None:
    with pytest.raises(BadInput, match=r"effort\.drive: must be a rule of the campaign"):
        what_if(found(free={DRIVE: (0.5, 2.0)}), {DRIVE: 1.0}, Laboratory(Nowhere(), Made()))


def test_points_that_the_engine_refuses_are_passed_by() -> None:
    class Refusing(Made):
        def run(self, trials: Sequence[Trial], check: Check = proceed) -> Any:
            for trial in trials:
                if trial.design.workforce.effort.drive > self.most:
                    raise BadInput(
                        [Problem("fatigue.effect", "must leave people able", "tired out")]
                    )
                yield from super().run([trial], check)

        most = 1.2

    assert found(room=Laboratory(Nowhere(), Refusing())).values[DRIVE] == pytest.approx(
        TRUE[DRIVE], rel=0.1
    )
    never = Refusing()
    never.most = 0.0
    with pytest.raises(BadInput, match=r"free: must hold a point(.|\n)*tired out"):
        found(room=Laboratory(Nowhere(), never))


def test_the_engine_s_own_reports_are_told_back() -> None:
    """One table of the engine; how often intervals hold the truth is a row of the validation."""
    campaign = stakhanov.load("time-wage").with_({"plan.shifts_per_period": 2})
    people = stakhanov.load_workforce(PEOPLE)
    truth = {DRIVE: 0.9, NOISE: 0.3}
    run = stakhanov.simulate(
        campaign, people.with_(truth), workers=200, periods=3, seed=7, sample="all"
    )
    one = calibrate(
        campaign,
        run.reports,
        {DRIVE: (0.4, 2.0), NOISE: (0.05, 1.0)},
        people,
        workers=800,
        laboratory=Laboratory(Nowhere(), Inline(1)),
    )
    for estimate in one.estimates:
        address = estimate.unknown.address
        assert abs(estimate.value - truth[address]) < 4.0 * estimate.error
        assert estimate.error < 0.1 * truth[address]


def test_the_laboratory_forgets_outcomes_and_counts_them_still() -> None:
    seen: list[tuple[int, int]] = []
    room = Laboratory(Nowhere(), Made(), watch=lambda one: seen.append((one.done, one.asked)))
    design = Base.of("time-wage", PEOPLE, workers=20, periods=1).design()
    room.run([Trial(design, 1)])
    room.forget()
    room.run([Trial(design, 2)])
    assert room.made == 2
    assert seen[-1] == (2, 2)
    room.run([Trial(design, 1)])
    assert room.made == 3
