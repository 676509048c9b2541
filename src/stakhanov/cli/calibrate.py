"""`stakhanov calibrate`: from a report table to the traits of people who would make such reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.asked import WORKFORCE, read_base
from stakhanov.cli.calibration import plain, screen, spoken
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.kept import called, keep
from stakhanov.cli.many_runs import ManyRuns, Planned, estimate, laboratory, of_many_runs, seeds
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.report_table import Dates, KeyFile, LeaveOut, Map, Reading, Source
from stakhanov.foundation.problem import Problem

if TYPE_CHECKING:
    from stakhanov.evidence.moments import Moments
    from stakhanov.experiments.arms import Base
    from stakhanov.experiments.calibrate import Calibration
    from stakhanov.experiments.unknowns import Unknown
    from stakhanov.experiments.what_if import Effect
    from stakhanov.foundation.reports import Reports

FILE = "workforce.toml"
#: Options of other questions that mean nothing here, and why.
_NOT_HERE = {
    "replicates": "all runs of a calibration share one luck, and errors come from the table",
    "precision": "more reports narrow the intervals, not more runs",
    "most": "more reports narrow the intervals, not more runs",
    "sample": "everybody's reports are looked at",
    "from_run": "--settle N lets the people of a run settle before the first period that counts",
    "at": "--settle N lets the people of a run settle before the first period that counts",
}


@of_many_runs
def calibrate(
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="The rules in force.")],
    reports: Source,
    *,
    columns: Map = None,
    group: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only the reports of this group.")
    ] = None,
    free: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS=FROM:TO",
            help="A trait to find and where; drive, ability, noise and money unless told.",
        ),
    ] = None,
    settle: Annotated[
        str, typer.Option(metavar="N", help="Periods of a run before the first that counts.")
    ] = "0",
    what_if: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS=VALUE", help="Say what another rule would change."),
    ] = None,
    draws: Annotated[
        str, typer.Option(metavar="N", help="Of traits within their errors, for --what-if.")
    ] = "16",
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the workforce file there, too.")
    ] = None,
    dates: Dates = None,
    key_file: KeyFile = None,
    leave_out: LeaveOut = False,
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Find the traits of people who would make such reports, and how sure they are."""
    from stakhanov.experiments.calibrate import calibrated, moving, sized
    from stakhanov.experiments.record import record_of
    from stakhanov.experiments.what_if import what_if as changed

    gathered = Gathered()
    _only(runs, gathered)
    (seed,) = seeds(replace(runs, replicates=None), gathered, (1,))
    periods, number = gathered.whole("settle", settle, 0), gathered.whole("draws", draws, 2)
    changes = gathered.settings("--what-if", what_if)
    reading = Reading(reports, columns, dates, key_file, leave_out)
    table, data = _read(reading, group, gathered)
    base = _base(campaign, runs, gathered)
    unknowns = _unknowns(free, base, gathered)
    gathered.tell()
    assert base is not None
    assert data is not None
    base.design(changes)
    effects: list[Effect] = []
    try:
        with laboratory(runs) as room:
            sizes = sized(base, data, periods or 0)
            if not free:
                unknowns = moving(sizes, data, unknowns, room, seed=seed, settle=periods or 0)
            found = calibrated(sizes, data, unknowns, room, seed=seed, settle=periods or 0)
            if changes:
                effects = changed(found, changes, room, draws=number or 0, seed=seed)
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return
    assert table is not None
    output.problems(table.problems)
    result = plain(found, table.name, effects)
    record = record_of({"fit": found.base.design()}, [seed])
    words = spoken(found, effects)
    place = _keep(found, runs, result, (table.name, write), words=words, record=record)
    told = [*screen(found, effects), f"workforce and charts: {place}"]
    output.answer({**result, "record": record, "folder": str(place)}, *told, as_json=as_json)
    if not found.settled:
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _only(runs: ManyRuns, gathered: Gathered) -> None:
    for name, hint in _NOT_HERE.items():
        given = getattr(runs, name)
        if given is not None:
            option = f"--{name.removesuffix('_run')}"
            gathered.problems.append(Problem(option, "must not be given here", str(given), hint))


def _read(
    reading: Reading, group: str | None, gathered: Gathered
) -> tuple[Reports | None, Moments | None]:
    """The table and its moments; every problem is gathered."""
    from stakhanov.evidence.moments import moments_of

    table = reading.table(gathered)
    with gathered:
        return table, moments_of(table, group) if table is not None else None
    return table, None


def _base(campaign: str, runs: ManyRuns, gathered: Gathered) -> Base | None:
    """Rules and people; sizes that were not given are left to the table."""
    base = read_base(runs.options(campaign), gathered)
    return base if base is None or runs.workers is not None else replace(base, workers=None)


def _unknowns(texts: Sequence[str] | None, base: Base | None, gathered: Gathered) -> list[Unknown]:
    from stakhanov.experiments.unknowns import USUAL, unknowns_over

    spans = gathered.spans("--free", texts)
    with gathered:
        if base is not None and (spans or not texts):
            return unknowns_over(base, spans or USUAL)
    return []


def _keep(
    found: Calibration,
    runs: ManyRuns,
    result: dict[str, Any],
    named: tuple[str, Path | None],
    *,
    words: Sequence[str],
    record: dict[str, Any],
) -> Path:
    """Everything in the folder of the question, the workforce as a file among it."""
    from stakhanov import workforce
    from stakhanov.experiments.calibrate_figures import calibrate_figures
    from stakhanov.experiments.calibrated_file import calibrated_file
    from stakhanov.foundation.files import write_atomically

    name = f"calibrate-{found.base.campaign.name}"
    heading = f"{called(found.base.campaign)}: traits found from reports"
    figures = calibrate_figures(found)
    place = keep(
        runs.folder,
        name,
        result,
        found.table,
        figures,
        heading=heading,
        words=words,
        record=record,
    )
    base = runs.workforce or WORKFORCE
    below = workforce.load(base)
    for file in filter(None, (place / FILE, named[1])):
        text = calibrated_file(found, below, base, named[0], file.parent)
        write_atomically(file, text.encode())
    return place
