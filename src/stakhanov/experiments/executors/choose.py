"""Which executor makes the runs: by name, ours or one that another package brings."""

from __future__ import annotations

from importlib import import_module, metadata

from stakhanov.experiments.executors.protocol import Executor
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

#: Where the executors are that come with the program; loaded when asked for.
NAMES = {
    "local": "stakhanov.experiments.executors.local:Local",
    "inline": "stakhanov.experiments.executors.inline:Inline",
    "ray": "stakhanov.experiments.executors.ray:Ray",
}
#: Other packages bring theirs under this group of entry points.
GROUP = "stakhanov.executors"


def choose(name: str, threads: int | None = None) -> Executor:
    """An executor by name, for so many threads on each machine. Raises BadInput."""
    known = NAMES | {entry.name: entry.value for entry in metadata.entry_points(group=GROUP)}
    if name not in known:
        raise BadInput(
            [
                Problem(
                    "executor",
                    "must be the name of an executor",
                    name,
                    hint_of(name, sorted(known)),
                )
            ]
        )
    module, _, attribute = known[name].partition(":")
    made: Executor = getattr(import_module(module), attribute)(threads)
    return made
