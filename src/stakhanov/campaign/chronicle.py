"""What happens to a campaign's rules, date by date: changes, norms raised by order, staged records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from stakhanov.campaign.campaign import Campaign
from stakhanov.campaign.norms import When
from stakhanov.campaign.wording import per_cent, related, valued
from stakhanov.foundation.address import leaves
from stakhanov.foundation.catalogue import Parameter, parameters
from stakhanov.foundation.written import day


def chronicle(campaign: Campaign) -> list[str]:
    """One line for each thing that happens at a date, in order; what changes is told with what was."""
    events = [*_orders(campaign), *_staged(campaign), *_changes(campaign)]
    in_order = sorted(events, key=lambda event: _when(campaign, event[0]))
    return [f"{_dated(campaign, when)}: {line}" for when, line in in_order]


def _when(campaign: Campaign, when: When) -> tuple[int, date]:
    period = campaign.period_of(when)
    return period, campaign.date_of(period) if isinstance(when, int) else when


def _dated(campaign: Campaign, when: When) -> str:
    return f"{campaign.when(when)}, period {when}" if isinstance(when, int) else day(when)


def _orders(campaign: Campaign) -> Iterator[tuple[When, str]]:
    for order in campaign.norms.orders:
        where = "everywhere" if order.branch is None else f"in {order.branch}"
        turn, other = ("rise", "fall") if order.rise >= 0.0 else ("fall", "rise")
        said = f"By order, norms {turn} by {per_cent(abs(order.rise))} {where}"
        rate_cut = campaign.in_force(campaign.period_of(order.at)).norms.revision.rate_cut
        cut = abs(1.0 - (1.0 + order.rise) ** -rate_cut)
        rates = f"rates {other} by {per_cent(round(cut, 4))}" if cut else "rates stay"
        yield order.at, f"{said}; {rates}."


def _staged(campaign: Campaign) -> Iterator[tuple[When, str]]:
    for record in campaign.publicity.staged:
        where = "" if record.branch is None else f" in {record.branch}"
        credited = per_cent(record.crew * record.per_head)
        crew = (
            f"{record.crew} people do {per_cent(record.per_head)} of the norm each, and one of them"
        )
        who = "one worker" if record.crew == 1 else crew
        yield (
            record.at,
            f"A record is staged{where}: {who} is credited with {credited} of the norm.",
        )


def _changes(campaign: Campaign) -> Iterator[tuple[When, str]]:
    titles = {one.address: one for one in parameters(Campaign)}
    currency, before = campaign.campaign.currency, _rules(campaign)
    for change, stage in zip(campaign.dated, campaign.stages[1:], strict=True):
        after = _rules(stage)
        both = {**before, **after}
        moved = [address for address in both if before.get(address) != after.get(address)]
        told = [f"{change.note.strip().rstrip('.')}."] if change.note.strip() else []
        for address in moved:
            label, unit = _named(titles, address, both)
            new, old = (valued(rules.get(address), unit, currency) for rules in (after, before))
            told.append(f"{label}: {_became(new, old, related(unit))}.")
        yield change.at, " ".join(told or ["Nothing changes."])
        before = after


def _became(new: str, old: str, relation: str) -> str:
    """What a value becomes and was, with what its unit relates it to."""
    if relation.startswith("relative to "):
        return f"{new} times {relation.removeprefix('relative to ')} (was {old})"
    if relation.startswith(("a ", "of ")):
        return f"{new} {relation} (was {old})"
    return f"{new} (was {old}{'; ' * bool(relation)}{relation})"


def _rules(campaign: Campaign) -> dict[str, Any]:
    plain = campaign.plain()
    return leaves({chapter: plain[chapter] for chapter in plain if chapter not in _HEADERS})


_HEADERS = ("format", "campaign", "changes")

#: What an entry of a list is called.
_ENTRIES = {
    "prizes": "Prize",
    "pay.bonus": "Bonus",
    "pay.scale": "Step of the scale",
    "norms.orders": "Order",
    "emulation.contests": "Contest",
    "publicity.staged": "Staged record",
}


def _named(titles: dict[str, Parameter], address: str, rules: dict[str, Any]) -> tuple[str, str]:
    """What an address is called in a sentence, with the entry of a list that it belongs to; and its unit."""
    if address in titles:
        return titles[address].title, titles[address].unit
    for where, noun in _ENTRIES.items():
        if address.startswith(f"{where}."):
            key, _, rest = address.removeprefix(f"{where}.").partition(".")
            parameter = titles[f"{where}.*.{rest}"]
            return f"{noun} {_entry(where, key, rules)}, {_lower(parameter.title)}", parameter.unit
    return address, ""


def _entry(where: str, key: str, rules: dict[str, Any]) -> str:
    """An entry by its name or date, or by the mark at which it stands."""
    for word, joint in (("from", "from"), ("at", "at")):
        mark = rules.get(f"{where}.{key}.{word}")
        if key.isdigit() and isinstance(mark, (int, float)):
            return f"{joint} {per_cent(mark)}"
    return key


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]
