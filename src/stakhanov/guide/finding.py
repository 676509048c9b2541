"""What a check of a guide finds: which rule, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding weighs: an error fails a check, a warning does not."""

    ERROR = "error"
    WARN = "warn"


@dataclass(frozen=True, order=True)
class Finding:
    """One finding at a line of a file (from 1), in a sentence."""

    file: str
    line: int
    rule: str
    message: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        """`file:line: rule: sentence`."""
        return f"{self.file}:{self.line}: {self.level.value} {self.rule}: {self.message}"

    def plain(self) -> dict[str, Any]:
        """As a script reads it."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "file": self.file,
            "line": self.line,
            "message": self.message,
        }
