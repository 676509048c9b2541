"""The laboratory: nothing is made twice, nothing is lost when it is stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from stakhanov.experiments import load
from stakhanov.experiments.intervals import Interval
from stakhanov.experiments.laboratory import Laboratory, Standing
from stakhanov.experiments.store import FolderStore, MemoryStore, Store
from stakhanov.experiments.store.conformance import trial_of
from stakhanov.experiments.verdict import conduct


def test_a_run_is_made_once(invented: Any) -> None:
    executor = invented(lambda trial: float(trial.seed))
    room = Laboratory(executor=executor)
    wanted = [trial_of(seed) for seed in (2, 1, 2, 3)]
    assert [one.measures["pay_mean"] for one in room.run(wanted)] == [2.0, 1.0, 2.0, 3.0]
    assert [trial.seed for trial in executor.made] == [2, 1, 3]
    room.run([trial_of(3), trial_of(4)])
    assert [trial.seed for trial in executor.made] == [2, 1, 3, 4]
    assert (room.made, room.found) == (4, 0)


def test_what_another_experiment_made_is_used(invented: Any, tmp_path: Path) -> None:
    Laboratory(FolderStore(tmp_path), invented(lambda _: 1.0)).run([trial_of(1), trial_of(2)])
    later = invented(lambda _: 2.0)
    room = Laboratory(FolderStore(tmp_path), later)
    found = room.run([trial_of(1), trial_of(2), trial_of(3)])
    assert [one.measures["pay_mean"] for one in found] == [1.0, 1.0, 2.0]
    assert [trial.seed for trial in later.made] == [3]
    assert (room.made, room.found) == (1, 2)


def test_everything_is_made_anew_when_asked(invented: Any) -> None:
    store = MemoryStore()
    Laboratory(store, invented(lambda _: 1.0)).run([trial_of(1)])
    [found] = Laboratory(store, invented(lambda _: 2.0), again=True).run([trial_of(1)])
    assert found.measures["pay_mean"] == 2.0
    kept = store.get(trial_of(1))
    assert kept is not None
    assert kept.measures["pay_mean"] == 2.0


def test_an_interruption_keeps_what_is_done(invented: Any) -> None:
    store = MemoryStore()

    def rule(trial: Any) -> float:
        if trial.seed == 3:
            raise KeyboardInterrupt
        return 1.0

    with pytest.raises(KeyboardInterrupt), Laboratory(store, invented(rule)) as room:
        room.run([trial_of(seed) for seed in range(6)])
    assert [seed for seed in range(6) if trial_of(seed) in store] == [0, 1, 2]


def test_whoever_watches_sees_every_run(invented: Any) -> None:
    seen: list[Standing] = []
    store = MemoryStore()
    Laboratory(store, invented(lambda _: 1.0)).run([trial_of(1)])
    Laboratory(store, invented(lambda _: 1.0), seen.append).run(
        [trial_of(seed) for seed in range(4)]
    )
    assert [(one.done, one.asked, one.made) for one in seen] == [
        (1, 4, 0),
        (2, 4, 1),
        (3, 4, 2),
        (4, 4, 3),
    ]


RUNS = 16


def command(folder: Path) -> list[str]:
    """A command that makes 16 runs, one after the other."""
    return [
        *(sys.executable, "-m", "stakhanov", "experiment", "long.toml", "--json"),
        *("--out", str(folder), "--threads", "1"),
    ]


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A file with an experiment of so many runs."""
    arms = "\n".join(f'[arms.g{n}]\n"pay.guarantee" = {0.3 + n / 100}' for n in range(RUNS // 2))
    head = """
        format = 1
        id = "long"
        title = "Long"
        question = "How?"
        campaign = "plain-piece-rate"
        workforce = "heavy-machine-building"
        workers = 1000
        periods = 4
        replicates = 2
    """
    place = tmp_path / "long.toml"
    place.write_text(f"{textwrap.dedent(head)}\n{arms}\n", encoding="utf-8")
    return place


def told(place: Path, store: Store) -> dict[str, dict[str, Interval]]:
    """What the experiment measures."""
    verdict = conduct(load(place), Laboratory(store))
    return {
        arm: {str(what): value for what, value in measures.items()}
        for arm, measures in verdict.measures.items()
    }


def kept(folder: Path) -> dict[str, int]:
    """Runs in a store, with the time of each file."""
    return {place.name: place.stat().st_mtime_ns for place in folder.glob("runs/*/*.parquet")}


def test_killed_and_asked_again_it_goes_on_and_says_the_same(long: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with subprocess.Popen(
        command(store), cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while len(kept(store)) < 4:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    before = kept(store)
    assert 4 <= len(before) < RUNS
    assert told(long, FolderStore(store)) == told(long, MemoryStore())
    after = kept(store)
    assert len(after) == RUNS
    assert {name: after[name] for name in before} == before  # none was made again


def test_two_at_once_on_one_store_say_the_same(long: Path, tmp_path: Path) -> None:
    with (
        subprocess.Popen(command(tmp_path / "a"), cwd=tmp_path, stdout=subprocess.PIPE) as one,
        subprocess.Popen(command(tmp_path / "a"), cwd=tmp_path, stdout=subprocess.PIPE) as other,
    ):
        said = [json.loads(process.communicate(timeout=300)[0]) for process in (one, other)]
    assert said[0] == said[1]
    assert len(kept(tmp_path / "a")) == RUNS


def test_ctrl_c_leaves_with_3_and_says_how_to_go_on(long: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        command(tmp_path / "a"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while len(kept(tmp_path / "a")) < 3:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert out == ""
    assert "runs were made and kept in" in err
    assert "the same command goes on from there" in err
    assert not list(tmp_path.glob("a/runs/*/.*.part"))
