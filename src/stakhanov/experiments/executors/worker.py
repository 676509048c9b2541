"""A process that makes runs for another one: trials come in by a pipe, outcomes go out by it.

It ends when the other end closes, however the process there ended.
"""

from __future__ import annotations

import sys
import traceback
from collections import OrderedDict
from multiprocessing.connection import Connection

from stakhanov.experiments.trial import Design, Outcome, Trial, perform
from stakhanov.foundation.problem import BadInput

#: Designs kept at hand: a design comes again with every seed, and what was worked out of it stays with it.
KEPT = 32
Answer = tuple[str, object]


def serve(pipe: Connection, threads: int) -> None:
    """Make runs until nobody asks any more."""
    designs: OrderedDict[str, Design] = OrderedDict()
    while True:
        try:
            trial: Trial = pipe.recv()
        except (EOFError, OSError):
            return
        design = designs.setdefault(trial.design.digest, trial.design)
        designs.move_to_end(design.digest)
        while len(designs) > KEPT:
            designs.popitem(last=False)
        try:
            pipe.send(answer(Trial(design, trial.seed), threads))
        except OSError:
            return


def answer(trial: Trial, threads: int) -> Answer:
    """("outcome", it), or what kept the run from coming about, as the asking process can raise it."""
    try:
        outcome: Outcome = perform(trial, threads)
    except BadInput as error:
        return "problems", error.problems
    except MemoryError:
        return "memory", None
    except Exception as error:  # noqa: BLE001 - it is raised again where somebody can read it
        return "fault", f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
    return "outcome", outcome


def taken(trial: Trial, answered: Answer) -> Outcome:
    """The outcome in an answer. Raises what kept the run from coming about."""
    kind, what = answered
    if isinstance(what, Outcome):
        return what
    if kind == "problems" and isinstance(what, list):
        raise BadInput(what)
    if kind == "memory":
        raise MemoryError
    first, _, where = str(what).partition("\n")
    error = RuntimeError(f"the run of {named(trial)} failed: {first}")
    error.add_note(where)
    raise error


def named(trial: Trial) -> str:
    """A run in a sentence."""
    return f"{trial.design.campaign.name}, seed {trial.seed}"


if __name__ == "__main__":
    # Named once more, so that what is sent has the same classes on both sides.
    from stakhanov.experiments.executors import worker

    worker.serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
