"""`stakhanov experiment`: a declared question, asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.kept import keep
from stakhanov.cli.many_runs import (
    ManyRuns,
    Planned,
    estimate,
    laboratory,
    of_many_runs,
    precision,
    reached,
    told,
)
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.cli.questions import question
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.experiments.arms import Base
    from stakhanov.experiments.declaration import Experiment
    from stakhanov.experiments.verdict import Finding, Verdict

#: Said where nothing can hold.
ONE = (
    "note: one replicate has no interval, so that no expectation can hold; --replicates gives more."
)


@of_many_runs
def experiment(
    name: Annotated[
        str | None,
        typer.Argument(metavar="FILE|NAME", help="An experiment; without one, the list."),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All that ship.")] = False,
    runs: ManyRuns,
    as_json: Json = False,
) -> None:
    """Run a declared experiment and say which expectations hold."""
    from stakhanov.experiments.record import record_of
    from stakhanov.experiments.told import verdict_told
    from stakhanov.experiments.verdict_figures import verdict_figures

    if name is None and not every:
        _list(as_json=as_json)
        return
    verdicts = _conducted(name, runs, every=every, as_json=as_json)
    if verdicts is None:
        return
    answers = [
        {**verdict_told(one), **reached(one.precision, [found.gap for found in one.findings])}
        for one in verdicts
    ]
    for one, said in zip(verdicts, answers, strict=True):
        record = record_of(one.designs, one.values.seeds)
        place = keep(
            runs.folder,
            one.experiment.id,
            said,
            one.table,
            verdict_figures(one),
            heading=one.experiment.title,
            words=_words(one),
            record=record,
        )
        said |= {"record": record, "folder": str(place)}
    data = {"experiments": answers} if every else answers[0]
    parts = [
        part
        for one, said in zip(verdicts, answers, strict=True)
        for part in (*_screen(one), *told(said), f"charts: {said['folder']}", "")
    ]
    output.answer(data, *parts, as_json=as_json)
    if not all(one.holds for one in verdicts):
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _conducted(
    name: str | None, runs: ManyRuns, *, every: bool, as_json: bool
) -> list[Verdict] | None:
    from stakhanov.experiments.load import library
    from stakhanov.experiments.verdict import conduct

    names = library() if every else [str(name)]
    gathered = Gathered()
    until = precision(runs, gathered)
    questions: list[tuple[Experiment, Base | None]] = []
    for one in names:
        with gathered:
            questions.append(question(one, runs, gathered))
    gathered.tell()
    try:
        with laboratory(runs) as room:
            return [conduct(one, room, base=base, precision=until) for one, base in questions]
    except Planned as planned:
        estimate(planned, runs, as_json=as_json)
        return None


def _list(*, as_json: bool) -> None:
    from stakhanov.experiments.load import library, load

    found = [load(name) for name in library()]
    data = {"experiments": [{"id": one.id, "question": one.question} for one in found]}
    table = Table(("name", "question"), [(one.id, one.question) for one in found])
    output.answer(data, table, as_json=as_json)


def _screen(verdict: Verdict) -> list[str | Table]:
    asked = verdict.experiment
    arms = [
        (
            asked.titles[arm],
            what.about.title + (f" @{what.when}" if what.when else ""),
            output.number(one.mean),
            output.between(one.low, one.high),
            what.about.unit,
        )
        for arm, measures in verdict.measures.items()
        for what, one in measures.items()
    ]
    found = [
        (
            "holds" if one.holds else "FAILS",
            one.expectation.id,
            _expected(one),
            output.number(one.gap.mean),
            output.between(one.gap.low, one.gap.high),
        )
        for one in verdict.findings
    ]
    return [
        f"{asked.title}: {asked.question}",
        "",
        Table(("arm", "measure", "value", "95 %", "unit"), arms, numbers=("value",)),
        "",
        Table(
            ("", "expectation", "what is expected", "difference", "95 %"),
            found,
            numbers=("difference",),
        ),
        "",
        *[f"note: {one}" for one in verdict.cautions],
        *([] if verdict.replicates > 1 else [ONE]),
        f"In our model, {counted(verdict.replicates, 'replicate')} on shared luck.",
        _not_supported(asked),
    ]


def _words(verdict: Verdict) -> list[str]:
    """What the page says before its charts: the question, what came of it, and what it does not support."""
    found = [
        f"{'Holds' if one.holds else 'FAILS'}: {_sentence(one)} The difference is {output.number(one.gap.mean)}"
        + (
            f" ({output.between(one.gap.low, one.gap.high)})."
            if verdict.replicates > 1
            else ", without an interval."
        )
        for one in verdict.findings
    ]
    notes = [str(one) for one in verdict.cautions]
    return [verdict.experiment.question, *found, *notes, _not_supported(verdict.experiment)]


def _sentence(one: Finding) -> str:
    """What was expected, as the file says it or as the page has it."""
    from stakhanov.experiments.reading import reading

    asked = one.expectation
    if asked.says:
        return asked.says
    said = _expected(one).removeprefix(asked.measure)
    return f"{reading(asked.measure).said}{said}."


def _not_supported(experiment: Experiment) -> str:
    return f"What this does not support: {experiment.does_not_support or 'the file does not say.'}"


def _expected(one: Finding) -> str:
    asked = one.expectation
    gap = f" by {asked.min_gap:g} at least" if asked.min_gap else ""
    gap = f" within {asked.max_gap:g}" if asked.op == "=" else gap
    if asked.than is not None:
        first, second = asked.than
        return f"{asked.measure}: {asked.arm} less {asked.versus} {asked.op} {first} less {second}{gap}"
    return f"{asked.measure}: {asked.arm} {asked.op} {asked.versus}{gap}"
