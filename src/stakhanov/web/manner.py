"""How a visitor wants a table of reports read and tested: columns, dates, bad rows, groups, tests."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stakhanov import __version__
from stakhanov.evidence.inspection import SEED, TESTS
from stakhanov.evidence.sample import TABLES
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.report_cells import DateOrder

#: Columns that a visitor may say the source's name of.
MAPPED = ("worker", "period", "norm", "reported", "group")
#: Letters of a column's name in the table.
LONGEST_NAME = 200
#: Tests in plain words.
TITLES: Mapping[str, str] = {
    "density-jump": "a step or a bend in the reports just at the norm",
    "bunching": "a pile-up around the norm, beside a smooth curve",
    "norm-excess": "many just above the norm, few just below",
    "late-norms": "norms that know what was reported in their own period",
    "ratchet": "norms that follow the last report",
    "storming": "output made in the last days of a month",
    "record": "a best report that is too far from all others",
    "last-digits": "last digits that are not even",
    "first-digits": "first digits that do not fall as usual (Benford)",
}
ORDERS: Mapping[str, DateOrder] = {"dmy": "dmy", "mdy": "mdy"}


@dataclass(frozen=True)
class Manner:
    """`columns`: the table's names by ours, where it has others. `tests`: all of them where none is named.

    `apart`: whether groups are tested apart. `dates`: day or month first, where the table does not tell.
    `leave_out`: whether rows that will not do are left out.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    apart: bool = False
    tests: tuple[str, ...] = ()
    dates: DateOrder | None = None
    leave_out: bool = False

    @property
    def command(self) -> str:
        """The same on the command line."""
        words = ["stakhanov", "inspect", "reports.csv"]
        if self.columns:
            words += ["--map", ",".join(f"{ours}={name}" for ours, name in self.columns.items())]
        words += ["--by", "group"] if self.apart else []
        words += ["--dates", self.dates] if self.dates else []
        words += ["--leave-out"] if self.leave_out else []
        words += [word for name in self.tests for word in ("--test", name)]
        return shlex.join(words)

    def plain(self) -> dict[str, Any]:
        """Everything that the answer hangs on beside the table."""
        return {
            "stakhanov": __version__,
            "columns": dict(self.columns),
            "groups_apart": self.apart,
            "dates": self.dates,
            "bad_rows": "leave out" if self.leave_out else "refuse",
            "tests": list(self.tests or TESTS),
            "seed": SEED,
            "honest_tables": TABLES,
            "command": self.command,
        }


def manner_of(given: Mapping[str, str], tests: Sequence[str]) -> Manner:
    """What the fields of a form say. Raises BadInput with every problem."""
    columns = {name: given[name] for name in MAPPED if given.get(name)}
    problems = [
        Problem(one, f"must have at most {LONGEST_NAME} letters", f"{len(source):,}")
        for one, source in columns.items()
        if len(source) > LONGEST_NAME
    ]
    dates = given.get("dates", "")
    if dates and dates not in ORDERS:
        problems.append(Problem("dates", "must be dmy or mdy", dates[:40]))
    problems += [
        Problem("test", "must be the name of a test", name[:40], f"there are {', '.join(TESTS)}")
        for name in tests
        if name not in TESTS
    ]
    if problems:
        raise BadInput(problems)
    chosen = tuple(name for name in TESTS if name in tests)
    return Manner(
        columns,
        given.get("apart") == "yes",
        chosen if len(chosen) < len(TESTS) else (),
        ORDERS.get(dates),
        given.get("leave-out") == "yes",
    )
