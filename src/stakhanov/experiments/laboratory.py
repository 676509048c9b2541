"""The laboratory: every run that is asked for, from the store where it is there, else made and kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from stakhanov.experiments.executors.local import Local
from stakhanov.experiments.executors.protocol import Check, Executor, proceed
from stakhanov.experiments.store.folder import FolderStore
from stakhanov.experiments.store.memory import MemoryStore
from stakhanov.experiments.store.protocol import Store
from stakhanov.experiments.trial import Outcome, Trial


@dataclass(frozen=True)
class Standing:
    """How far the work is: runs that are there, runs asked for so far, and what was spent on those made."""

    done: int
    asked: int
    made: int
    seconds: float


Watch = Callable[[Standing], None]


@dataclass
class Laboratory:
    """A store, an executor, and somebody who watches. Leaving it ends the executor's work.

    An interruption leaves every finished run in the store: asked again, the work goes on from there.
    """

    store: Store = field(default_factory=MemoryStore)
    executor: Executor = field(default_factory=Local)
    watch: Watch | None = None
    check: Check = proceed  # raises KeyboardInterrupt where the work is to stop
    again: bool = False  # make every run anew, once, even if it is in the store
    made: int = 0
    found: int = 0
    worker_shifts: int = 0
    engine_seconds: float = 0.0
    _seen: dict[str, Outcome] = field(default_factory=dict, repr=False)
    _forgotten: int = 0
    _started: float = field(default_factory=time.perf_counter, repr=False)

    @classmethod
    def at(cls, store: Path | str | None) -> Laboratory:
        """A laboratory that keeps its runs in a folder, or in memory. Raises BadInput."""
        return cls(MemoryStore() if store is None else FolderStore(store))

    def __enter__(self) -> Laboratory:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End, whatever happened."""
        self.executor.close()

    def run(self, trials: Iterable[Trial]) -> list[Outcome]:
        """The outcomes of trials, in their order; a trial that is named twice is run once.

        Raises what a run raises; KeyboardInterrupt leaves what is done in the store.
        """
        wanted = list(trials)
        missing: dict[str, Trial] = {}
        for trial in wanted:
            if trial.digest not in self._seen and trial.digest not in missing:
                outcome = None if self.again else self.store.get(trial)
                if outcome is None:
                    missing[trial.digest] = trial
                else:
                    self._seen[trial.digest] = outcome
                    self.found += 1
        self._make(list(missing.values()))
        return [self._seen[trial.digest] for trial in wanted]

    def forget(self) -> None:
        """Let go of every outcome in memory, for they may be large; what the store keeps it keeps."""
        self._forgotten += len(self._seen)
        self._seen.clear()

    def _make(self, trials: list[Trial]) -> None:
        asked = self._forgotten + len(self._seen) + len(trials)
        if not trials:
            return
        self._tell(asked)
        for trial, outcome in self.executor.run(trials, self.check):
            self.store.put(trial, outcome)
            self._seen[trial.digest] = outcome
            self.made += 1
            self.worker_shifts += outcome.worker_shifts
            self.engine_seconds += outcome.seconds
            self._tell(asked)
            self.check()

    def _tell(self, asked: int) -> None:
        if self.watch is not None:
            seconds = time.perf_counter() - self._started
            done = self._forgotten + len(self._seen)
            self.watch(Standing(done, asked, self.made, seconds))
