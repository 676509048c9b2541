"""Outcomes of runs that questions of the site share: the newest are kept, so that asking again costs little."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace

from stakhanov.experiments.trial import Outcome, Trial

#: Outcomes kept: a few tens of kilobytes each.
MOST = 400


@dataclass
class Remembered:
    """A store that lets the oldest go. Several jobs may use it at once."""

    most: int = MOST
    _kept: OrderedDict[str, Outcome] = field(default_factory=OrderedDict, repr=False)
    _door: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __contains__(self, trial: Trial) -> bool:
        """Whether the run is there."""
        with self._door:
            return trial.digest in self._kept

    def get(self, trial: Trial) -> Outcome | None:
        """The outcome of a trial, if it is there."""
        with self._door:
            found = self._kept.get(trial.digest)
            if found is not None:
                self._kept.move_to_end(trial.digest)
            return found

    def put(self, trial: Trial, outcome: Outcome) -> None:
        """Keep an outcome without its reports, and let the oldest go."""
        with self._door:
            self._kept[trial.digest] = replace(outcome, reports=None)
            self._kept.move_to_end(trial.digest)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
