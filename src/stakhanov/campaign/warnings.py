"""Warnings: what a campaign allows and people will make something of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from stakhanov.campaign.campaign import Campaign


@dataclass(frozen=True)
class Caution:
    """Something allowed, with what people will do about it."""

    address: str
    sentence: str

    def __str__(self) -> str:
        """The sentence under its address."""
        return f"{self.address}: {self.sentence}"


def warnings_of(campaign: Campaign, periods: int | None = None) -> list[Caution]:
    """All warnings of a campaign; `periods` is the length of a run, the plan's unless told."""
    length = periods or campaign.plan.periods_per_year * campaign.plan.years
    return [
        *_of_the_scale(campaign),
        *_of_pay(campaign),
        *_of_revision(campaign, length),
        *_of_prizes(campaign),
        *_of_changes(campaign, length),
    ]


def _of_the_scale(campaign: Campaign) -> list[Caution]:
    found = []
    for place, (before, after) in enumerate(pairwise(campaign.pay.scale), start=1):
        if after.rate < before.rate:
            found.append(
                Caution(
                    f"pay.scale.{place}.rate",
                    f"falls from {before.rate:g} to {after.rate:g} at {after.from_:.0%} of the norm; "
                    "people will stop there",
                )
            )
        if after.retroactive and after.rate > before.rate:
            found.append(
                Caution(
                    f"pay.scale.{place}.retroactive",
                    f"pays everything anew at {after.from_:.0%}; people just below will pad or storm",
                )
            )
    return found


def _of_pay(campaign: Campaign) -> list[Caution]:
    found = []
    if campaign.pay.guarantee >= 1.0:
        found.append(
            Caution("pay.guarantee", "covers the whole norm; below it output earns nothing more")
        )
    if campaign.pay.bonus and campaign.audits.probability == 0.0:
        found.append(
            Caution("audits.probability", "is 0 while a bonus hangs on the report; people will pad")
        )
    return found


def _of_revision(campaign: Campaign, length: int) -> list[Caution]:
    revision = campaign.norms.revision
    found = []
    if revision.every > length:
        sentence = f"is longer than the run ({length} periods); no norm will be revised"
        found.append(Caution("norms.revision.every", sentence))
    elif revision.up > 0.0 and campaign.norms.scope == "own":
        sentence = "raises a worker's own norm on that worker's reports; people will hold back"
        found.append(Caution("norms.revision.up", sentence))
    return found


def _of_prizes(campaign: Campaign) -> list[Caution]:
    found = []
    for prize in campaign.prizes:
        if prize.per_thousand is not None and prize.per_thousand > 500:
            sentence = f"gives prizes to {prize.per_thousand:g} of 1,000; few will strive for them"
            found.append(Caution(f"prizes.{prize.name}.per_thousand", sentence))
    return found


def _of_changes(campaign: Campaign, length: int) -> list[Caution]:
    found = []
    for place, change in enumerate(campaign.changes):
        period = campaign.period_of(change.at)
        if not 0 <= period < length:
            where = "before the start" if period < 0 else f"after the plan's {length} periods"
            found.append(Caution(f"changes.{place}.at", f"lies {where} ({change.at})"))
    return found
