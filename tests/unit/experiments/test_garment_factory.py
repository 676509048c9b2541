"""The garment factory as the page on calibration has it: fitted by the engine, then a target 5 % higher."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import stakhanov
from stakhanov.evidence.data_sets import GARMENT, garment
from stakhanov.experiments.calibrate import Calibration, calibrate
from stakhanov.experiments.executors.inline import Inline
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.store.nowhere import Nowhere
from stakhanov.experiments.what_if import Effect, what_if

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "calibrate-on-reports.md"
FREE = {
    "effort.drive": (0.3, 3.0),
    "ability.log_sd": (0.0, 0.8),
    "effort.noise": (0.02, 2.0),
    "honesty.lying_cost": (0.01, 100.0),
}
#: Few days, for time's sake; the page has 59.
SMALL = {"workers": 240, "periods": 8}


@pytest.fixture(scope="module")
def room() -> Laboratory:
    return Laboratory(Nowhere(), Inline())


@pytest.fixture(scope="module")
def fitted(room: Laboratory, tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    folder = tmp_path_factory.mktemp("garment")
    declared = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for name, text in zip(("day.toml", "teams.toml"), declared, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    campaign: Any = stakhanov.load(str(folder / "day.toml"))
    people: Any = stakhanov.load_workforce(str(folder / "teams.toml"))
    return calibrate(campaign, sewing(), FREE, people, laboratory=room, **SMALL)


@pytest.fixture(scope="module")
def effects(fitted: Calibration, room: Laboratory) -> dict[str, Effect]:
    measures = ("true_output", "reported_output", "padded_share", "below_norm_share")
    found = what_if(fitted, {"norms.start": 1.05}, room, measures=measures)
    return {str(one.reading): one for one in found}


def sewing() -> Any:
    place = GARMENT.find(None)
    assert place is not None
    return garment(place).filter(group="sewing")


def test_the_fit_makes_the_factorys_reports(fitted: Calibration) -> None:
    """Mean, spread and low days of the table, and its pile: 389 of 691 team-days from 100 to 102 %."""
    assert fitted.settled
    by_name = {one.moment: one for one in fitted.moments}
    for name in ("mean fulfilment", "spread of fulfilment", "share below 90 %"):
        assert abs(by_name[name].apart) < 2.5, name
    pile = by_name["share below 102 %"].model - by_name["share below 100 %"].model
    assert pile == pytest.approx(389 / 691, abs=0.2)


def test_a_target_five_per_cent_higher_is_missed_more_often(effects: dict[str, Effect]) -> None:
    """By no more days than end from 100 to 105 % of it now: nobody works less for it, some count up to it."""
    table = sewing()
    reached = (table["reported"] / table["norm"]).round(9)
    missed = effects["below_norm_share"]
    assert missed.low > 0.0
    assert missed.high < ((reached >= 1.0) & (reached < 1.05)).mean()


def test_a_target_five_per_cent_higher_moves_reports_and_not_output(
    effects: dict[str, Effect],
) -> None:
    """What is said on the page: a rise of the reports that is booked, output as it was."""
    output, reports = effects["true_output"], effects["reported_output"]
    assert output.low < 0.0 < output.high
    assert abs(output.change) < 0.01
    assert reports.low > 0.0
    assert reports.high < 0.05
    assert effects["padded_share"].low > 0.0
