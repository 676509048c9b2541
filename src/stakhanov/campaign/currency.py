"""Money: a currency and its minor unit, and amounts in words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration


class Currency(Declaration):
    """What amounts are in."""

    name: Annotated[str, Field(min_length=1), About("Currency")] = "rouble"
    minor: Annotated[
        str, Field(min_length=1), About("Minor unit; all amounts are whole numbers of it")
    ] = "kopeck"
    parts: Annotated[
        int, Field(ge=1, le=1000), About("Minor units in one unit of the currency", "minor units")
    ] = 100

    def told(self, amount: int) -> str:
        """An amount of minor units in words: 4 roubles 60 kopecks."""
        sign = "minus " if amount < 0 else ""
        whole, rest = divmod(abs(amount), self.parts)
        said = [_counted(whole, self.name)] if whole else []
        if rest or not whole:
            said.append(_counted(rest, self.minor))
        return sign + " ".join(said)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
