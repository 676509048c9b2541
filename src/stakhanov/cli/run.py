"""`stakhanov run`: a campaign on a simulated workforce, from first look to folder."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import asked, output
from stakhanov.cli.failures import ExitCode, Interrupted
from stakhanov.cli.new_folder import nothing_left
from stakhanov.cli.options import Json, Set
from stakhanov.cli.output import Table
from stakhanov.cli.progress import Watch, watched

if TYPE_CHECKING:
    from stakhanov.cli.asked import Asked
    from stakhanov.engine.inputs import Inputs
    from stakhanov.engine.results import Run

REPORT = "report.html"


def run(
    campaign: Annotated[
        str | None,
        typer.Argument(
            metavar="CAMPAIGN",
            help=f"Name or file; {asked.CAMPAIGN} unless told, or that of the run to go on from.",
        ),
    ] = None,
    *,
    workforce: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help=f"Who works; {asked.WORKFORCE} unless told."),
    ] = None,
    workers: Annotated[
        str | None, typer.Option(metavar="N|all", help="How many; 100,000 unless told.")
    ] = None,
    periods: Annotated[
        str | None, typer.Option(metavar="P", help="How long; the plan's length unless told.")
    ] = None,
    seed: Annotated[
        str | None, typer.Option(metavar="S", help="Whose luck; 1 unless told.")
    ] = None,
    threads: Annotated[
        str | None,
        typer.Option(metavar="T", help="All cores unless told; changes nothing but the time."),
    ] = None,
    settings: Set = None,
    sample: Annotated[
        str | None,
        typer.Option(metavar="N|all", help="Workers whose reports to keep; 1000 unless told."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The run's folder; one under runs/ named after it unless told."
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the folder's run.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the folder's run.")] = False,
    from_run: Annotated[
        Path | None, typer.Option("--from", metavar="RUN", help="Go on from another run ...")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="... after so many of its periods, or from a date."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what memory and time it needs, and stop.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Simulate a campaign on a workforce and keep the result in a folder.

    Leaves with 1 where the run went beyond a limit of its campaign.
    """
    options = asked.Options(
        campaign=campaign,
        workforce=workforce,
        workers=workers,
        periods=periods,
        seed=seed,
        threads=threads,
        sample=sample,
        settings=settings,
        out=out,
        from_run=from_run,
        at=at,
    )
    wanted = asked.read(options)
    cautions = _cautions(wanted)
    if dry_run:
        _estimate(wanted, cautions, as_json=as_json)
        return
    result, watch = _simulate(wanted, cautions, resume=resume, force=force)
    _report(result, watch, cautions, campaign, as_json=as_json)


def _cautions(wanted: Asked) -> list[str]:
    """What the rules allow and people will make something of; a campaign that ships is known for it."""
    from stakhanov.campaign import library, load
    from stakhanov.campaign.warnings import warnings_of

    rules = wanted.inputs.campaign
    fewer = _fewer_people(wanted.inputs)
    if rules.campaign.name in library() and rules == load(rules.campaign.name):
        return fewer
    return [*fewer, *(str(one) for one in warnings_of(rules))]


def _fewer_people(inputs: Inputs) -> list[str]:
    """Said where a run has more workers than the workforce has people."""
    if inputs.workers <= inputs.peak:
        return []
    return [
        f"workers: {inputs.workers:,} are simulated for the {inputs.peak:,.0f} people that"
        f" {inputs.workforce.name} has at most; --workers all takes as many as there are"
    ]


def _simulate(
    wanted: Asked, cautions: list[str], *, resume: bool, force: bool
) -> tuple[Run, Watch]:
    from stakhanov.engine.kernel_cache import troubles
    from stakhanov.engine.simulate import simulate

    inputs = wanted.inputs
    with watched(cautions) as watch, nothing_left(wanted.folder, resume=resume):
        watch.prepare()
        try:
            result = simulate(
                inputs.campaign,
                inputs.workforce,
                workers=inputs.workers,
                periods=inputs.periods,
                seed=inputs.seed,
                threads=wanted.threads,
                sample=inputs.sample,
                out=wanted.folder,
                resume=resume,
                force=force,
                branch=wanted.branch,
                on_period=watch,
            )
        except KeyboardInterrupt:
            said = f"interrupted; the run so far is in {wanted.folder}: --resume goes on with it"
            raise Interrupted(said) from None
        except OSError as error:
            error.add_note(f"the run so far is in {wanted.folder}: --resume goes on with it")
            raise
        watch.tell_cautions()
    for trouble in troubles():
        output.note(trouble)
    return result, watch


def _estimate(wanted: Asked, cautions: list[str], *, as_json: bool) -> None:
    from stakhanov.engine.estimate import estimate_of, memory_of_machine

    inputs = wanted.inputs
    kept = inputs.workers if inputs.sample == "all" else min(inputs.sample, inputs.workers)
    needs = estimate_of(
        inputs.workers,
        inputs.periods,
        inputs.campaign.plan.shifts_per_period,
        sample=kept,
        threads=wanted.threads,
    )
    free = shutil.disk_usage(_nearest(wanted.folder)).free
    data = {
        "dry_run": True,
        "workers": inputs.workers,
        "periods": inputs.periods,
        "worker_shifts": needs.worker_shifts,
        "memory_bytes": needs.memory_bytes,
        "machine_memory_bytes": memory_of_machine(),
        "disk_bytes": needs.disk_bytes,
        "disk_free_bytes": free,
        "seconds": needs.seconds,
        "folder": str(wanted.folder),
        "cautions": cautions,
    }
    rows = [
        ("workers", f"{inputs.workers:,}"),
        ("periods", f"{inputs.periods:,}"),
        ("worker-shifts", f"{needs.worker_shifts:,}"),
        ("memory", f"{output.size(needs.memory_bytes)} of {output.size(memory_of_machine())}"),
        ("disk", f"{output.size(needs.disk_bytes)} of {output.size(free)} free"),
        ("time", f"about {output.span(max(needs.seconds, 1.0))}"),
        ("folder", str(wanted.folder)),
    ]
    said = [f"caution: {one}" for one in cautions]
    output.answer(data, Table(("what it needs", "how much"), rows), *said, as_json=as_json)


def _nearest(place: Path) -> Path:
    """The place itself, or the folder in which it would be made."""
    place = place.absolute()
    return next(folder for folder in (place, *place.parents) if folder.exists())


def _report(
    result: Run, watch: Watch, cautions: list[str], campaign: str | None, *, as_json: bool
) -> None:
    """Write the page beside the tables and say what came out; `campaign` is what the user typed."""
    assert result.folder is not None
    page = result.folder / REPORT
    _draw(result, page, cautions)
    data: dict[str, Any] = {
        **result.plain(),
        "compiling_seconds": watch.compiling_seconds,
        "cautions": cautions,
        "folder": str(result.folder),
        "report": str(page),
    }
    broken = [str(breach) for breach in result.breaches]
    output.answer(data, *_screen(result, watch, page, campaign), *broken, as_json=as_json)
    if broken:
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _draw(result: Run, page: Path, cautions: list[str]) -> None:
    """Write the page, unless it is there and of this very run."""
    if page.is_file() and result.record["digest"].encode() in page.read_bytes():
        return
    from stakhanov.summary import report

    line = output.Line()
    line.show("drawing the report")
    try:
        report.write(result, page, warnings=cautions)
    except KeyboardInterrupt:
        said = f"interrupted; the run is whole in {result.folder}, --resume draws its report"
        raise Interrupted(said) from None
    except OSError as error:
        error.add_note(f"the run is whole in {result.folder}, --resume draws its report")
        raise
    finally:
        line.clear()


def _screen(result: Run, watch: Watch, page: Path, campaign: str | None) -> list[str | Table]:
    """What was run and what came of it; in the end where the page is, and what to do next."""
    from stakhanov.summary.terminal import render

    return [
        render(result, width=output.width(), blocks=output.alphabet().startswith("utf")),
        "",
        watch.whole(result.worker_shifts, result.seconds),
        "",
        *_next(result, campaign),
        f"report, for a browser: {page}",
    ]


def _next(result: Run, campaign: str | None) -> list[str]:
    """Commands to go on with; none where the rules came with another run and have no name here."""
    from stakhanov.campaign import library

    name = campaign or str(result.record["campaign"]["campaign"]["name"])
    if campaign is None and name not in library():
        return []
    typed = shlex.quote(name)
    return [
        f"next: stakhanov explain {typed}    the rules in sentences",
        f"      stakhanov run {typed} --set audits.probability=0    the same under another rule",
    ]
