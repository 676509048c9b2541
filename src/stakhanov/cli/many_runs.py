"""What commands that ask for many runs have in common: their options, the store, the watching."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from stakhanov.cli import asked, output
from stakhanov.cli.failures import Interrupted
from stakhanov.cli.following import Follow
from stakhanov.cli.options import Gathered, Set
from stakhanov.cli.output import Table
from stakhanov.cli.stopping import heard

if TYPE_CHECKING:
    from stakhanov.experiments.executors import Executor
    from stakhanov.experiments.executors.protocol import Check
    from stakhanov.experiments.intervals import Interval
    from stakhanov.experiments.laboratory import Laboratory
    from stakhanov.experiments.replicates import Precision
    from stakhanov.experiments.store import Store
    from stakhanov.experiments.trial import Trial

STORE = asked.RUNS / "experiments"
REPLICATES = 8


@dataclass(frozen=True)
class ManyRuns:
    """The options that all of them take, as text."""

    workforce: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help=f"Who works; {asked.WORKFORCE} unless told."),
    ] = None
    workers: Annotated[
        str | None, typer.Option(metavar="N|all", help="How many in each run; 20,000 unless told.")
    ] = None
    periods: Annotated[
        str | None, typer.Option(metavar="P", help="How long; the plan's length unless told.")
    ] = None
    seed: Annotated[
        str | None, typer.Option(metavar="S", help="The first replicate's luck; 1 unless told.")
    ] = None
    replicates: Annotated[
        str | None, typer.Option(metavar="R", help="Seeds under which every arm is run.")
    ] = None
    precision: Annotated[
        str | None,
        typer.Option(metavar="X", help="More seeds until the interval asked for is narrower."),
    ] = None
    most: Annotated[
        str | None,
        typer.Option(metavar="M", help="The most seeds that --precision may take; 64 unless told."),
    ] = None
    threads: Annotated[
        str | None,
        typer.Option(metavar="T", help="All cores unless told; changes nothing but the time."),
    ] = None
    settings: Set = None
    sample: Annotated[
        str | None,
        typer.Option(metavar="N|all", help="Workers of each run whose reports to keep; 0."),
    ] = None
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=f"Where runs are kept and found; {STORE} unless told."),
    ] = None
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the runs that are kept; always done.")
    ] = False
    force: Annotated[bool, typer.Option("--force", help="Make every run anew.")] = False
    from_run: Annotated[
        Path | None, typer.Option("--from", metavar="RUN", help="All go on from another run ...")
    ] = None
    at: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="... after so many of its periods, or from a date."),
    ] = None
    executor: Annotated[
        str, typer.Option(metavar="NAME", help="Who makes the runs; processes of this machine.")
    ] = "local"
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many runs and how long, and stop.")
    ] = False

    @property
    def folder(self) -> Path:
        """Where runs are kept."""
        return self.out or STORE

    def smaller(self, workers: str) -> ManyRuns:
        """The same with fewer workers where nobody said how many."""
        return self if self.workers is not None else replace(self, workers=workers)

    def options(self, campaign: str | None) -> asked.Options:
        """The same as options of one run."""
        return asked.Options(
            campaign=campaign,
            workforce=self.workforce,
            workers=self.workers,
            periods=self.periods,
            seed=self.seed,
            threads=self.threads,
            sample=self.sample,
            settings=self.settings,
            from_run=self.from_run,
            at=self.at,
        )


def of_many_runs(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes those options as one argument, `runs`."""
    hints = get_type_hints(ManyRuns, include_extras=True)
    own = inspect.signature(command, eval_str=True)
    ours = [
        inspect.Parameter(
            one.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=one.default,
            annotation=hints[one.name],
        )
        for one in fields(ManyRuns)
    ]

    @functools.wraps(command)
    def asked_for(**given: Any) -> None:
        runs = ManyRuns(**{one.name: given.pop(one.name) for one in fields(ManyRuns)})
        command(**given, runs=runs)

    before = [one for one in own.parameters.values() if one.name not in ("runs", "as_json")]
    parameters = [*before, *ours, own.parameters["as_json"]]
    asked_for.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    asked_for.__annotations__ = {one.name: one.annotation for one in parameters}
    return asked_for


def seeds(
    runs: ManyRuns, gathered: Gathered, own: Sequence[int] = tuple(range(1, REPLICATES + 1))
) -> tuple[int, ...]:
    """The seeds to begin with; `own` are those of the question itself."""
    first = gathered.whole("seed", runs.seed, 0)
    number = gathered.whole("replicates", runs.replicates, 1)
    if first is None and number is None:
        return tuple(own)
    start = own[0] if first is None else first
    return tuple(range(start, start + (number or len(own))))


def precision(runs: ManyRuns, gathered: Gathered) -> Precision | None:
    """The stopping rule, where one is asked for."""
    most = gathered.whole("most", runs.most, 2)
    if runs.precision is None:
        return None
    from stakhanov.experiments.replicates import MOST, Precision

    with gathered:
        return Precision(gathered.number("precision", runs.precision), most or MOST)
    return None


def reached(asked: Precision | None, intervals: Sequence[Interval]) -> dict[str, Any]:
    """What a stopping rule asked for and what it got, for an answer."""
    if asked is None:
        return {}
    from stakhanov.experiments.replicates import widest_of

    widest = widest_of(intervals)
    told = {"asked": asked.width, "reached": widest, "met": widest <= asked.width}
    return {"precision": {**told, "most": asked.most}}


def told(data: dict[str, Any]) -> list[str]:
    """The same as a sentence, where it was asked for."""
    if "precision" not in data:
        return []
    one = data["precision"]
    met = "reached" if one["met"] else "NOT reached"
    return [
        f"Precision {met}: the widest interval is {output.number(one['reached'])},"
        f" {output.number(one['asked'])} was asked for, with {one['most']} replicates at most."
    ]


@contextmanager
def laboratory(runs: ManyRuns) -> Iterator[Laboratory]:
    """The laboratory that the options ask for; Ctrl-C leaves it so that the work can be gone on with."""
    from stakhanov.engine.kernel_cache import is_filled
    from stakhanov.experiments.executors import choose
    from stakhanov.experiments.laboratory import Laboratory

    gathered = Gathered()
    threads = gathered.whole("threads", runs.threads, 1)
    with gathered:
        store = _store(runs)
    executor: Executor
    with gathered:
        executor = Planner() if runs.dry_run else choose(runs.executor, threads)
    gathered.tell()
    line = output.Line()
    follow = Follow(line, compiled=is_filled())
    with (
        heard(follow.stop),
        Laboratory(store, executor, follow.see, check=follow.check, again=runs.force) as room,
    ):
        try:
            yield room
            if runs.dry_run:
                raise Planned([])  # every run is there
        except KeyboardInterrupt:
            line.clear()
            said = (
                f"interrupted; {room.made} runs were made and kept in {runs.folder}:"
                " the same command goes on from there"
            )
            raise Interrupted(said) from None
        finally:
            line.clear()


def _store(runs: ManyRuns) -> Store:
    from stakhanov.experiments.store import FolderStore, MemoryStore

    if runs.dry_run and not runs.folder.exists():
        return MemoryStore()
    return FolderStore(runs.folder)


class Planned(Exception):
    """Runs that would be made."""

    def __init__(self, trials: Sequence[Trial]) -> None:
        self.trials = list(trials)


class Planner:
    """Makes no runs; says which it was asked for."""

    name = "plan"

    def run(self, trials: Sequence[Trial], check: Check | None = None) -> Iterator[Any]:
        """Raises Planned."""
        del check
        raise Planned(trials)

    def close(self) -> None:
        """Nothing is held."""


def estimate(planned: Planned, runs: ManyRuns, *, as_json: bool) -> None:
    """Say what the runs that are not there yet would need."""
    from stakhanov.engine.estimate import estimate_of, memory_of_machine

    needs = [
        estimate_of(
            one.design.workers,
            one.design.periods,
            one.design.campaign.plan.shifts_per_period,
            sample=0,
            page=False,
        )
        for one in planned.trials
    ]
    memory = max((one.memory_bytes for one in needs), default=0)
    seconds = sum(one.seconds for one in needs)
    data = {
        "dry_run": True,
        "runs": len(needs),
        "worker_shifts": sum(one.worker_shifts for one in needs),
        "memory_bytes": memory,
        "machine_memory_bytes": memory_of_machine(),
        "seconds": seconds,
        "folder": str(runs.folder),
    }
    rows = [
        ("runs to make first", f"{data['runs']:,}"),
        ("worker-shifts", f"{data['worker_shifts']:,}"),
        ("memory of a run", f"{output.size(memory)}"),
        ("time", f"about {output.span(max(seconds, 1.0))}"),
        ("folder", str(runs.folder)),
    ]
    if not needs:
        rows = [("runs to make", "0: all of them are kept"), rows[-1]]
    output.answer(data, Table(("what it needs", "how much"), rows), as_json=as_json)
