"""What a run rests on, told before it is made: assumptions, where numbers come from, the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from stakhanov.campaign.explain import paragraphs
from stakhanov.experiments.load import load as load_experiment
from stakhanov.foundation.provenance import Provenance
from stakhanov.web.wanted import Wanted

#: What every run assumes, whatever its campaign.
ALWAYS = (
    "Within a period people do what is best for them, ahead of every mark of pay, bonus, prize and title. They"
    " differ in ability and in what lying costs them.",
    "They foresee that norms follow reports; they do not foresee what others will do.",
    "During a period people meet only in their brigade; norms, prizes and publicity reach further.",
    "Who is short of the norm by little enough reports it as fulfilled where that pays.",
)


@dataclass(frozen=True)
class Foundations:
    """Sentences; how many values are published and assumed, and what is said of the assumed ones; the rules."""

    assumptions: tuple[str, ...]
    published: int
    assumed: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, ...], ...]

    @property
    def counted(self) -> str:
        """Where the numbers of the files come from."""
        if not self.published and not self.assumed:
            return ""
        return (
            f"Of the values for which the files of campaign and people give a reason, {self.published}"
            f" rest on a source that was seen and {len(self.assumed)} are assumptions."
        )


def foundations(one: Wanted) -> Foundations:
    """What the rules rest on as they are set. Raises BadInput."""
    return _told(one) if one.values else _shipped(*one.place)


@lru_cache(maxsize=256)
def _shipped(campaign: str, workforce: str, arm: str) -> Foundations:
    return _told(Wanted(campaign, workforce, arm=arm))


def _told(one: Wanted) -> Foundations:
    rules, people = one.rules()
    known: Mapping[str, Provenance] = {**rules.campaign.evidence, **people.workforce.evidence}
    own: tuple[str, ...] = ()
    if one.arm:
        own = tuple(load_experiment(one.arm.partition(".")[0]).assumptions)
    return Foundations(
        (*own, *ALWAYS),
        sum(row.grade == "published" for row in known.values()),
        tuple((name, row.note) for name, row in known.items() if row.grade == "assumed"),
        tuple(tuple(lines) for lines in paragraphs(rules)[1:] if lines),
    )
