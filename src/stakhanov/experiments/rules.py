"""The rules of a campaign, each with the values at which it is not there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from stakhanov.foundation.address import leaves

#: Stands for every entry of a list.
EVERY = "*"


class Rule(NamedTuple):
    """A rule as a player: its name, what it is, and the differences by address that take it out."""

    name: str
    title: str
    neutral: Mapping[str, Any]

    def out(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        """The differences for one campaign, given as plain data; `*` is every entry that it has."""
        return {
            address: value
            for pattern, value in self.neutral.items()
            for address in _matching(pattern, plain)
        }


#: Who plays; a campaign that does not have a rule plays without it.
RULES = (
    Rule(
        "pay-progression",
        "Pay that rises beyond the norm",
        {"pay.scale": [{"from": 0.0, "rate": 1.0}], "pay.bonus": []},
    ),
    Rule("prizes", "Prizes", {"prizes.*.amount": 0, "prizes.*.esteem": 0.0}),
    Rule(
        "emulation",
        "Emulation between workers",
        {"emulation.visibility": 0.0, "emulation.contests": []},
    ),
    Rule(
        "publicity",
        "Publicity, records and the title",
        {"publicity.intensity": 0.0, "publicity.esteem.value": 0.0, "publicity.staged": []},
    ),
    Rule(
        "norm-revision",
        "Norms that are raised",
        {"norms.revision.up": 0.0, "norms.revision.down": 0.0, "norms.orders": []},
    ),
    Rule("padding", "Padded reports", {"honesty.lying_cost": math.inf}),
    Rule("strain", "Strain and fatigue", {"strain.growth": 0.0, "fatigue.effect": 0.0}),
    Rule("technology", "Technology", {"technology.growth": 0.0}),
)


def _matching(pattern: str, plain: Mapping[str, Any]) -> list[str]:
    """The addresses that a pattern means."""
    before, star, after = pattern.partition(f".{EVERY}.")
    if not star:
        return [pattern]
    names: dict[str, None] = {}
    for address in leaves(dict(plain)):
        if address.startswith(f"{before}."):
            names[address[len(before) + 1 :].split(".")[0]] = None
    return [f"{before}.{name}.{after}" for name in names]
