"""Write docs/reference/experiments.md from the experiments that ship, or check that it is true to them.

python docs/generate/experiments.py            write
python docs/generate/experiments.py --check    exit 1 where the page differs
"""

from __future__ import annotations

import sys
from pathlib import Path

from stakhanov.experiments import Experiment, library, load
from stakhanov.experiments.declaration import Expectation
from stakhanov.experiments.rules import RULES
from stakhanov.foundation.catalogue import parameters
from stakhanov.foundation.markdown import piped
from stakhanov.foundation.written import written

PAGE = Path(__file__).resolve().parent.parent / "reference" / "experiments.md"
HEAD = """# Experiments

Written by `docs/generate/experiments.py` from the files that ship. `stakhanov experiment NAME` runs one and says which
expectations hold; `stakhanov experiment --all` runs them all. What an experiment supports is a mechanism "in our
model", never an event. How to write one: [ask a question of many runs](../how-to/ask-many-runs.md).
"""
PRESENCE = """A rule is there where taking it out can change the run: publicity only where something is published
or staged, prizes only where one falls due, padding only where something hangs on a report of the norm.

A contest changes the run only by what it says otherwise than its prizes: among whom, how often, ranked by what. In
`stakhanovite-1935` the contest `branch-emulation` says of `premium` what the prize says itself, so that it moves no
number; what `emulation` adds there is visibility alone.
"""


def fields() -> str:
    """The keys of a file."""
    rows = [
        (f"`{one.address}`", one.title, one.bounds, one.default) for one in parameters(Experiment)
    ]
    table = piped(["key", "what it is", "bounds", "default"], rows)
    return "\n".join(["## The file", "", *table, ""])


def rules() -> str:
    """What `decompose` takes out, and with what values."""
    rows = [(f"`{one.name}`", one.title, _values(dict(one.neutral))) for one in RULES]
    table = piped(["rule", "what it is", "it is out with"], rows)
    return "\n".join(["## The rules that `decompose` takes out", "", *table, "", PRESENCE])


def section(experiment: Experiment) -> str:
    """One experiment."""
    arms = [
        (f"`{name}`", experiment.titles[name], _values(own))
        for name, own in experiment.differences.items()
    ]
    expected = [(f"`{one.id}`", _expected(one), one.says) for one in experiment.expectations]
    length = "the plan's" if experiment.periods is None else experiment.periods
    return "\n".join(
        [
            f"## `{experiment.id}`",
            "",
            f"**{experiment.title}.** {experiment.question}",
            "",
            f"Campaign `{experiment.campaign}`, workforce `{experiment.workforce}`,"
            f" {experiment.workers:,} workers, periods: {length}, replicates:"
            f" {len(experiment.seeds_of)}."
            + (f" In all arms: {_values(experiment.set)}." if experiment.set else ""),
            "",
            *[f"- Assumes: {one}" for one in experiment.assumptions],
            f"- Does not support: {experiment.does_not_support}",
            *[f"- Source: {one}." for one in experiment.sources.values()],
            "",
            *piped(["arm", "", "differs"], arms),
            "",
            *piped(["expectation", "holds when", "says"], expected),
            "",
        ]
    )


def _values(table: dict[str, object]) -> str:
    return "; ".join(f"`{address}` = {_value(value)}" for address, value in table.items()) or "-"


def _value(value: object) -> str:
    text = written(value)
    return text if len(text) <= 100 else f"{text[:97]}..."


def _expected(one: Expectation) -> str:
    other = f"{one.versus:g}" if isinstance(one.versus, float) else f"{one.versus}"
    left, right = one.arm, other
    if one.than is not None:
        left, right = f"({one.arm} - {other})", f"({one.than[0]} - {one.than[1]})"
    gap = f" by {one.min_gap:g}" if one.min_gap else ""
    gap = f" within {one.max_gap:g}" if one.op == "=" else gap
    return f"{one.measure}: {left} {one.op} {right}{gap}"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, fields(), rules(), *(section(load(name)) for name in library())])


def main() -> int:
    """Write or check; 1 where a check finds the page out of date."""
    renewed = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != renewed:
            sys.stderr.write(f"{PAGE.name}: must say what the files say; run without --check\n")
        return int(current != renewed)
    PAGE.write_text(renewed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
