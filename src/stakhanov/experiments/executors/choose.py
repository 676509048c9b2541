"""Which executor makes the runs: by name, ours or one that another package brings."""

from __future__ import annotations

from importlib import import_module, metadata

from rapidfuzz import process

from stakhanov.experiments.executors.protocol import Executor
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
        near = process.extractOne(name, known.keys())
        hint = f"did you mean {near[0]}?" if near and near[1] >= 60 else ""
        must = f"must be one of {', '.join(sorted(known))}"
        raise BadInput([Problem("executor", must, name, hint)])
    module, _, attribute = known[name].partition(":")
    made: Executor = getattr(import_module(module), attribute)(threads)
    return made
