"""What every executor must do. Whoever writes one runs `CHECKS` over it in the tests of their own.

Each check takes a function that makes an executor and raises AssertionError where it falls short. Runs are
small; an executor that starts machines for them may take its time.
"""

from __future__ import annotations

from collections.abc import Callable

from stakhanov.experiments.executors.inline import Inline
from stakhanov.experiments.executors.protocol import Executor
from stakhanov.experiments.trial import Design, Trial
from stakhanov.foundation.problem import BadInput

Make = Callable[[], Executor]
SEEDS = range(1, 7)


def trials(workers: int = 60) -> list[Trial]:
    """Small runs of two designs under the same seeds."""
    from stakhanov.campaign import load
    from stakhanov.workforce import load as load_workforce

    people = load_workforce("heavy-machine-building")
    designs = [
        Design(load(name), people, workers, periods=2) for name in ("time-wage", "plain-piece-rate")
    ]
    return [Trial(design, seed) for design in designs for seed in SEEDS]


def gives_what_one_process_gives(make: Make) -> None:
    """Every trial once, each with the bits that it has when run here."""
    executor, wanted = make(), trials()
    try:
        found = dict(executor.run(wanted))
        assert len(found) == len(wanted)
        for trial, outcome in Inline().run(wanted):
            assert found[trial].same_as(outcome)
    finally:
        executor.close()


def counts_its_work(make: Make) -> None:
    """An outcome says what it cost."""
    executor = make()
    try:
        for trial, outcome in executor.run(trials()[:3]):
            assert outcome.worker_shifts == trial.design.workers * 2 * 25
            assert outcome.seconds > 0.0
    finally:
        executor.close()


def may_be_left_and_used_again(make: Make) -> None:
    """Whoever stops listening stops the work; what is asked later is done."""
    executor, wanted = make(), trials()
    try:
        first = next(iter(executor.run(wanted)))
        executor.close()
        again = dict(executor.run([first[0]]))
        assert again[first[0]].same_as(first[1])
    finally:
        executor.close()


def stops_when_asked(make: Make) -> None:
    """A check that raises ends the work; the outcomes until then are good."""
    executor, wanted = make(), trials()
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise KeyboardInterrupt

    found = []
    try:
        for done in executor.run(wanted, check):
            found.append(done)
    except KeyboardInterrupt:
        assert len(found) < len(wanted)
    else:
        raise AssertionError("a check that raises must end the work")
    finally:
        executor.close()


def does_nothing_for_nothing(make: Make) -> None:
    """No trials, no outcomes."""
    executor = make()
    try:
        assert list(executor.run([])) == []
    finally:
        executor.close()


def tells_what_is_wrong(make: Make) -> None:
    """Bad input comes out as bad input, wherever the run was made."""
    executor, told = make(), ""
    try:
        list(executor.run([Trial(trials()[0].design, 2**64)]))
    except BadInput as error:
        told = str(error)
    finally:
        executor.close()
    assert told.startswith("seed: must lie between")


CHECKS = (
    gives_what_one_process_gives,
    counts_its_work,
    may_be_left_and_used_again,
    stops_when_asked,
    does_nothing_for_nothing,
    tells_what_is_wrong,
)
