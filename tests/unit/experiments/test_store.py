"""Stores: the conformance suite over each, and the folder under writers that are killed or many."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakhanov.experiments.store import FolderStore, MemoryStore, Store
from stakhanov.experiments.store.conformance import CHECKS, outcome_of, trial_of
from stakhanov.experiments.store.sheet import Layout, decoded, encoded, form_of
from stakhanov.experiments.trial import Design, Outcome, Trial, engine_version
from stakhanov.foundation.problem import BadInput


@pytest.fixture(params=["memory", "folder"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    if request.param == "memory":
        return MemoryStore
    return lambda: FolderStore(tmp_path / "store")


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
def test_a_store_does_what_stores_do(
    check: Callable[[Callable[[], Store]], None], make: Callable[[], Store]
) -> None:
    check(make)


def runs_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("runs/*/*"))


def test_what_is_kept_outlives_the_program_and_says_what_it_is(tmp_path: Path) -> None:
    FolderStore(tmp_path).put(trial_of(3), outcome_of(3))
    found = FolderStore(tmp_path).get(trial_of(3))
    assert found is not None
    assert found.same_as(outcome_of(3))
    [place] = runs_of(tmp_path)
    assert place.stem == trial_of(3).digest
    [about] = tmp_path.glob("designs/*/*.json")
    told = json.loads(about.read_text(encoding="utf-8"))
    assert told["campaign"]["campaign"]["name"] == "time-wage"
    assert told["engine"] == engine_version()


def test_everything_that_decides_a_run_is_in_its_name() -> None:
    trial = trial_of(1)
    design = trial.design
    others = [
        Trial(design, 2),
        Trial(Design(design.campaign.held({"pay.guarantee": 0.5}), design.workforce, 40, 2), 1),
        Trial(Design(design.campaign, design.workforce.held({"peers.conformity": 0.5}), 40, 2), 1),
        Trial(Design(design.campaign, design.workforce, 41, 2), 1),
        Trial(Design(design.campaign, design.workforce, 40, 3), 1),
        Trial(Design(design.campaign, design.workforce, 40, 2, sample=5), 1),
    ]
    assert len({trial.digest, *(one.digest for one in others)}) == len(others) + 1
    assert trial.digest == trial_of(1).digest


@pytest.mark.parametrize("left", [0, 10, 400])
def test_a_damaged_run_is_no_run(tmp_path: Path, left: int) -> None:
    store = FolderStore(tmp_path)
    store.put(trial_of(1), outcome_of(1))
    [place] = runs_of(tmp_path)
    place.write_bytes(place.read_bytes()[:left])
    assert store.get(trial_of(1)) is None


def test_a_flipped_bit_never_comes_out_as_another_number(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put(trial_of(1), outcome_of(1))
    [place] = runs_of(tmp_path)
    whole = place.read_bytes()
    for at in range(4, len(whole), 7):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        found = store.get(trial_of(1))
        assert found is None or found.same_as(outcome_of(1)), at


def test_reports_of_a_sample_are_kept_beside_and_never_damaged(tmp_path: Path) -> None:
    trial = Trial(replace(trial_of(1).design, sample=2), 1)
    reports = pl.DataFrame({"worker": ["3", "7"], "reported": [1.5, 0.9]})
    store = FolderStore(tmp_path)
    store.put(trial, replace(outcome_of(1), reports=reports))
    found = store.get(trial)
    assert found is not None
    assert found.reports is not None
    assert found.reports.equals(reports)
    [place] = tmp_path.glob("runs/*/*.reports.parquet")
    place.write_bytes(place.read_bytes()[:-3])
    assert store.get(trial) is None
    place.unlink()
    assert store.get(trial) is None


def test_a_run_under_a_wrong_name_is_no_run(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put(trial_of(1), outcome_of(1))
    [place] = runs_of(tmp_path)
    wrong = (
        tmp_path
        / "runs"
        / trial_of(2).digest[:2]
        / place.name.replace(trial_of(1).digest, trial_of(2).digest)
    )
    wrong.parent.mkdir(exist_ok=True)
    place.rename(wrong)
    assert store.get(trial_of(2)) is None


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    mark = tmp_path / "store.json"
    mark.write_text('{"format": 2, "written_by": "9.0.0+abc"}', encoding="utf-8")
    with pytest.raises(BadInput) as found:
        FolderStore(tmp_path)
    assert str(found.value) == (
        f"{tmp_path}: must be a store of format 1 at most; found 2"
        " (it was written by 9.0.0+abc; use a newer stakhanov)"
    )
    assert [place.name for place in tmp_path.iterdir()] == ["store.json"]


@pytest.mark.parametrize("text", ["", "[]", '{"format": "new"}', "{}"])
def test_a_mark_that_says_nothing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "store.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="must say the store's format"):
        FolderStore(tmp_path)


def test_no_other_folder_is_taken_for_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(BadInput, match="must be a store of runs, or a new or empty folder"):
        FolderStore(tmp_path)
    with pytest.raises(BadInput, match="must be a folder; found a file"):
        FolderStore(tmp_path / "letter.txt")


def test_old_halves_are_swept_away_and_young_ones_left(tmp_path: Path) -> None:
    FolderStore(tmp_path).put(trial_of(1), outcome_of(1))
    folder = runs_of(tmp_path)[0].parent
    old, young = folder / ".a.parquet.1.part", folder / ".b.parquet.2.part"
    for place in (old, young):
        place.write_bytes(b"half")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    FolderStore(tmp_path)
    assert not old.exists()
    assert young.exists()


WRITER = """
import sys
from stakhanov.experiments.store import FolderStore
from stakhanov.experiments.store.conformance import outcome_of, trial_of
store = FolderStore(sys.argv[1])
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
for _ in range(int(sys.argv[4])):
    for seed in range(int(sys.argv[2]), int(sys.argv[3])):
        store.put(trial_of(seed), outcome_of(seed))
"""


def writer(folder: Path, first: int, last: int, times: int = 1) -> subprocess.Popen[str]:
    arguments = [str(folder), str(first), str(last), str(times)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def test_two_processes_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Both begin the store, both write the runs 5 to 14."""
    folder = tmp_path / "store"
    with writer(folder, 0, 15, 3) as one, writer(folder, 5, 20, 3) as other:
        for process in (one, other):
            ready(process)
        for process in (one, other):
            go(process)
        assert [process.wait(timeout=60) for process in (one, other)] == [0, 0]
    store = FolderStore(tmp_path / "store")
    for seed in range(20):
        found = store.get(trial_of(seed))
        assert found is not None
        assert found.same_as(outcome_of(seed))
    assert len(runs_of(tmp_path / "store")) == 20


def test_a_killed_writer_leaves_whole_runs_only(tmp_path: Path) -> None:
    with writer(tmp_path, 0, 400, 20) as process:
        ready(process)
        go(process)
        while len(runs_of(tmp_path)) < 12:
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    store = FolderStore(tmp_path)
    there = [seed for seed in range(400) if trial_of(seed) in store]
    assert len(there) >= 11
    for seed in there:
        found = store.get(trial_of(seed))
        assert found is not None
        assert found.same_as(outcome_of(seed))


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.floats(width=64), min_size=3 * 2, max_size=3 * 2),
    seed=st.integers(0, 2**63),
    seconds=st.floats(0.0, 1e9),
)
def test_a_file_that_is_filled_in_is_the_file_that_is_laid_out(
    values: list[float], seed: int, seconds: float
) -> None:
    """Other readers of Parquet see the same table in both, to the bit."""
    trial = Trial(trial_of(1).design, seed)
    series = {name: np.array(values[place::3]) for place, name in enumerate(("a", "ä", "c"))}
    outcome = Outcome({"true_output": values[0]}, series, 7, seconds)
    content = encoded(trial, outcome)
    assert form_of.cache_info().currsize > 0
    found = decoded(content, trial)
    assert found is not None
    assert found.same_as(outcome)
    assert (found.seconds, found.worker_shifts) == (seconds, 7)
    table = pyarrow.parquet.read_table(io.BytesIO(content))
    assert table["measure"].to_pylist() == ["true_output", "a", "a", "ä", "ä", "c", "c"]
    assert table["period"].to_pylist() == [None, 0, 1, 0, 1, 0, 1]
    flat = np.concatenate([[values[0]], *series.values()])
    assert np.asarray(table["value"]).tobytes() == flat.tobytes()


def test_values_that_do_not_stand_in_one_piece_are_laid_out_anew() -> None:
    """A run of so many periods that Parquet parts its values into pages."""
    periods = 70_000
    trial = Trial(replace(trial_of(1).design, periods=periods), 1)
    series = {name: np.arange(periods) / 7.0 for name in ("a", "b")}
    outcome = Outcome({"true_output": 1.0}, series)
    found = decoded(encoded(trial, outcome), trial)
    assert found is not None
    assert found.same_as(outcome)
    assert form_of(Layout(("x",), ("a", "b"), periods, 256)) is None
