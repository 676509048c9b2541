"""What a campaign file says of itself: name, start, currency, sources and evidence; and dated changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from stakhanov.campaign.currency import Currency
from stakhanov.campaign.norms import When
from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import ByAddress, Declaration
from stakhanov.foundation.provenance import Provenance

LAST_START = date(9900, 12, 31)  # what follows must have dates too


class Header(Declaration):
    """Name, title, start, sources."""

    name: Annotated[str, Field(min_length=1), About("Name")]
    title: Annotated[str, About("Title")] = ""
    summary: Annotated[str, About("What it is, in a few sentences")] = ""
    start: Annotated[date, Field(le=LAST_START), About("First day of the first period")] = date(
        1935, 1, 1
    )
    base: Annotated[str | None, About("Campaign that this one is laid over")] = None
    currency: Currency = Currency()
    sources: Annotated[dict[str, str], About("Works cited, by key")] = {}
    evidence: Annotated[dict[str, Provenance], About("Source and grade of values, by address")] = {}


class Change(Declaration):
    """Rules that change during the run."""

    at: Annotated[When, About("When", "date or period")]
    set: Annotated[ByAddress, About("New values by address")]
    note: Annotated[str, About("What happened")] = ""
    source: Annotated[str, About("Key of a source, or a sentence")] = ""
