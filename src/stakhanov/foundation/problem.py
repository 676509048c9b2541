"""A problem with what was given: where, what must hold, what was found, and a hint if it helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One sentence: `address: what must hold; found what (hint)`."""

    address: str
    must: str
    found: str
    hint: str = ""

    def __str__(self) -> str:
        """The sentence."""
        return f"{self.address}: {self.must}; found {self.found or 'nothing'}" + (
            f" ({self.hint})" if self.hint else ""
        )

    def plain(self) -> dict[str, str]:
        """As scripts read it."""
        return {"address": self.address, "must": self.must, "found": self.found, "hint": self.hint}


class BadInput(Exception):
    """Everything that is wrong with an input, gathered before stopping."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
