"""What a command line asks of the engine: files, sizes and values, every problem told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stakhanov.cli.options import Gathered
from stakhanov.foundation.problem import Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.engine.inputs import Branch, Inputs
    from stakhanov.experiments.arms import Base
    from stakhanov.workforce import Workforce

CAMPAIGN = "stakhanovite-1935"
WORKFORCE = "soviet-industry"
RUNS = Path("runs")
#: Workers of each run of a question, unless told: there are many runs.
SAMPLE = 20_000


@dataclass(frozen=True)
class Options:
    """The text of the options, as given; None where nothing was given."""

    campaign: str | None = None
    workforce: str | None = None
    workers: str | None = None
    periods: str | None = None
    seed: str | None = None
    threads: str | None = None
    sample: str | None = None
    settings: Sequence[str] | None = None
    out: Path | None = None
    from_run: Path | None = None
    at: str | None = None


@dataclass(frozen=True)
class Asked:
    """A run that was asked for, ready for the engine."""

    inputs: Inputs
    threads: int | None
    folder: Path

    @property
    def branch(self) -> tuple[Path, int] | None:
        """Folder and period of the run that it goes on from."""
        other = self.inputs.branch
        return None if other is None else (other.run, other.period)


def read(options: Options) -> Asked:
    """Read the options of a run. Raises BadInput with every problem found."""
    from stakhanov.engine.inputs import read_inputs

    gathered = Gathered()
    sizes = _sizes(options, gathered)
    threads = gathered.whole("threads", options.threads, 1)
    settings = gathered.settings("--set", options.settings)
    record = _record_of(options, gathered)
    rules, people = _declarations(options, settings, record, gathered)
    branch = _branch(options, rules, gathered)
    inputs = None
    with gathered:
        if rules is not None and people is not None:
            sizes = _sizes_of(record, sizes, gathered)
            inputs = read_inputs(rules, people, **sizes, branch=branch)
    gathered.tell()
    assert inputs is not None
    return Asked(inputs, threads, options.out or RUNS / folder_name(inputs))


def read_base(options: Options, gathered: Gathered, start: Base | None = None) -> Base | None:
    """What the arms of a question differ from; values set here are held in all of them.

    `start` is what the question names itself; options go before it. None where something is wrong: the
    problems are gathered.
    """
    from stakhanov.experiments.arms import Base

    given = _sizes(options, gathered)
    settings = gathered.settings("--set", options.settings)
    record = _record_of(options, gathered)
    rules, people = _declarations(options, settings, record, gathered, start)
    branch = _branch(options, rules, gathered)
    if rules is None or people is None:
        return None
    sizes = _sizes_of(record, given, gathered)
    return Base(
        rules,
        people,
        workers=sizes.get("workers", SAMPLE if start is None else start.workers),
        periods=sizes.get("periods", None if start is None else start.periods),
        branch=branch,
        sample=given.get("sample", 0),
    )


def folder_name(inputs: Inputs) -> str:
    """A folder's name that says campaign and seed, and differs where anything else differs."""
    name = re.sub(r"[^\w.-]+", "-", inputs.campaign.name).strip(".-") or "campaign"
    return f"{name}-{inputs.seed}-{inputs.digest[:6]}"


def _sizes(options: Options, gathered: Gathered) -> dict[str, Any]:
    """Sizes that were given; what is not given is left to the engine."""
    given: dict[str, int | Literal["all"] | None] = {
        "workers": gathered.number_or_all("workers", options.workers, 1),
        "periods": gathered.whole("periods", options.periods, 1),
        "seed": gathered.whole("seed", options.seed, 0),
        "sample": gathered.number_or_all("sample", options.sample, 0),
    }
    return {name: value for name, value in given.items() if value is not None}


def _record_of(options: Options, gathered: Gathered) -> Mapping[str, Any] | None:
    """The record of the run to go on from."""
    if (options.from_run is None) != (options.at is None):
        found = "--at alone" if options.from_run is None else "--from alone"
        gathered.problems.append(Problem("--from", "must come with --at", found))
    if options.from_run is None:
        return None
    from stakhanov.engine.results import Run

    with gathered:
        return Run.record_in(options.from_run)
    return None


def _declarations(
    options: Options,
    settings: Mapping[str, Any],
    record: Mapping[str, Any] | None,
    gathered: Gathered,
    start: Base | None = None,
) -> tuple[Campaign | None, Workforce | None]:
    """Campaign and workforce, each with the values set at its own addresses for the whole run."""
    from stakhanov.experiments.addresses import parted

    of_rules, of_people, problems = parted(settings)
    gathered.problems += problems
    rules = people = None
    with gathered:
        rules = _campaign(options.campaign, record, start)
        rules = rules.held(of_rules) if of_rules else rules
    with gathered:
        people = _workforce(options.workforce, record, start)
        people = people.held(of_people) if of_people else people
    return rules, people


def _campaign(name: str | None, record: Mapping[str, Any] | None, start: Base | None) -> Campaign:
    from stakhanov import campaign

    if name is None and start is not None:
        return start.campaign
    if name is None and record is not None:
        return campaign.checked(record["campaign"])
    return campaign.load(name or CAMPAIGN)


def _workforce(name: str | None, record: Mapping[str, Any] | None, start: Base | None) -> Workforce:
    from stakhanov import workforce

    if name is None and start is not None:
        return start.workforce
    if name is None and record is not None:
        return workforce.checked(record["workforce"])
    return workforce.load(name or WORKFORCE)


def _branch(options: Options, rules: Campaign | None, gathered: Gathered) -> Branch | None:
    """Where the run goes on from: a number of periods, or the date at which it parts."""
    if options.from_run is None or options.at is None or rules is None:
        return None
    from stakhanov.engine.branching import branch_of

    period: int | None
    try:
        period = rules.period_of(date.fromisoformat(options.at))
    except ValueError:
        period = gathered.whole("at", options.at, 1)
    with gathered:
        return None if period is None else branch_of(options.from_run, period)
    return None


def _sizes_of(
    record: Mapping[str, Any] | None, sizes: dict[str, Any], gathered: Gathered
) -> dict[str, Any]:
    """The sizes of the run to go on from, where none were given; the number of workers stays."""
    if record is None:
        return sizes
    if sizes.get("workers", record["workers"]) != record["workers"]:
        must = f"must be as many as in the run that it goes on from ({record['workers']})"
        gathered.problems.append(Problem("workers", must, str(sizes["workers"])))
    return (
        {name: record[name] for name in ("seed", "sample")} | sizes | {"workers": record["workers"]}
    )
