"""Warnings: what a campaign allows and people will make something of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, TypeVar

from stakhanov.campaign.campaign import Campaign
from stakhanov.campaign.emulation import Contest
from stakhanov.campaign.prizes import Prize
from stakhanov.campaign.wording import of_so_many, per_cent
from stakhanov.foundation.address import keys_of
from stakhanov.foundation.caution import Caution
from stakhanov.foundation.written import counted

E = TypeVar("E")

#: People in the groups that prizes are given in, where no workforce says otherwise.
USUAL_SIZES = {"brigade": 20, "enterprise": 1000}
#: Fulfilment that next to nobody reaches by their own work alone.
OUT_OF_REACH = 3.0
#: Where reports are lifted to.
NORM = 1.0
#: Share of a period's time in its last third beyond which a plan counts as stormed.
STORMY = 0.45


def warnings_of(
    campaign: Campaign, periods: int | None = None, sizes: Mapping[str, int] | None = None
) -> list[Caution]:
    """All warnings of a campaign as it begins, and of what happens at dates.

    `periods` is the length of a run, the plan's unless told; `sizes` says how many people a brigade and an
    enterprise have.
    """
    length = campaign.length if periods is None else periods
    return [
        *_of_the_clock(campaign),
        *_of_the_norm(campaign),
        *_of_revision(campaign, length),
        *_of_orders(campaign, length),
        *_of_the_scale(campaign),
        *_of_pay(campaign),
        *_of_prizes(campaign, length, sizes or USUAL_SIZES),
        *_of_contests(campaign),
        *_of_publicity(campaign, length),
        *_of_audits(campaign),
        *_of_changes(campaign, length),
    ]


def too_late(campaign: Campaign, periods: int) -> list[Caution]:
    """What a campaign says and a run of so many periods never comes to: a longer one has no such warning."""
    dated = (
        *(order.at for order in campaign.norms.orders),
        *(record.at for record in campaign.publicity.staged),
        *(change.at for change in campaign.changes),
    )
    every = (
        campaign.norms.revision.every,
        *(prize.every for prize in campaign.prizes),
        *(contest.every for contest in campaign.emulation.contests),
    )
    ends = [campaign.period_of(at) + 1 for at in dated]
    at_length = set(warnings_of(campaign, max(periods, *every, *ends)))
    return [one for one in warnings_of(campaign, periods) if one not in at_length]


def _of_the_clock(campaign: Campaign) -> Iterator[Caution]:
    clock = campaign.plan.clock
    elapsed = (2.0 / 3.0) * len(clock)
    whole = int(elapsed)
    late = sum(clock[whole + 1 :]) + (clock[whole] * (whole + 1 - elapsed) if clock else 0.0)
    if late > STORMY:
        sentence = (
            f"the last third of a period holds {per_cent(late)} of its time; people will storm"
        )
        yield Caution("plan.clock", sentence)


def _of_the_norm(campaign: Campaign) -> Iterator[Caution]:
    start = campaign.norms.start
    if start > OUT_OF_REACH:
        sentence = (
            "a norm is told in norm-units, 1 being what a mean worker on a time wage makes in a"
            f" shift; next to nobody can fulfil one of {start:,g}"
        )
        yield Caution("norms.start", sentence)
    elif start < 1.0 / OUT_OF_REACH:
        sentence = (
            "a norm is told in norm-units, 1 being what a mean worker on a time wage makes in a"
            f" shift; that makes {1.0 / start:,.3g} such norms, and everybody is paid for as many"
        )
        yield Caution("norms.start", sentence)


def _of_revision(campaign: Campaign, length: int) -> Iterator[Caution]:
    revision, own = campaign.norms.revision, campaign.norms.scope == "own"
    moves = revision.up > 0.0 or revision.down > 0.0
    if moves and revision.every > length:
        sentence = (
            f"the first revision lies behind the run of {counted(length, 'period')}; none will come"
        )
        yield Caution("norms.revision.every", sentence)
        return
    if own and revision.up > 0.0 and revision.rate_cut > 0.0:
        sentence = "a worker's own norm rises with that worker's reports; people will hold back"
        yield Caution("norms.revision.up", sentence)
    if own and revision.down > 0.0 and revision.rate_cut > 0.0:
        sentence = (
            "a worker's own norm falls with that worker's reports; who is behind will not hurry"
        )
        yield Caution("norms.revision.down", sentence)
    if revision.basis == "best-tenth" and revision.up > 0.0 and not own:
        sentence = "the best tenth sets the norm of all; most will come to stand below it"
        yield Caution("norms.revision.basis", sentence)


def _of_orders(campaign: Campaign, length: int) -> Iterator[Caution]:
    for address, order in _entries(campaign, "norms.orders", campaign.norms.orders):
        if not 0 <= (period := campaign.period_of(order.at)) < length:
            sentence = f"{order.at} lies {_outside(period, length)}; no norm will rise"
            yield Caution(f"{address}.at", sentence)


def _entries(campaign: Campaign, address: str, entries: tuple[E, ...]) -> Iterator[tuple[str, E]]:
    """The entries of a list under the addresses that files and problems use."""
    listed: Any = campaign.plain()
    for step in address.split("."):
        listed = listed[step]
    for key, entry in zip(keys_of(listed), entries, strict=True):
        yield f"{address}.{key}", entry


def _of_the_scale(campaign: Campaign) -> Iterator[Caution]:
    if campaign.pay.piece_share == 0.0:
        if len(campaign.pay.scale) > 1:
            yield Caution("pay.scale", "nothing is paid by the piece; the scale does nothing")
        return
    for place, (before, after) in enumerate(pairwise(campaign.pay.scale), start=1):
        at = per_cent(after.from_)
        if after.rate < before.rate:
            sentence = (
                f"the rate falls from {before.rate:g} to {after.rate:g} at {at} of the norm; "
            )
            end = "people will stay below it" if after.retroactive else "people will stop there"
            yield Caution(f"pay.scale.{place}.rate", sentence + end)
        elif after.retroactive and after.rate > before.rate:
            reply = "pad or storm" if after.from_ == NORM else "storm"
            sentence = f"everything is paid anew at {at}; people just below will {reply}"
            yield Caution(f"pay.scale.{place}.retroactive", sentence)


def _of_pay(campaign: Campaign) -> Iterator[Caution]:
    pay = campaign.pay
    if pay.guarantee >= 1.0 and pay.piece_share > 0.0:
        sentence = "the whole norm is guaranteed; below it output earns nothing more"
        yield Caution("pay.guarantee", sentence)
    for place, bonus in enumerate(pay.bonus):
        if bonus.amount == 0:
            yield Caution(f"pay.bonus.{place}.amount", "the bonus is nothing; nobody will mind it")
        elif bonus.at > OUT_OF_REACH:
            sentence = f"the bonus lies at {per_cent(bonus.at)}; next to nobody can win it"
            yield Caution(f"pay.bonus.{place}.at", sentence)


def _of_prizes(campaign: Campaign, length: int, sizes: Mapping[str, int]) -> Iterator[Caution]:
    contests = {name: contest for contest in campaign.emulation.contests for name in contest.prizes}
    for prize in campaign.prizes:
        where, contest = f"prizes.{prize.name}", contests.get(prize.name)
        if prize.amount == 0 and prize.esteem == 0.0:
            yield Caution(where, "the prize is worth nothing; nobody will strive for it")
        if (contest or prize).every > length:
            run = counted(length, "period")
            sentence = f"the prize falls due behind the run of {run}; nobody will win it"
            yield Caution(f"{where}.every", sentence)
        yield from _of_winners(prize, where, contest, sizes)
        yield from _of_a_prize_in_a_contest(prize, where, contest)


def _of_winners(
    prize: Prize, where: str, contest: Contest | None, sizes: Mapping[str, int]
) -> Iterator[Caution]:
    if prize.by == "threshold":
        if (prize.at or 0.0) > OUT_OF_REACH:
            sentence = f"the prize lies at {per_cent(prize.at or 0.0)}; next to nobody can win it"
            yield Caution(f"{where}.at", sentence)
        return
    scope, rare = (contest or prize).scope, prize.per_thousand or 0.0
    if rare > 500.0:
        sentence = f"{of_so_many(rare)} win the prize; few will strive for it"
        yield Caution(f"{where}.per_thousand", sentence)
    if rare * sizes.get(scope, 10**9) < 500.0:
        size = sizes[scope]
        sentence = (
            f"{of_so_many(rare)} is less than half a prize for the {size} of a{_n(scope)} {scope}; "
        )
        yield Caution(f"{where}.per_thousand", sentence + "nobody can win it")


def _n(noun: str) -> str:
    return "n" if noun[0] in "aeiou" else ""


def _of_a_prize_in_a_contest(
    prize: Prize, where: str, contest: Contest | None
) -> Iterator[Caution]:
    """What a prize says of itself and its contest says otherwise."""
    if contest is None:
        return
    for word in ("scope", "every"):
        said = getattr(prize, word)
        if word in prize.model_fields_set and said != getattr(contest, word):
            sentence = f"the contest {contest.name} gives the prize; its own {word} does not count"
            yield Caution(f"{where}.{word}", sentence)


def _of_contests(campaign: Campaign) -> Iterator[Caution]:
    for contest in campaign.emulation.contests:
        if not contest.prizes:
            where = f"emulation.contests.{contest.name}.prizes"
            yield Caution(where, "the contest gives nothing; nobody will strive in it")


def _of_publicity(campaign: Campaign, length: int) -> Iterator[Caution]:
    staged = campaign.publicity.staged
    for where, record in _entries(campaign, "publicity.staged", staged):
        period = campaign.period_of(record.at)
        if not 0 <= period < length:
            sentence = f"{record.at} lies {_outside(period, length)}; the record will not be set"
            yield Caution(f"{where}.at", sentence)
        elif not any(
            campaign.in_force(later).publicity.intensity for later in range(period, length)
        ):
            yield Caution(where, "records are never published after it; nobody will hear of it")


def _of_audits(campaign: Campaign) -> Iterator[Caution]:
    lure = tempting(campaign)
    if not lure:
        return
    audits = campaign.audits
    if audits.probability == 0.0:
        sentence = f"nobody checks reports while {lure} hangs on them; people will pad"
        yield Caution("audits.probability", sentence)
    elif not (audits.clawback or audits.fine or audits.fixed_fine or audits.deduction):
        sentence = f"who is caught loses nothing while {lure} hangs on the report; people will pad"
        yield Caution("audits.clawback", sentence)


def tempting(campaign: Campaign) -> str:
    """What hangs on a report of just the norm, if anything does: a report is lifted to it and no further."""
    pay, title = campaign.pay, campaign.publicity.esteem
    if any(bonus.amount and bonus.inclusive and bonus.at == NORM for bonus in pay.bonus):
        return "a bonus"
    steps = pairwise(pay.scale)
    if pay.piece_share and any(
        step.retroactive and step.from_ == NORM and step.rate > before.rate
        for before, step in steps
    ):
        return "a retroactive rate"
    if any(_at_the_norm(prize) for prize in campaign.prizes):
        return "a prize"
    loud = any(stage.publicity.intensity for stage in campaign.stages)
    return "the title" if loud and title.value and title.threshold == NORM else ""


def _at_the_norm(prize: Prize) -> bool:
    return prize.by == "threshold" and prize.at == NORM and bool(prize.amount or prize.esteem)


def _of_changes(campaign: Campaign, length: int) -> Iterator[Caution]:
    for where, change in _entries(campaign, "changes", campaign.changes):
        period = campaign.period_of(change.at)
        if period < 0:
            sentence = f"{change.at} lies before the start; the change holds from the start on"
            yield Caution(f"{where}.at", sentence)
        elif period >= length:
            sentence = (
                f"{change.at} lies {_outside(period, length)}; the change will not come into force"
            )
            yield Caution(f"{where}.at", sentence)


def _outside(period: int, length: int) -> str:
    return "before the start" if period < 0 else f"behind the run of {counted(length, 'period')}"
