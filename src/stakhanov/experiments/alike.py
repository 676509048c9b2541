"""Other rules and yet the same run: what came out alike, and what a run is too short for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from stakhanov.campaign.warnings import too_late
from stakhanov.campaign.wording import together
from stakhanov.experiments.trial import Design, Outcome
from stakhanov.foundation.address import within
from stakhanov.foundation.caution import Caution

#: So many names that came out alike are told.
TOLD = 8
UNMOVED = "differs from {} in its rules or people, and yet every run is the same"


def first_alike(outcomes: Mapping[str, Sequence[Outcome]]) -> dict[str, str]:
    """For every design the first one whose runs are the same to the bit under every seed, or itself."""
    first: dict[tuple[str, ...], str] = {}
    return {
        name: first.setdefault(tuple(one.fingerprint for one in own), name)
        for name, own in outcomes.items()
    }


def in_vain(
    designs: Mapping[str, Sequence[Design]],
    addresses: Sequence[str],
    where: Callable[[list[str]], str],
) -> Iterator[Caution]:
    """What is beside some addresses and comes too late for a run to show it, and in which designs.

    `designs` by name: what is not true of all that share one is not told of it. `where` says the names of which
    it is true, where that is not all of them.
    """
    told: dict[Caution, list[str]] = {}
    for name, own in designs.items():
        first, *others = [dict.fromkeys(_late(one)) for one in own]
        for caution in first:
            if not all(caution in other for other in others):
                continue  # it hangs on another address
            if any(_beside(caution.address, address) for address in addresses):
                told.setdefault(caution, []).append(name)
    for caution, names in told.items():
        at = "" if len(names) == len(designs) else f"{where(names)} "
        yield Caution(caution.address, f"{at}{caution.sentence}")


def _late(design: Design) -> list[Caution]:
    return too_late(design.campaign, design.periods)


def _beside(address: str, other: str) -> bool:
    """Whether two addresses are one, or of one entry or one table within a chapter."""
    table = address.rpartition(".")[0]
    return within(address, other) or ("." in table and within(other, table))


def alike_values(
    address: str, labels: Sequence[str], came: Sequence[Sequence[str]]
) -> Iterator[Caution]:
    """Which values of one address make no difference.

    `came` has what came out at each of them, by the values of the other address where there is one.
    """
    kinds = [tuple(one) for one in came]
    if len(kinds) > 1 and len(set(kinds)) == 1:
        said = f"makes no difference: every run is the same at all {len(kinds)} values"
        yield Caution(address, said)
        return
    placed = sorted(zip(kinds, range(len(kinds)), strict=True))
    for _, group in groupby(placed, key=lambda one: one[0]):
        same = [labels[place] for _, place in group]
        if len(same) > 1:
            yield Caution(address, f"every run is the same at {named(same)}")


def pair_alike(one: str, a: Design, other: str, b: Design, *, alike: bool) -> list[Caution]:
    """What is cautioned of two arms that differ: that their runs do not, and what they are too short for."""
    if a == b:
        return []
    found = []
    if alike:
        found.append(Caution(other, UNMOVED.format(one)))
    differ = [*a.campaign.difference(b.campaign), *a.workforce.difference(b.workforce)]
    both = {one: (a,), other: (b,)}
    return [*found, *in_vain(both, differ, lambda names: f"in {named(names)}")]


def named(labels: Sequence[str]) -> str:
    """Names as one, not all of them where they are many."""
    rest = len(labels) - TOLD
    return together([*labels[:TOLD], f"{rest} more"] if rest > 0 else list(labels))
