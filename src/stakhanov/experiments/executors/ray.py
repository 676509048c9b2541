"""Runs made by a Ray cluster: any number of machines, some of which may fail on the way.

A run whose machine dies is given to another one. The cluster is the one at `RAY_ADDRESS`, or one that is begun
on this machine, on its loopback address alone. Nothing is told to Ray's makers.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from stakhanov.experiments.executors.protocol import Check, RunLost, proceed
from stakhanov.experiments.executors.worker import Answer, answer, named, taken
from stakhanov.experiments.trial import Outcome, Trial, engine_version
from stakhanov.foundation.extras import need

#: A run is given up when so many machines or processes were lost over it.
TRIES = 5
#: Runs that wait at the cluster for every one that it can make at a time.
AHEAD = 2
#: Seconds between looks at whether the work is to stop.
LOOK = 0.2
#: Memory for results of a cluster that is begun here, in bytes; an outcome is some kilobytes.
RESULTS = 100 * 2**20
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DEDUP_LOGS": "0",
}
#: Keeps a cluster to the loopback address; without it Ray asks for one that others can reach.
ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}


class Ray:
    """A Ray cluster; `threads` is how many cores a run takes, one unless told."""

    name = "ray"

    def __init__(self, threads: int | None = None, *, address: str | None = None) -> None:
        """`address` of a cluster; else that of `RAY_ADDRESS`, else one is begun here. Raises BadInput."""
        need("ray", "ray", "executor")
        self.threads = threads
        self.address = address
        self.again = 0  # runs that were given to another machine
        self._ours = False

    def run(
        self, trials: Sequence[Trial], check: Check = proceed
    ) -> Iterator[tuple[Trial, Outcome]]:
        """As many at a time as the cluster has cores for, in the order in which they are done."""
        if not trials:
            return
        ray = self._connected()
        waiting = deque((trial, 1) for trial in trials)
        given: dict[Any, tuple[Trial, int]] = {}
        try:
            while waiting or given:
                check()
                self._give(ray, waiting, given)
                done, _ = ray.wait(list(given), num_returns=1, timeout=LOOK)
                for reference in done:
                    trial, tries = given.pop(reference)
                    found = _fetched(ray, reference)
                    if found is not None:
                        yield trial, taken(trial, found)
                    elif tries < TRIES:
                        self.again += 1
                        waiting.appendleft((trial, tries + 1))
                    else:
                        raise RunLost(_lost(trial))
        finally:
            for reference in given:
                ray.cancel(reference, force=True)

    def close(self) -> None:
        """Leave the cluster, and end it where it was begun here."""
        if self._ours:
            import ray

            ray.shutdown()
            self._ours = False

    def _give(
        self, ray: Any, waiting: deque[tuple[Trial, int]], given: dict[Any, tuple[Trial, int]]
    ) -> None:
        """Hand runs to the cluster, a few more than it can make at a time."""
        cores = [int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
        threads = max(min(self.threads or 1, max(cores, default=1)), 1)
        places = max(sum(one // threads for one in cores), 1)
        make = ray.remote(num_cpus=threads, max_retries=0)(made)
        while waiting and len(given) < AHEAD * places:
            trial, tries = waiting.popleft()
            given[make.remote(trial, threads, engine_version())] = (trial, tries)

    def _connected(self) -> Any:
        address = self.address or os.environ.get("RAY_ADDRESS")
        for name, value in (QUIET if address else QUIET | ALONE).items():
            os.environ.setdefault(name, value)
        import ray

        if ray.is_initialized():
            return ray
        asked: dict[str, Any] = {"address": address}
        if address is None:
            asked = {
                "address": "local",
                "num_cpus": os.cpu_count(),
                "include_dashboard": False,
                "object_store_memory": RESULTS,
            }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Ray's about itself
            ray.init(**asked, log_to_driver=False, logging_level=logging.CRITICAL)
        self._ours = True
        return ray


def made(trial: Trial, threads: int, version: str) -> Answer:
    """The answer of a machine of the cluster, if it has the same engine as the one that asks."""
    own = engine_version()
    if own != version:
        return "fault", f"a machine of the cluster has another engine ({own} instead of {version})"
    return answer(trial, threads)


def _fetched(ray: Any, reference: Any) -> Answer | None:
    """The answer; none where it is lost with the process or the machine that had it."""
    try:
        found: Answer = ray.get(reference)
    except ray.exceptions.RayTaskError:
        raise  # the program is not there, or cannot be loaded
    except ray.exceptions.RayError:
        return None
    return found


def _lost(trial: Trial) -> str:
    return (
        f"the run of {named(trial)} was lost {TRIES} times with the process or the machine that made it;"
        " if memory is short there, fewer --workers need less"
    )
