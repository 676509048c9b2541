"""Executors: the conformance suite over each, and workers that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stakhanov.experiments.executors import Executor, Inline, Local, RunLost, choose
from stakhanov.experiments.executors.conformance import CHECKS, trials
from stakhanov.foundation.problem import BadInput

MAKERS: dict[str, Callable[[], Executor]] = {
    "inline": Inline,
    "local, here": lambda: Local(2),
    "local, side by side": lambda: Local(2, worth_it=0.0),
}


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_an_executor_does_what_executors_do(
    check: Callable[[Callable[[], Executor]], None], make: Callable[[], Executor]
) -> None:
    check(make)


@pytest.mark.parametrize("at_hand", [2**14, 0])
def test_a_worker_that_dies_is_replaced_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, at_hand: int
) -> None:
    """Whether its next run was in the pipe or still here."""
    from stakhanov.experiments.executors import local

    monkeypatch.setattr(local, "AT_HAND", at_hand)
    executor, wanted = Local(2, worth_it=0.0), trials()
    try:
        work = executor.run(wanted)
        found = dict([next(work)])
        victims = executor.pids()
        assert len(victims) == 2
        os.kill(victims[0], signal.SIGKILL)
        for trial, outcome in work:
            assert trial not in found
            found[trial] = outcome
        assert len(found) == len(wanted)
        for trial, outcome in Inline().run(wanted):
            assert found[trial].same_as(outcome)
    finally:
        executor.close()


def test_a_run_that_kills_every_worker_is_given_up_with_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from stakhanov.experiments.executors import local

    monkeypatch.setattr(local, "WORKER", "stakhanov.no_such_module")
    executor = Local(2, worth_it=0.0)
    with pytest.raises(RunLost) as found:
        list(executor.run(trials()))
    said = str(found.value)
    assert "seed" in said
    assert "was lost 3 times" in said
    assert "no_such_module" in said
    assert not executor.pids()


def test_nothing_is_left_running_when_it_is_closed() -> None:
    executor = Local(2, worth_it=0.0)
    work = executor.run(trials())
    next(work)
    pids = executor.pids()
    executor.close()
    assert pids
    assert not any(alive(pid) for pid in pids)


ORPHANS = """
import sys
from stakhanov.experiments.executors import Local
from stakhanov.experiments.executors.conformance import trials
executor = Local(2, worth_it=0.0)
work = executor.run(trials())
next(work)
sys.stdout.write(" ".join(map(str, executor.pids())) + "\\n"); sys.stdout.flush()
sys.stdin.readline()
"""


def test_workers_end_when_their_master_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ORPHANS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as master:
        assert master.stdout is not None
        pids = [int(pid) for pid in master.stdout.readline().split()]
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        master.send_signal(signal.SIGKILL)
    for _ in range(300):
        if not any(alive(pid) for pid in pids):
            return
        time.sleep(0.1)
    raise AssertionError("workers must end with their master")


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and waits to be counted does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_an_executor_is_chosen_by_name() -> None:
    assert choose("local", 3).name == "local"
    assert choose("inline").name == "inline"
    with pytest.raises(BadInput, match=r"executor: must be the name of an executor; found locl"):
        choose("locl")
