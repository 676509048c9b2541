"""What must agree between the chapters of a campaign, at every date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from stakhanov.campaign.emulation import Emulation
from stakhanov.campaign.prizes import Prize
from stakhanov.foundation.problem import Problem

#: Scarce goods that people may queue for in one run: each has its mark on everybody who got one.
MOST_QUEUES = 5
#: Rules of the whole run: a dated change of them would say nothing, or two things at once.
FIXED = ("campaign", "changes", "format", "norms.start", "plan.periods_per_year", "plan.years")


def problems_of_prizes(
    prizes: tuple[Prize, ...], emulation: Emulation, unread: Iterable[str] = ()
) -> Iterator[Problem]:
    """Prizes and contests: each of its own name, each prize given in one way.

    `unread`: names of prizes that the file has beside those that could be read.
    """
    names = [*(prize.name for prize in prizes), *unread]
    contests = emulation.contests
    yield from _twice("prizes", names)
    yield from _twice("emulation.contests", [contest.name for contest in contests])
    given: dict[str, str] = {}
    for contest in contests:
        address = f"emulation.contests.{contest.name}.prizes"
        for name in contest.prizes:
            if name not in names:
                known = ", ".join(names) or "there are none"
                yield Problem(address, f"must name prizes of the campaign ({known})", name)
            elif name in given:
                found = f"{name}, which {given[name]} gives"
                yield Problem(address, "must name prizes that no other contest gives", found)
            given.setdefault(name, contest.name)


def _twice(address: str, names: list[str]) -> Iterator[Problem]:
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield Problem(address, "must have names of their own", f"{name} twice")


def problems_of_queues(at_every_date: Iterable[tuple[Prize, ...]]) -> Iterator[Problem]:
    """Queues for goods, over the whole run."""
    queues = {prize.name for prizes in at_every_date for prize in prizes if prize.by == "queue"}
    if len(queues) > MOST_QUEUES:
        must = f"must hold at most {MOST_QUEUES} queues for scarce goods"
        yield Problem("prizes", must, str(len(queues)))


def is_fixed(address: str) -> bool:
    """Whether an address holds for the whole run."""
    return any(address == fixed or address.startswith(f"{fixed}.") for fixed in FIXED)
