"""What reports say: every test on every group, counted together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from stakhanov.evidence.bunching import bunching_at_norm
from stakhanov.evidence.density_jump import density_jump
from stakhanov.evidence.digits import first_digits, last_digits
from stakhanov.evidence.discovery import standing_out
from stakhanov.evidence.explanations import EXPLANATIONS
from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.late_norms import late_norms
from stakhanov.evidence.norm_excess import norm_excess
from stakhanov.evidence.ratchet import ratchet
from stakhanov.evidence.records import record
from stakhanov.evidence.sample import FEWEST_WORKERS, TABLES, Sample, Whole
from stakhanov.evidence.storming import storming
from stakhanov.foundation.nearest import listed
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.report_cells import DateOrder
from stakhanov.foundation.reports import Reports, read

Test = Callable[[Sample], list[Outcome]]
#: By name, in the order in which they are made.
TESTS: Mapping[str, Test] = {
    "density-jump": density_jump,
    "bunching": bunching_at_norm,
    "norm-excess": norm_excess,
    "late-norms": late_norms,
    "ratchet": ratchet,
    "storming": storming,
    "record": record,
    "last-digits": last_digits,
    "first-digits": first_digits,
}
#: Columns by which reports are parted into groups.
BY = ("group", "contest", "branch", "enterprise", "brigade")
ALL = "all"
NONE = "(none)"
#: Beyond so many rows whole workers are chosen, as many as the rows allow.
MOST_ROWS = 5_000_000
SEED = 1935

OnTest = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Inspection:
    """What was found in a report table, and which tests did not apply.

    `hidden`: groups that are too small to be shown. `chosen`: the share of workers that was looked at.
    """

    reports: Reports
    by: str | None
    workers: int
    periods: int
    findings: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    samples: tuple[Sample, ...]
    hidden: int = 0
    chosen: float = 1.0
    seed: int = SEED

    @property
    def unusual(self) -> list[Finding]:
        """The findings that stand out."""
        return [finding for finding in self.findings if finding.unusual]

    @property
    def table(self) -> pl.DataFrame:
        """The findings, a row each."""
        names = (
            "test",
            "group",
            "estimate",
            "low",
            "high",
            "unit",
            "false_alarm",
            "unusual",
            "reports",
            "workers",
        )
        rows = [[getattr(finding, name) for name in names] for finding in self.findings]
        return pl.DataFrame(rows, schema=list(names), orient="row")

    def plain(self) -> dict[str, Any]:
        """The inspection as plain data."""
        return {
            "rows": self.reports.rows,
            "workers": self.workers,
            "periods": self.periods,
            "findings": [_plain(finding) for finding in self.findings],
            "refused": [vars(refusal) for refusal in self.refused],
            "hidden_groups": self.hidden,
            "share_of_workers": self.chosen,
            "left_out": self.reports.left_out,
            "problems": [str(problem) for problem in self.reports.problems],
        }


def inspect(
    source: Any,
    columns: Mapping[str, str] | None = None,
    *,
    by: str | None = None,
    dates: DateOrder | None = None,
    key: bytes | None = None,
    bad_rows: Literal["refuse", "leave out"] = "refuse",
    seed: int = SEED,
    tables: int = TABLES,
    tests: Sequence[str] = (),
    on_test: OnTest | None = None,
) -> Inspection:
    """Test what reports say. Raises BadInput with everything that is wrong with the table.

    `source`, `columns`, `dates`, `key` and `bad_rows` are those of `foundation.reports.read`; `by` is a column
    of the report table whose groups are tested apart; `tables` is the number of honest tables that are drawn
    for a rate; `tests` are names of tests, all unless told. `on_test` is told the group, its number and of
    how many.
    """
    chosen_tests = _tests(tests)
    reports = source
    if not isinstance(source, Reports):
        reports = read(source, columns, dates=dates, key=key, bad_rows=bad_rows)
    if by is not None and by not in reports.columns:
        raise BadInput([_no_group(by, reports)])
    table, chosen = _chosen(reports, by)
    workers, periods = _counts(reports)
    samples, hidden = _samples(table, by, reports, (seed, tables))
    outcomes: list[Outcome] = []
    for number, sample in enumerate(samples, start=1):
        if on_test is not None:
            on_test(sample.group, number, len(samples))
        for test in chosen_tests:
            outcomes += test(sample)
    return Inspection(
        reports=reports,
        by=by,
        workers=workers,
        periods=periods,
        findings=_counted([one for one in outcomes if isinstance(one, Finding)]),
        refused=tuple(one for one in outcomes if isinstance(one, Refusal)),
        samples=tuple(samples),
        hidden=hidden,
        chosen=chosen,
        seed=seed,
    )


def _tests(names: Sequence[str]) -> list[Test]:
    """The tests of these names in their own order, all where none is named. Raises BadInput."""
    known = f"there are {', '.join(TESTS)}"
    unknown = [name for name in names if name not in TESTS]
    if unknown:
        must = "must be the name of a test"
        raise BadInput([Problem("test", must, f'"{name[:40]}"', known) for name in unknown])
    return [test for name, test in TESTS.items() if not names or name in names]


def _no_group(by: str, reports: Reports) -> Problem:
    there = [name for name in BY if name in reports.columns]
    others = [name for name in reports.there if name not in reports.columns]
    hint = f"there are {', '.join(there)}; " if there else ""
    hint += f"--map group={by if by in others else '...'} names one of {listed(others or reports.there)}"
    must = "must be a column that parts the reports into groups"
    return Problem("--by", must, f'"{by}"', hint)


def _chosen(reports: Reports, by: str | None) -> tuple[pl.DataFrame, float]:
    """The columns that the tests need, of all workers or of as many as memory has room for."""
    names = {"worker", "period", "segment", "shifts", "norm", "reported", *reports.person}
    wanted = [name for name in reports.columns if name in names or name == by]
    parts = -(-reports.rows // MOST_ROWS)
    table = reports.table.select(wanted)
    if parts > 1:
        table = table.filter(pl.col("worker").hash(seed=SEED) % parts == 0)
    return table.collect(engine="streaming"), 1.0 / parts


def _counts(reports: Reports) -> tuple[int, int]:
    """How many workers and periods the whole table has.

    Some names at a time, as hashes part them, so that memory stays bounded where every row has one of its own.
    """
    parts = -(-reports.rows // MOST_ROWS)

    def number(column: str) -> int:
        own = pl.col(column)
        some = [own.hash(seed=SEED) % parts == part for part in range(parts)]
        counts = [reports.table.filter(one).select(own.n_unique()) for one in some]
        return sum(int(count.collect(engine="streaming").item()) for count in counts)

    return number("worker"), number("period")


def _samples(
    table: pl.DataFrame, by: str | None, reports: Reports, draws: tuple[int, int]
) -> tuple[list[Sample], int]:
    """A sample a group, in the order of their names, and how many groups are too small to be shown."""
    person = pl.concat_str(reports.person, separator="\0", ignore_nulls=True)
    table = table.with_columns(person.alias("person")).sort("person", "period", "segment")
    found: list[Sample] = []
    hidden = 0
    for group, rows in _groups(table, by):
        if by is not None and rows["worker"].n_unique() < FEWEST_WORKERS:
            hidden += 1
            continue
        found.append(
            Sample(
                group=group,
                worker=_numbered(rows["worker"]),
                series=_numbered(rows["person"]),
                period=rows["period"].to_physical().cast(pl.Int64).to_numpy(),
                norm=rows["norm"].to_numpy(),
                reported=rows["reported"].to_numpy(),
                shifts=rows["shifts"].to_numpy(),
                dated=reports.dated,
                seed=draws[0],
                tables=draws[1],
            )
        )
    return found, hidden


def _groups(table: pl.DataFrame, by: str | None) -> Iterator[tuple[str, pl.DataFrame]]:
    if by is None:
        yield ALL, table
        return
    parted = table.with_columns(pl.col(by).fill_null(NONE))
    for (group,), rows in sorted(
        parted.group_by(by, maintain_order=True), key=lambda one: str(one[0])
    ):
        yield str(group), rows


def _numbered(names: pl.Series) -> Whole:
    """Names as numbers from 0, in the order of the names."""
    known = pl.Enum(names.unique().sort())
    return names.cast(known).to_physical().cast(pl.Int64).to_numpy()


def _counted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with their explanations, and whether each stands out among all."""
    out = standing_out([finding.false_alarm for finding in findings])
    return tuple(
        replace(finding, unusual=unusual, explanations=EXPLANATIONS[finding.test])
        for finding, unusual in zip(findings, out, strict=True)
    )


def _plain(finding: Finding) -> dict[str, Any]:
    return vars(finding) | {
        "explanations": list(finding.explanations),
        "details": {name: float(value) for name, value in finding.details.items()},
    }
