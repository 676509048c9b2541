"""A check of a report table as a job: the table stays in memory and is let go as soon as the answer is made."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, final

import polars as pl

from stakhanov.evidence import inspect
from stakhanov.evidence.simulated import Truth, simulated
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.report_sources import Opened, open_text
from stakhanov.foundation.reports import Reports, read
from stakhanov.summary.inspection_report import TITLE, headline, parts_of
from stakhanov.summary.page import page
from stakhanov.web.answering import Answering
from stakhanov.web.jobs import Job
from stakhanov.web.manner import Manner
from stakhanov.web.settings import Settings

#: Beginnings of packed files, which could hold far more than they seem to.
PACKED = (
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
    b"PAR1",
    b"x\x01",
    b"x\x9c",
    b"x\xda",
    b"BZh",
)
MOST_COLUMNS = 200
#: Bytes of a table and the words around it.
LARGEST = Settings.largest_table + 20_000
NOTHING = Problem("reports", "must be a file or text with a heading and rows", "nothing")
#: The two samples: everybody honest, and shortfalls of up to six per cent reported as the norm.
SAMPLES = {"honest": Truth(), "padded": Truth(padded=0.06)}
SAMPLE_SIZE = {"workers": 200, "periods": 12, "seed": 1935}


@dataclass(frozen=True)
class Checked:
    """What is kept of a check: the page's part, the findings and a report of one page, not the table."""

    headline: str
    html: str
    plain: dict[str, Any]
    table: pl.DataFrame  # the findings, a row each
    report: str
    parameters: dict[str, Any]


@final
@dataclass
class Checking(Answering):
    """A table that was read, and how it is tested."""

    reports: Reports | None
    manner: Manner
    key: str = field(default_factory=lambda: secrets.token_hex(12))
    link: str = "/check"
    title: str = "Data check"

    @property
    def files(self) -> list[tuple[str, str]]:
        """The report, and what it was made with."""
        return [
            ("Report of one page", f"/runs/{self.key}/report.html"),
            ("Parameters as JSON", f"/runs/{self.key}/parameters.json"),
        ]

    def __call__(self, job: Job) -> Checked:
        """Test what the reports say, then let the table go."""
        assert self.reports is not None
        by = "group" if self.manner.apart else None
        try:
            found = inspect(
                self.reports, by=by, tests=self.manner.tests, on_test=partial(_told, job)
            )
            head, sections = parts_of(found)
        finally:
            self.reports = None
        sections = [one for one in sections if by is not None or one.name != "who"]
        report = page(f"{found.reports.name} - {TITLE}", head, sections)
        head = head.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
        html = "\n".join([head, *(one.html for one in sections)])
        parameters = {
            "table": found.reports.name,
            "rows": found.reports.rows,
            **self.manner.plain(),
        }
        return Checked(headline(found), html, found.plain(), found.table, report, parameters)

    def so_far(self, job: Job) -> str:
        """Which group is being tested."""
        return job.told[-1] if job.told else "The table is being read."

    def result(self, job: Job) -> str:
        """The report of the inspection."""
        found: Checked = job.result
        return found.html

    def plain(self, job: Job) -> dict[str, Any]:
        """The findings as `stakhanov inspect --json` gives them."""
        found: Checked = job.result
        return found.plain


def _told(job: Job, group: str, number: int, of: int) -> None:
    job.tell(f"Testing {group}, {number} of {of}.")


def checking(content: bytes, name: str, manner: Manner, settings: Settings) -> Checking:
    """A check of a table. Raises BadInput with what is wrong with it."""
    reports = table(content, name, manner, settings)
    if manner.apart and "group" not in reports.columns:
        must = "must be a column of the table where groups are tested apart"
        raise BadInput([Problem("group", must, "none")])
    return Checking(reports, manner)


def sample(name: str) -> bytes:
    """A table of simulated workers whose truth is known, without the column that tells it."""
    return simulated(SAMPLES[name], **SAMPLE_SIZE).drop("true").write_csv().encode()


def table(content: bytes, name: str, manner: Manner, settings: Settings) -> Reports:
    """A checked report table out of what a visitor sent. Raises BadInput with what is wrong with it."""
    bad_rows: Literal["refuse", "leave out"] = "leave out" if manner.leave_out else "refuse"
    opened = text_of(content, name, settings)
    try:
        return read(opened, manner.columns, dates=manner.dates, bad_rows=bad_rows)
    except BadInput as error:
        raise BadInput([for_a_form(one) for one in error.problems]) from None


def text_of(content: bytes, name: str, settings: Settings) -> Opened:
    """The text that a visitor sent as a table that nobody has looked at. Raises BadInput."""
    if not content.strip():
        raise BadInput([NOTHING])
    if content.startswith(PACKED):
        must = "must be CSV text"
        raise BadInput([Problem(name, must, "a packed file", "save the table as CSV")])
    rows, cells = content.count(b"\n"), content[:100_000].split(b"\n")[0]
    if rows > settings.largest_rows + 1:
        raise BadInput(
            [Problem(name, f"must have at most {settings.largest_rows:,} rows", f"{rows:,}")]
        )
    if max(cells.count(mark) for mark in (b",", b";", b"\t", b"|")) >= MOST_COLUMNS:
        raise BadInput([Problem(name, f"must have at most {MOST_COLUMNS} columns", "more")])
    return open_text(content, name)


def for_a_form(problem: Problem) -> Problem:
    """A problem in the words of the form."""
    hint = problem.hint.replace("name it with --map ", "in the form: ")
    hint = hint.replace("--dates dmy or --dates mdy", "the form")
    return replace(problem, address=problem.address.removeprefix("--map "), hint=hint)
