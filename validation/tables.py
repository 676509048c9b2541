"""The table of one row: what is expected, what was found, how far apart they may lie."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from stakhanov.foundation.markdown import piped

Kind = Literal["near", "at least", "at most"]


@dataclass(frozen=True)
class Check:
    """One number: expected within an absolute tolerance, or no smaller or larger than expected."""

    what: str
    expected: float
    found: float
    tolerance: float = 0.0
    kind: Kind = "near"
    source: str = ""
    known: str = ""
    """Why a miss is expected here, where it is understood; told below the table when it misses."""
    known_within: float = 0.0
    """How far from what is expected such a miss may lie: one that lies further is another miss."""

    @property
    def passes(self) -> bool:
        """Whether the number found is where it must be; never for a NaN."""
        return self._within(self.tolerance)

    @property
    def explained(self) -> bool:
        """Whether it is a miss that the row has a word for, and no larger than that word allows."""
        return not self.passes and bool(self.known) and self._within(self.known_within)

    def _within(self, tolerance: float) -> bool:
        if self.kind == "at least":
            return self.found >= self.expected - tolerance
        if self.kind == "at most":
            return self.found <= self.expected + tolerance
        return self.found == self.expected or abs(self.found - self.expected) <= tolerance


@dataclass(frozen=True)
class Table:
    """All checks of a row, with a title and what a reader must know."""

    row: int
    title: str
    about: str
    checks: tuple[Check, ...]

    @property
    def misses(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.passes)

    @property
    def unexplained(self) -> tuple[Check, ...]:
        """The misses that the row has no word for: these fail the command and the tests."""
        return tuple(check for check in self.misses if not check.explained)

    @property
    def verdict(self) -> str:
        """How many of the checks hold, in words."""
        return f"{len(self.checks) - len(self.misses)} of {len(self.checks)} hold"

    def markdown(self) -> str:
        """The table as a page of Markdown."""
        head = ["what", "expected", "found", "may differ by", "holds", "expected from"]
        rows = [_cells(check) for check in self.checks]
        why = [f"- *{check.what}*: {check.known}" for check in self.misses if check.known]
        misses = ["Misses, and why:", "", *why, ""] if why else []
        title = f"# Row {self.row}: {self.title}"
        return "\n".join([title, "", self.about, "", *piped(head, rows), "", *misses])


def relative(what: str, expected: float, found: float, share: float, *, source: str = "") -> Check:
    """A check whose tolerance is a share of what is expected."""
    return Check(what, expected, found, abs(expected) * share, source=source)


def within_range(
    what: str,
    low: float,
    high: float,
    found: float,
    slack: float = 0.0,
    *,
    source: str = "",
) -> Check:
    """A check against a range that was printed, widened at both ends by a stated slack."""
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    return Check(what, middle, float(found), half + slack, source=source)


def index(tables: Iterable[Table], names: Iterable[str]) -> str:
    """A page that lists the rows, each with a link and its verdict."""
    rows = [
        [str(table.row), f"[{table.title}]({name}.md)", table.verdict]
        for table, name in zip(tables, names, strict=True)
    ]
    text = (
        "Written by `python -m validation --write`. A miss is shown as a miss; one that its row does "
        "not explain makes that command exit with 1, and the tests fail."
    )
    return "\n".join(
        ["# Validation", "", text, "", *piped(["row", "subject", "verdict"], rows), ""]
    )


def _cells(check: Check) -> list[str]:
    sign = {"near": "", "at least": ">= ", "at most": "<= "}[check.kind]
    return [
        check.what,
        sign + shown(check.expected, check.tolerance),
        shown(check.found, check.tolerance) if check.kind == "near" else f"{check.found:.3g}",
        f"{check.tolerance:.2g}",
        "yes" if check.passes else "**no**",
        check.source,
    ]


def shown(number: float, tolerance: float = 0.0) -> str:
    """A number with the digits that matter for its tolerance, at most nine significant ones.

    Digits beyond a tenth of the tolerance are cut, so that the page is the same on every machine.
    """
    if tolerance > 0.0 and math.isfinite(number) and number != 0.0:
        return f"{round(number, min(max(1 - math.floor(math.log10(tolerance)), 0), 12)):.9g}"
    return f"{number:.9g}"
