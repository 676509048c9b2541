"""A run that is cut, saved, read back or branched under its own rules is the run itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stakhanov as sk
from stakhanov.engine import checkpoint
from stakhanov.engine.course import Progress, continued
from tests.properties.generators import RUNS, Asked, asked, campaigns, workforces
from tests.properties.lives import lived, opened, same_state

CUTS = st.integers(1, 3)


@RUNS
@given(campaigns(), workforces(), asked(), CUTS)
def test_a_run_cut_between_periods_goes_on_as_if_it_had_not_been(
    campaign, workforce, size, cut
) -> None:
    whole = lived(campaign, workforce, size)
    course = opened(campaign, workforce, size)
    course.advance(min(cut, size.periods))
    with tempfile.TemporaryDirectory() as name:
        checkpoint.save(Path(name), course.point())
        point = checkpoint.load(Path(name))
    assert point is not None
    resumed = continued(course.inputs, None, point, course.world.backend, 1)
    resumed.advance(size.periods)
    same_state(whole, resumed)


@RUNS
@given(campaigns(), workforces(), asked(workers=40), CUTS)
def test_an_interrupted_run_resumes_to_the_same_digest(campaign, workforce, size, cut) -> None:
    whole = simulated(campaign, workforce, size)

    def stop(progress: Progress) -> None:
        if progress.period == cut:
            raise KeyboardInterrupt

    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "run"
        if cut < size.periods:
            with pytest.raises(KeyboardInterrupt):
                simulated(campaign, workforce, size, out=place, on_period=stop)
        resumed = simulated(campaign, workforce, size, out=place, resume=True)
    assert resumed.record["digest"] == whole.record["digest"]


@RUNS
@given(campaigns(), workforces(), asked(workers=40, periods=3), CUTS)
def test_a_branch_under_its_own_rules_is_the_run_itself(campaign, workforce, size, cut) -> None:
    longer = Asked(size.workers, size.periods + 1, size.seed)
    whole = simulated(campaign, workforce, longer)
    with tempfile.TemporaryDirectory() as name:
        trunk = simulated(campaign, workforce, size, out=Path(name) / "trunk")
        place = (trunk.folder, min(cut, size.periods))
        branch = simulated(campaign, workforce, longer, branch=place)
    assert branch.series.equals(whole.series, null_equal=True)
    assert branch.histogram.equals(whole.histogram)
    assert branch.records.equals(whole.records)


@RUNS
@given(campaigns(), workforces(), asked(), st.integers(0, 120))
def test_keeping_more_reports_changes_nothing_else(campaign, workforce, size, kept) -> None:
    few, many = (simulated(campaign, workforce, size, sample=sample) for sample in (kept, "all"))
    assert few.series.equals(many.series, null_equal=True)
    assert few.histogram.equals(many.histogram)
    assert few.records.equals(many.records)
    assert few.measures == many.measures
    assert few.reports.equals(
        many.reports.join(few.reports, on=["worker", "period"], how="semi", maintain_order="left")
    )


def simulated(campaign, workforce, size: Asked, **more) -> sk.Run:
    return sk.simulate(
        campaign,
        workforce,
        workers=size.workers,
        periods=size.periods,
        seed=size.seed,
        threads=1,
        **more,
    )
