"""Which prizes are given, among whom, how often and for what: those of contests and those that stand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from stakhanov.campaign.campaign import Campaign
    from stakhanov.campaign.prizes import Prize


class Round(NamedTuple):
    """One prize and the contest it is given in; a prize that stands alone is a contest of its own."""

    prize: Prize
    scope: str
    every: int  # periods
    by_output: bool  # ranked by output rather than by fulfilment

    @property
    def address(self) -> str:
        """The address of its prize."""
        return f"prizes.{self.prize.name}"

    def due(self, period: int) -> bool:
        """Whether it is given at the end of a period."""
        return (period + 1) % self.every == 0


def rounds_of(campaign: Campaign) -> list[Round]:
    """Prizes that stand alone, then those of contests, in the order of the file."""
    by_name = {prize.name: prize for prize in campaign.prizes}
    contests = campaign.emulation.contests
    named = {name for contest in contests for name in contest.prizes}
    alone = [
        Round(prize, prize.scope, prize.every, False)
        for prize in campaign.prizes
        if prize.name not in named
    ]
    return alone + [
        Round(by_name[name], contest.scope, contest.every, contest.measure == "output")
        for contest in contests
        for name in contest.prizes
    ]
