"""Work that outlives its page: a bounded queue, fair among visitors, each job found again by its address."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.settings import Settings

#: Seconds that a job is thought to take before one has been seen.
FIRST_GUESS = 5.0


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Stopped(Exception):
    """A job was called off, or took too long."""


class Full(Exception):
    """No seat in the queue: `seconds` after which to ask again, and whether the visitor has too many."""

    def __init__(self, seconds: int, *, own: bool) -> None:
        self.seconds, self.own = seconds, own
        must = "must wait until one of yours is done" if own else "must wait for a seat"
        super().__init__(f"queue: {must}; found it full (a seat is likely in {seconds} s)")


@dataclass(frozen=True)
class Step:
    """How far a job is: so many steps of so many, the last a guess where nobody can know."""

    done: int
    of: int

    @property
    def share(self) -> float:
        """Between nought and one."""
        return min(self.done / max(self.of, 1), 1.0)


class Counted(Protocol):
    """Whatever counts runs: how many are done, and how many were asked for so far."""

    @property
    def done(self) -> int:
        """Runs that are there."""

    @property
    def asked(self) -> int:
        """Runs asked for."""


class Work(Protocol):
    """What a job does, and how a page shows it."""

    @property
    def link(self) -> str:
        """The page that shows what was asked for, for ever."""
        ...

    @property
    def title(self) -> str:
        """What its page is called."""
        ...

    @property
    def pin_link(self) -> str:
        """The form with it pinned; nothing where it cannot be."""
        ...

    @property
    def files(self) -> list[tuple[str, str]]:
        """Files to take away: a word and an address each."""
        ...

    def __call__(self, job: Job) -> Any:
        """Do it, telling the job on the way. Raises Stopped, BadInput."""
        ...

    def so_far(self, job: Job) -> str:
        """How far it is, in words."""
        ...

    def moving(self, job: Job) -> str:
        """A part of a page while it goes."""
        ...

    def result(self, job: Job) -> str:
        """A part of a page when it is done."""
        ...

    def plain(self, job: Job) -> dict[str, Any]:
        """The result as scripts read it."""
        ...


class Keyed(Work, Protocol):
    """Work that knows its own address: the same for the same question, whoever asks."""

    @property
    def key(self) -> str:
        """Its address."""
        ...


@dataclass(eq=False)
class Job:
    """One piece of work, with what it has told so far and what came of it."""

    key: str
    work: Work
    visitors: set[str]
    most_seconds: float
    state: State = State.WAITING
    told: list[Any] = field(default_factory=list)
    result: Any = None
    problems: list[str] = field(default_factory=list)
    began: float = 0.0
    seconds: float = 0.0
    stopping: bool = False
    drawn: dict[Any, Any] = field(default_factory=dict)
    drawing: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state not in (State.WAITING, State.RUNNING)

    @property
    def standing(self) -> tuple[State, int]:
        """What changes when there is something new to see."""
        return self.state, len(self.told)

    def tell(self, news: Any) -> None:
        """Called by the work on its way. Raises Stopped where the work is to end."""
        self.told.append(news)
        self.check()

    def count(self, standing: Counted, of: int | None = None) -> None:
        """Tell how many runs are done, of so many where it is known beforehand. Raises Stopped."""
        self.tell(Step(standing.done, max(of or 0, standing.asked)))

    def check(self) -> None:
        """Raises Stopped where the work is to end."""
        if self.stopping:
            raise Stopped("called off")
        if time.monotonic() - self.began > self.most_seconds:
            raise Stopped(f"run: must be done within {self.most_seconds:g} s; found it longer")

    def once(self, name: Any, draw: Callable[[], Any]) -> Any:
        """What is drawn of this job, drawn once for all who look."""
        with self.drawing:
            if name not in self.drawn:
                self.drawn = {name: draw()}
            return self.drawn[name]


class Jobs:
    """The queue and those who work on it, threads of this process: the engine lets others run beside it.

    Visitors take turns. One visitor has at most `waiting_each` jobs waiting and, where several run at once,
    leaves one place to the others.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._turns: OrderedDict[str, deque[Job]] = OrderedDict()
        self._running: list[Job] = []
        self._usual = FIRST_GUESS
        self._changed = threading.Condition()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"runs-{number}", daemon=True)
            for number in range(settings.at_once)
        ]

    def open(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Call off everything and wait until it has ended."""
        with self._changed:
            self._closed = True
            for job in self._jobs.values():
                job.stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=10.0)

    def ask(self, key: str, visitor: str, work: Work) -> Job:
        """A job under its key: the one that is there, or a new one at the end of its visitor's turn.

        Raises Full.
        """
        with self._changed:
            known = self._jobs.get(key)
            if known is not None and known.state not in (State.FAILED, State.CANCELLED):
                known.visitors.add(visitor)
                self._jobs.move_to_end(key)
                return known
            turn = self._turns.get(visitor, ())
            if len(turn) >= self.settings.waiting_each:
                raise Full(self._wait(len(turn)), own=True)
            if self.waiting >= self.settings.waiting:
                raise Full(self._wait(self.waiting), own=False)
            job = Job(key, work, {visitor}, self.settings.most_seconds)
            self._jobs[key] = job
            self._jobs.move_to_end(key)
            self._turns.setdefault(visitor, deque()).append(job)
            self._forget()
            self._changed.notify()
            return job

    def find(self, key: str) -> Job | None:
        """The job of a key; none where it never was or was let go."""
        return self._jobs.get(key)

    def cancel(self, job: Job, visitor: str) -> bool:
        """Give a job up; it ends when nobody is left who asked for it. False for who never asked."""
        with self._changed:
            if visitor not in job.visitors:
                return False
            job.visitors.discard(visitor)
            if job.visitors:
                return True
            job.stopping = True
            if job.state is State.WAITING:
                job.state = State.CANCELLED
                for name, turn in list(self._turns.items()):
                    if job in turn:
                        turn.remove(job)
                        if not turn:
                            del self._turns[name]
            return True

    def before(self, job: Job) -> int:
        """How many wait at least as long as this one, itself left out."""
        with self._changed:
            own = next((turn for turn in self._turns.values() if job in turn), None)
            if own is None:
                return 0
            place = own.index(job)
            others = (turn for turn in self._turns.values() if turn is not own)
            return place + sum(min(len(turn), place + 1) for turn in others)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(len(turn) for turn in self._turns.values())

    def _wait(self, jobs: int) -> int:
        return max(1, math.ceil(self._usual * (jobs + 1) / self.settings.at_once))

    def _forget(self) -> None:
        """Let go of the oldest that are over."""
        over = [key for key, job in self._jobs.items() if job.over]
        for key in over[: max(0, len(over) - self.settings.kept)]:
            del self._jobs[key]

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            self._do(job)
            with self._changed:
                self._running.remove(job)
                self._usual += 0.3 * (job.seconds - self._usual)
                self._forget()
                self._changed.notify_all()

    def _next(self) -> Job | None:
        """The next job: of the visitor whose turn it is; none when the site closes."""
        with self._changed:
            while not self._closed:
                for visitor, turn in self._turns.items():
                    if self._may(visitor):
                        job = turn.popleft()
                        del self._turns[visitor]
                        if turn:
                            self._turns[visitor] = turn  # behind the others
                        job.state, job.began = State.RUNNING, time.monotonic()
                        self._running.append(job)
                        return job
                self._changed.wait()
            return None

    def _may(self, visitor: str) -> bool:
        own = sum(visitor in job.visitors for job in self._running)
        return own < max(1, self.settings.at_once - 1)

    def _do(self, job: Job) -> None:
        state = State.FAILED
        try:
            job.check()
            job.result = job.work(job)
            state = State.DONE
        except Stopped as stopped:
            if job.stopping:
                state = State.CANCELLED
            else:
                job.problems = [str(stopped)]
        except BadInput as error:
            job.problems = [str(one) for one in error.problems]
        except MemoryError:
            must = "must fit into the memory of this machine"
            job.problems = [str(Problem("run", must, "too many workers or periods"))]
        except Exception as error:  # noqa: BLE001 - a job that breaks must not take the queue along
            must = "must not fail"
            job.problems = [str(Problem("run", must, f"a fault of stakhanov ({error!r})"))]
        job.seconds = time.monotonic() - job.began
        job.state = state
