"""Numbers in words: shares as per cent, rare winners, how often, values with the unit of their parameter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stakhanov.campaign.currency import Currency
from stakhanov.foundation.written import written


def per_cent(share: float) -> str:
    """A share as per cent, four digits that count: 10.27 %."""
    return f"{100.0 * share:.4g} %"


def of_so_many(per_thousand: float) -> str:
    """Winners per thousand in whole people: 10 in 1,000; 2 in 100,000."""
    out_of = 1000
    while per_thousand < 1.0 and out_of < 10**9:
        per_thousand, out_of = 10.0 * per_thousand, 10 * out_of
    return f"{per_thousand:.6g} in {out_of:,}"


def often(every: int) -> str:
    """How often something is done: every period; after every 12 periods."""
    return "every period" if every == 1 else f"after every {every} periods"


def together(parts: Sequence[str]) -> str:
    """Parts as one: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def valued(value: Any, unit: str, currency: Currency) -> str:
    """A value as a sentence has it, without what the unit relates it to: 60 %, 4 roubles, 26 shifts."""
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)) and all(isinstance(one, (int, float)) for one in value):
        return ", ".join(valued(one, unit.partition(",")[0], currency) for one in value)
    if not isinstance(value, (int, float)):
        return written(value)
    kind = unit.partition(" ")[0]
    if unit.startswith("minor units"):
        return currency.told(int(value))
    if kind in ("share", "shares", "norms"):
        return per_cent(value)
    return f"{value:.6g} {unit}" if kind in _COUNTED else f"{value:.6g}"


#: Units that stand behind a number as they are.
_COUNTED = ("shifts", "periods", "people", "utils", "per")


def related(unit: str) -> str:
    """What a value's unit relates it to: a shift; of the norm; nothing for what is only counted."""
    if unit == "norms":
        return "of the norm"
    kind, _, rest = unit.partition(" ")
    if unit.startswith("minor units"):
        return unit.removeprefix("minor units").strip()
    if kind in ("share", "shares"):
        return "" if "," in unit else rest
    return "" if kind in (*_COUNTED, "ratio") else unit
