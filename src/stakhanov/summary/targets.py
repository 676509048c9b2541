"""What history says a run should show: targets, bands, how to read each, and what is left out.

A history file stands beside a campaign. It holds numbers with sources, never results; a target says
whether the campaign was given it, was tuned to it, or is tested by it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration, declared
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.toml import names_in, read_toml, resolve

LIBRARY = Path(__file__).parent / "history"

Months = Annotated[tuple[date, date], About("First and last month, by their first days")]

Role = Literal["given", "tuned", "tested"]
Trust = Literal["archive", "book", "weak", "derived", "derived-recalled"]

#: How far a figure can be trusted, in words.
TRUST: dict[Trust, str] = {
    "archive": "a document, a law or scholarly work",
    "book": "a book or the press of the time",
    "weak": "a popular page only",
    "derived": "computed from published figures",
    "derived-recalled": "computed, one input from memory",
}


class SeriesReading(Declaration):
    """A number from the series: the mean over some months, or how it compares with other months.

    Several measures are multiplied with each other, period by period, and divided by the rules
    named in `over` as they stand in that period.
    """

    kind: Literal["series"]
    series: Annotated[tuple[str, ...], Field(min_length=1)]
    over: tuple[str, ...] = ()
    branch: str = "all"
    during: Months
    against: Months | None = None
    transform: Literal["mean", "excess", "ratio", "growth", "growth-per-year"] = "mean"
    scale: float = 1.0

    @model_validator(mode="after")
    def _compares_with_something(self) -> Self:
        if (self.transform in ("mean", "excess")) != (self.against is None):
            raise ValueError("must say `against` for a ratio or growth, and only there")
        return self


class DoublingReading(Declaration):
    """Days in which a product of series doubles between two dates."""

    kind: Literal["doubling"]
    series: Annotated[tuple[str, ...], Field(min_length=1)]
    branch: str = "all"
    since: date
    until: date


class PassThroughReading(Declaration):
    """The share of one series' growth that another followed, in logarithms."""

    kind: Literal["pass-through"]
    follower: str
    leader: str
    branch: str = "all"
    during: Months
    against: Months


class HistogramReading(Declaration):
    """The mean fulfilment of reports within bounds, or their share. Bounds are norms."""

    kind: Literal["histogram"]
    statistic: Literal["mean", "share"]
    reports: Literal["true", "reported"] = "reported"
    above: Annotated[float | Literal["title"], About("Lower bound; title: its threshold")] = 0.0
    below: Annotated[float | None, About("Upper bound")] = None
    during: Months
    scale: float = 1.0


class ReportsReading(Declaration):
    """A ratio of means over the sample of reports: some workers to all, or months to months."""

    kind: Literal["reports"]
    of: Annotated[
        Literal["pay", "rate", "price"],
        About("Pay of a worker and period, pay of a unit of output, pay of a shift at 100 %"),
    ]
    who: Literal["all", "title"] = "all"
    branch: str = "all"
    during: Months
    against: Months | None = None
    transform: Literal["ratio", "growth"] = "ratio"
    scale: float = 1.0


class RecordsReading(Declaration):
    """The highest record set in some months, or up to their end where records were ordinary."""

    kind: Literal["records"]
    staged: bool
    branch: str | None = None
    but: Annotated[str | None, About("Branch left out")] = None
    during: Months
    against: Months | None = None
    per_head: bool = False


class RuleReading(Declaration):
    """A rule of the campaign as the run had it: the value at an address, or its change."""

    kind: Literal["rule"]
    addresses: Annotated[tuple[str, ...], Field(min_length=1)]
    at: date
    against: date | None = None
    scale: float = 1.0


Reading = Annotated[
    SeriesReading
    | DoublingReading
    | PassThroughReading
    | HistogramReading
    | ReportsReading
    | RecordsReading
    | RuleReading,
    Field(discriminator="kind"),
]


class Target(Declaration):
    """One figure of history that a run can be held against."""

    id: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    role: Role
    value: Annotated[float | None, About("The figure; none where only a direction is known")] = None
    said: Annotated[str, About("The figure as the source has it, where it is not one number")] = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    source: Annotated[str, Field(min_length=1)]
    trust: Trust
    note: str = ""
    model: Reading

    @model_validator(mode="after")
    def _has_a_band(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("must have a band: `low`, `high` or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("must have a band with `low` at most `high`")
        if self.value is None and not self.said:
            raise ValueError("must give `value` or `said`")
        return self


class Uncovered(Declaration):
    """A figure of history that the model does not reach, and why."""

    id: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    said: Annotated[str, Field(min_length=1)]
    source: str = ""
    trust: Trust
    reason: Annotated[str, Field(min_length=1)]


class Subject(Declaration):
    """Which campaign the file is about, and the works it cites."""

    campaign: str
    title: str = ""
    sources: Annotated[dict[str, str], About("Works cited, by key")] = Field(default_factory=dict)


class History(Declaration):
    """The figures of history for one campaign."""

    format: int = 1
    history: Subject
    targets: tuple[Target, ...] = ()
    uncovered: tuple[Uncovered, ...] = ()


def load_history(name: str | Path) -> History:
    """The history file of a campaign, by the campaign's name or by path. Raises BadInput."""
    return checked_history(declared(History, read_toml(resolve(name, LIBRARY, "history"))))


def history_names() -> list[str]:
    """Campaigns that have a history file."""
    return names_in(LIBRARY)


def checked_history(history: History) -> History:
    """The same history if its ids are its own and its sources are cited. Raises BadInput."""
    problems = []
    entries: list[Target | Uncovered] = [*history.targets, *history.uncovered]
    ids = [entry.id for entry in entries]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        problems.append(Problem("targets", "must have ids of their own", f"{name} twice"))
    for entry in entries:
        for key in filter(None, (key.strip() for key in entry.source.split(";"))):
            if key not in history.history.sources:
                must = "must name sources of the file"
                problems.append(Problem(f"targets.{entry.id}.source", must, key))
    if problems:
        raise BadInput(problems)
    return history
