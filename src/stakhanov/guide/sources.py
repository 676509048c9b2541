"""Works that a class rests on, and the facts read out of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from stakhanov.foundation.declaration import Declaration

Tier = Literal[
    "archive", "data", "scholarly", "reference", "secondary", "press", "web", "under-review"
]
#: Works of these tiers carry a figure that only they can have: one is enough.
SOLE: frozenset[Tier] = frozenset({"archive", "data"})

Given = float | tuple[float, float] | date | str


class Fact(Declaration):
    """What a work says of one quantity, date or name: one value, or a range of two."""

    value: Annotated[int | float | tuple[float, float] | date | str, Field(union_mode="smart")]
    unit: str = ""
    locator: str = ""
    note: str = ""
    status: Literal["read", "recalled", "unverified"] = "read"


def _table(given: Any) -> Any:
    return given if isinstance(given, (Mapping, Fact)) else {"value": given}


class Source(Declaration):
    """A work: cited as a work; `seen_at` says where the figures were seen."""

    type: str
    title: Annotated[str, Field(min_length=1)]
    tier: Tier
    author: str = ""
    year: int | None = None
    date: str = ""
    container: str = ""
    publisher: str = ""
    locator: str = ""
    isbn: str = ""
    doi: str = ""
    url: str = ""
    seen_at: str = ""
    origin: str = ""
    note: str = ""
    facts: dict[
        str, Annotated[Fact, BeforeValidator(_table, json_schema_input_type=Fact | Given)]
    ] = {}

    @property
    def evidence(self) -> bool:
        """Whether it may support anything: a work under review may only be quoted as an error."""
        return self.tier != "under-review"

    def cited(self) -> str:
        """The work as a reference names it."""
        year = f"({self.year})" if self.year else f"({self.date})" if self.date else ""
        place = ", ".join(part for part in (self.container, self.publisher, self.locator) if part)
        head = " ".join(part for part in (self.author, year) if part)
        parts = (
            (head, self.title, place) if self.author else (f"{self.title} {year}".strip(), place)
        )
        return " ".join(
            part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part
        )
