"""Runs made side by side by processes of this machine.

Every worker process hangs on a pipe of its own: it ends when this process ends, however that comes about, and
a run whose worker dies is given to another. Small work stays here, for a process takes seconds to start.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cached_property
from multiprocessing import Pipe
from multiprocessing.reduction import ForkingPickler

from stakhanov.experiments.executors.protocol import Check, RunLost, proceed
from stakhanov.experiments.executors.worker import Answer, named, taken
from stakhanov.experiments.trial import Design, Outcome, Trial, perform

#: Work that is done sooner than this, in seconds, is not worth starting a process for.
WORTH_IT = 6.0
#: A run is given up when so many workers have died over it.
TRIES = 3
#: A worker has its next run at hand while it makes one, if that takes no more bytes than a pipe surely
#: holds: the worker does not read while it works, and who waits for it to read does not hear its answer.
AT_HAND = 2**14
Answers = queue.SimpleQueue[tuple[Trial, Answer]]
WORKER = "stakhanov.experiments.executors.worker"


class Local:
    """Processes on this machine, as many as it has cores and memory for."""

    name = "local"

    def __init__(self, threads: int | None = None, *, worth_it: float = WORTH_IT) -> None:
        """`threads`: how many cores to use, all unless told; `worth_it`: seconds of work kept here."""
        self.threads = threads or os.cpu_count() or 1
        self.worth_it = worth_it
        self._workers: list[_Worker] = []

    def run(
        self, trials: Sequence[Trial], check: Check = proceed
    ) -> Iterator[tuple[Trial, Outcome]]:
        """Here as long as little is left to do, then side by side."""
        waiting = deque(trials)
        spent, done = 0.0, 0
        while waiting:
            number = min(self.threads, len(waiting), _room(waiting[0].design))
            left = spent / done * len(waiting) if done else 0.0
            if number > 1 and (left > self.worth_it or self.worth_it <= 0.0):
                yield from self._side_by_side(waiting, number, check)
                return
            trial = waiting.popleft()
            started = time.perf_counter()
            outcome = perform(trial, self.threads, check)
            # The first run of a program loads and compiles; what comes after it says more.
            spent, done = (0.0, 0) if done == 1 else (spent, done)
            spent, done = spent + time.perf_counter() - started, done + 1
            yield trial, outcome

    def pids(self) -> list[int]:
        """The processes at work."""
        return [worker.process.pid for worker in self._workers if worker.process.poll() is None]

    def close(self) -> None:
        """End the workers; what they were at is lost, what they delivered is not."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _side_by_side(
        self, waiting: deque[Trial], number: int, check: Check
    ) -> Iterator[tuple[Trial, Outcome]]:
        threads = max(self.threads // number, 1)
        done: Answers = queue.SimpleQueue()
        work = _Work(waiting, done, number)
        expected = len(waiting)
        self._workers = [_Worker(work, threads) for _ in range(number)]
        try:
            for _ in range(expected):
                trial, answer = _next(done, check)
                yield trial, _taken(trial, answer)
        finally:
            self.close()


def _next(done: Answers, check: Check) -> tuple[Trial, Answer]:
    """The next answer that comes."""
    while True:
        check()
        try:
            return done.get(timeout=0.2)
        except queue.Empty:
            continue


def _taken(trial: Trial, answered: Answer) -> Outcome:
    kind, what = answered
    if kind == "lost":
        raise RunLost(
            f"the run of {named(trial)} was lost {TRIES} times with the process that made it; if memory is"
            f" short, fewer --workers or --threads 1 need less{what}"
        )
    return taken(trial, answered)


def _room(design: Design) -> int:
    """How many runs of this size fit into the machine's memory side by side."""
    from stakhanov.engine.estimate import estimate_of, memory_of_machine

    needs = estimate_of(design.workers, design.periods, 1, sample=0, page=False).memory_bytes
    return max(int(0.8 * memory_of_machine() // needs), 1)


class _Work:
    """Trials that wait, handed out one at a time."""

    def __init__(self, waiting: deque[Trial], done: Answers, workers: int) -> None:
        self.waiting = waiting
        self.done = done
        self.workers = workers

    def take(self) -> Trial | None:
        try:
            return self.waiting.popleft()
        except IndexError:
            return None

    def take_ahead(self) -> Trial | None:
        """A trial for a worker that has one, as long as there are enough for those that have none."""
        return self.take() if len(self.waiting) > self.workers else None


class _Errand:
    """A trial on its way to a worker, as the pipe carries it."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    @cached_property
    def content(self) -> memoryview:
        """Its bytes."""
        return ForkingPickler.dumps(self.trial)

    @property
    def light(self) -> bool:
        """Whether it may wait in the pipe."""
        return len(self.content) <= AT_HAND


class _Worker:
    """One process and the thread that talks to it."""

    def __init__(self, work: _Work, threads: int) -> None:
        self.work = work
        self.threads = threads
        self.ended = False
        self.errands: deque[_Errand] = deque()  # the one that is made, and the one after it
        self.sent = 0  # of them, to the process that is there now
        self.changing = threading.Lock()  # of the process: it is not renewed while it is ended
        self._start()
        self.thread = threading.Thread(target=self._talk, daemon=True)
        self.thread.start()

    def end(self) -> None:
        """Kill the process; nothing waits for it."""
        with self.changing:
            self.ended = True
            self.process.kill()
        self.thread.join()
        self._bury()

    def _start(self) -> None:
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self.pipe, theirs = Pipe()
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
            "POLARS_MAX_THREADS": str(self.threads),
        }
        asked = [sys.executable, "-m", WORKER, str(theirs.fileno()), str(self.threads)]
        self.process = subprocess.Popen(
            asked,
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=self.said,
            stderr=self.said,
            env=environment,
            start_new_session=True,  # a Ctrl-C of the terminal is for us: we end the workers
        )
        theirs.close()
        self.sent = 0

    def _talk(self) -> None:
        while not self.ended and self._has_errands():
            try:
                answer = self._asked()
            except Exception as error:  # noqa: BLE001 - it is raised where somebody can read it
                answer = ("fault", f"{type(error).__name__}: {error}")
                self._renew()  # nobody knows what its pipe holds
            self.work.done.put((self.errands.popleft().trial, answer))

    def _has_errands(self) -> bool:
        """Take a run to make now, and one to make after it; whether there is any."""
        for take in (self.work.take, self.work.take_ahead)[len(self.errands) :]:
            if (trial := take()) is not None:
                self.errands.append(_Errand(trial))
        return bool(self.errands)

    def _asked(self) -> Answer:
        """The worker's answer to its first errand; where it dies over that another one takes its place."""
        last = ""
        for _ in range(TRIES):
            try:
                self._send(1)
                if self.errands[-1].light:
                    self._send(2)
                answer: Answer = self.pipe.recv()
            except (EOFError, OSError):
                last = self._last_words()
                if not self._renew():
                    break
            else:
                self.sent -= 1
                return answer
        return "lost", last

    def _send(self, number: int) -> None:
        """See to it that so many errands are with the worker, if there are as many."""
        for errand in list(self.errands)[self.sent : number]:
            self.pipe.send_bytes(errand.content)
            self.sent += 1

    def _renew(self) -> bool:
        """Another process in place of one that died, unless all is at an end."""
        with self.changing:
            if not self.ended:
                self._bury()
                self._start()
            return not self.ended

    def _last_words(self) -> str:
        self.process.wait()
        self.said.seek(0)
        lines = self.said.read().decode(errors="replace").strip().splitlines()
        return f" (it said: {lines[-1]})" if lines else ""

    def _bury(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.wait()
        self.said.close()
