"""The queue: bounded, fair, found again, cancelled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.jobs import Full, Job, Jobs, State, Stopped
from stakhanov.web.settings import Settings

SOON = 10.0


class Piece:
    """Work that waits until it is let go, and says who did it when."""

    link = title = "/"
    pin_link = ""
    files: list[tuple[str, str]] = []

    def __init__(self, name: str, log: list[str] | None = None, *, open_: bool = False) -> None:
        self.name, self.log = name, log if log is not None else []
        self.begun, self.go = threading.Event(), threading.Event()
        if open_:
            self.go.set()

    def __call__(self, job: Job) -> str:
        self.log.append(self.name)
        self.begun.set()
        while not self.go.wait(0.005):
            job.check()
        job.tell("half")
        return self.name

    def so_far(self, job: Job) -> str:
        return job.key

    moving = result = so_far

    def plain(self, job: Job) -> dict[str, Any]:
        return {"key": job.key}


@contextmanager
def queue(**limits: Any) -> Iterator[Jobs]:
    jobs = Jobs(Settings(**limits))
    jobs.open()
    try:
        yield jobs
    finally:
        jobs.close()


def ended(job: Job) -> State:
    done = threading.Event()
    for _ in range(2000):
        if job.over:
            return job.state
        done.wait(0.005)
    raise AssertionError(f"{job.key} is not over: {job.state}")


def test_a_job_is_done_and_found_again() -> None:
    with queue() as jobs:
        job = jobs.ask("a", "ada", Piece("a", open_=True))
        assert ended(job) is State.DONE
        assert (jobs.find("a"), job.result, job.told) == (job, "a", ["half"])
        assert jobs.ask("a", "bob", Piece("again")) is job
        assert jobs.find("b") is None


def test_a_greedy_visitor_does_not_hold_up_the_rest() -> None:
    log: list[str] = []
    with queue(at_once=1, waiting_each=9) as jobs:
        first = Piece("greedy 0", log)
        jobs.ask("0", "greedy", first)
        assert first.begun.wait(SOON)
        rest = [
            jobs.ask(f"{n}", "greedy", Piece(f"greedy {n}", log, open_=True)) for n in (1, 2, 3)
        ]
        other = jobs.ask("other", "ada", Piece("ada", log, open_=True))
        assert jobs.before(other) <= 1
        first.go.set()
        assert [ended(job) for job in (*rest, other)] == [State.DONE] * 4
    assert log.index("ada") <= 2


def test_one_visitor_leaves_a_place_to_the_others() -> None:
    with queue(at_once=2) as jobs:
        one, two, other = Piece("one"), Piece("two"), Piece("other")
        jobs.ask("1", "greedy", one)
        assert one.begun.wait(SOON)
        waiting = jobs.ask("2", "greedy", two)
        jobs.ask("3", "ada", other)
        assert other.begun.wait(SOON)
        assert waiting.state is State.WAITING


def test_a_full_queue_says_so_with_a_time() -> None:
    with queue(at_once=1, waiting=3, waiting_each=2) as jobs:
        running = Piece("running")
        jobs.ask("0", "ada", running)
        assert running.begun.wait(SOON)
        for key in ("1", "2"):
            jobs.ask(key, "ada", Piece(key))
        with pytest.raises(Full) as own:
            jobs.ask("3", "ada", Piece("3"))
        jobs.ask("4", "bob", Piece("4"))
        with pytest.raises(Full) as everybody:
            jobs.ask("5", "eve", Piece("5"))
    assert own.value.own
    assert not everybody.value.own
    assert everybody.value.seconds >= 1
    assert f"in {everybody.value.seconds} s" in str(everybody.value)


def test_cancelling_ends_what_runs_and_takes_out_what_waits() -> None:
    with queue(at_once=1) as jobs:
        piece = Piece("running")
        running = jobs.ask("0", "ada", piece)
        assert piece.begun.wait(SOON)
        waiting = jobs.ask("1", "ada", Piece("1"))
        assert not jobs.cancel(waiting, "eve")
        assert jobs.cancel(waiting, "ada")
        assert waiting.state is State.CANCELLED
        assert jobs.waiting == 0
        assert jobs.cancel(running, "ada")
        assert ended(running) is State.CANCELLED
        assert ended(jobs.ask("0", "ada", Piece("0", open_=True))) is State.DONE


def test_a_job_that_two_want_goes_on_when_one_gives_up() -> None:
    with queue(at_once=1) as jobs:
        piece = Piece("shared")
        job = jobs.ask("0", "ada", piece)
        jobs.ask("0", "bob", piece)
        assert jobs.cancel(job, "ada")
        piece.go.set()
        assert ended(job) is State.DONE


def test_what_takes_too_long_is_stopped_with_a_sentence() -> None:
    with queue(most_seconds=0.02) as jobs:
        job = jobs.ask("0", "ada", Piece("long"))
        assert ended(job) is State.FAILED
        assert job.problems == ["run: must be done within 0.02 s; found it longer"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BadInput([Problem("workers", "must be few", "many")]), "workers: must be few; found many"),
        (MemoryError(), "run: must fit into the memory of this machine"),
        (ZeroDivisionError("x"), "run: must not fail; found a fault of stakhanov"),
    ],
)
def test_a_job_that_breaks_takes_nothing_along(error: Exception, said: str) -> None:
    class Broken(Piece):
        def __call__(self, job: Job) -> str:
            job.told.append("begun")
            raise error

    with queue(at_once=1) as jobs:
        job = jobs.ask("0", "ada", Broken("x"))
        assert ended(job) is State.FAILED
        assert job.problems[0].startswith(said)
        assert ended(jobs.ask("1", "ada", Piece("next", open_=True))) is State.DONE


def test_old_jobs_are_let_go() -> None:
    with queue(kept=2, at_once=1) as jobs:
        for key in "abcd":
            ended(jobs.ask(key, "ada", Piece(key, open_=True)))
        ended(jobs.ask("e", "ada", Piece("e", open_=True)))
        assert jobs.find("a") is None
        assert jobs.find("e") is not None


def test_closing_calls_off_what_runs() -> None:
    with queue(at_once=1) as jobs:
        piece = Piece("running")
        job = jobs.ask("0", "ada", piece)
        assert piece.begun.wait(SOON)
    assert job.state is State.CANCELLED


def test_a_stopped_job_is_told_at_its_next_word() -> None:
    job = Job("0", Piece("x"), {"ada"}, 100.0, began=0.0, stopping=True)
    with pytest.raises(Stopped):
        job.tell("news")
