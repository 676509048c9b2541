"""Sliders with number boxes, made from the declarations: title, unit, bounds, source."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stakhanov.campaign import Campaign
from stakhanov.foundation.address import leaves
from stakhanov.foundation.catalogue import Parameter, parameters
from stakhanov.workforce import Workforce

#: What people turn first, where a campaign has it.
FIRST = (
    "norms.revision.up",
    "pay.piece_share",
    "publicity.intensity",
    "audits.probability",
    "plan.hours",
    "discipline.leaving",
)
#: Chapters in the order of the page, with their names there.
CHAPTERS = {
    "plan": "Plan",
    "technology": "Technology",
    "norms": "Norms",
    "pay": "Pay",
    "prizes": "Prizes",
    "emulation": "Emulation",
    "publicity": "Publicity",
    "audits": "Audits",
    "discipline": "Discipline",
    "ability": "People: ability",
    "effort": "People: effort",
    "money": "People: money",
    "peers": "People: peers",
    "aspiration": "People: aspiration",
    "foresight": "People: foresight",
    "honesty": "People: honesty",
    "fatigue": "People: fatigue",
    "strain": "People: strain",
    "morale": "People: morale",
    "trust": "People: trust",
    "quits": "People: leaving",
    "accidents": "People: accidents",
    "recruits": "People: recruits",
}
#: A slider without a bound nearby ends at so many times the value of the file.
TIMES = 3.0
STEPS = 100


@dataclass(frozen=True)
class Slider:
    """One parameter of a campaign or of its people, as a form shows it."""

    address: str
    parameter: Parameter
    value: Any  # as the file has it
    given: str  # what the visitor wrote; nothing where the file's value is to hold
    dated: bool  # whether the file changes it during the run

    @property
    def title(self) -> str:
        """What it is called."""
        return self.parameter.title

    @property
    def choices(self) -> tuple[str, ...]:
        """Words to choose from; none for a number."""
        return self.parameter.choices

    @property
    def source(self) -> str:
        """Where the default comes from, as far as the declaration says."""
        return ": ".join(filter(None, (self.parameter.grade.capitalize(), self.parameter.source)))

    @property
    def low(self) -> float:
        """Where the slider begins: the declared bound where it is near, else nought."""
        low, start = self.parameter.low, float(self.value)
        near = low is not None and low >= -TIMES * max(abs(start), 1.0)
        return float(low) if low is not None and near else min(0.0, TIMES * start)

    @property
    def high(self) -> float:
        """Where it ends: the declared bound where it is near, else some times the file's value."""
        high, reach = self.parameter.high, TIMES * max(abs(float(self.value)), 1.0)
        if self.parameter.high is not None and self.parameter.high <= reach:
            return float(high or 0.0)
        return reach if self.value else 1.0

    @property
    def step(self) -> float:
        """A hundredth of the way, rounded to 1, 2 or 5; whole where only whole numbers will do."""
        rough = (self.high - self.low) / STEPS
        if self.parameter.whole:
            return float(max(1, round(rough)))
        power = 10.0 ** math.floor(math.log10(rough))
        return min((1.0, 2.0, 5.0, 10.0), key=lambda one: abs(one * power - rough)) * power

    @property
    def shown(self) -> str:
        """The file's value as people write it."""
        return f"{self.value:g}" if isinstance(self.value, float) else str(self.value)

    @property
    def at(self) -> str:
        """Where the slider stands."""
        return self.given if _number(self.given) is not None else self.shown


def sliders(
    campaign: Campaign, workforce: Workforce, given: Mapping[str, str]
) -> dict[str, list[Slider]]:
    """All of them by chapter, those that people turn first in front under a heading of their own."""
    found: dict[str, list[Slider]] = {"Turned first": [], **{one: [] for one in CHAPTERS.values()}}
    dated = {address for change in campaign.changes for address in change.set}
    known = [*_of(Campaign, campaign.plain()), *_of(Workforce, workforce.plain())]
    for address, parameter, value in known:
        chapter = CHAPTERS.get(address.split(".")[0])
        if chapter is None:
            continue
        slider = Slider(address, parameter, value, given.get(address, ""), address in dated)
        found["Turned first" if address in FIRST else chapter].append(slider)
    found["Turned first"].sort(key=lambda one: FIRST.index(one.address))
    return {chapter: rows for chapter, rows in found.items() if rows}


def _of(kind: type[Any], plain: Mapping[str, Any]) -> Iterator[tuple[str, Parameter, Any]]:
    """Every number and choice that a file holds, with its declaration."""
    patterns = {one.address: one for one in parameters(kind)}
    for address, value in leaves(dict(plain)).items():
        parameter = _declared(address, patterns)
        if parameter is None or isinstance(value, bool):
            continue
        if isinstance(value, (int, float)) or value in parameter.choices:
            yield address, parameter, value


def _declared(address: str, patterns: Mapping[str, Parameter]) -> Parameter | None:
    """The declaration of an address; entries of lists stand for their kind."""
    if address in patterns:
        return patterns[address]
    steps = address.split(".")
    for place in range(1, len(steps) - 1):
        found = patterns.get(".".join([*steps[:place], "*", *steps[place + 1 :]]))
        if found is not None:
            return found
    return None


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
