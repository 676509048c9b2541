"""A campaign in sentences that a works council could read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from stakhanov.campaign.campaign import Campaign
from stakhanov.campaign.norms import Revision
from stakhanov.campaign.pay import Pay
from stakhanov.campaign.prizes import Prize
from stakhanov.campaign.warnings import warnings_of


def explained(campaign: Campaign) -> str:
    """Plan, norms, pay, prizes, publicity, audits and changes, then what people will make of them."""
    minor = campaign.campaign.currency.minor
    paragraphs = [
        [campaign.campaign.title or campaign.name, *_lines(campaign.campaign.summary)],
        list(_plan(campaign)),
        list(_norms(campaign)),
        list(_pay(campaign.pay, minor)),
        [prize_sentence(prize, minor) for prize in campaign.prizes],
        list(_publicity(campaign)),
        list(_audits(campaign)),
        list(_changes(campaign)),
        [f"Note: {caution}." for caution in warnings_of(campaign)],
    ]
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines)


def _lines(text: str) -> list[str]:
    return [text.strip()] if text.strip() else []


def _plan(campaign: Campaign) -> Iterator[str]:
    plan = campaign.plan
    yield (
        f"The plan runs {plan.years} years from {campaign.campaign.start:%d %B %Y}; pay is settled "
        f"after every {plan.shifts_per_period} shifts, {plan.periods_per_year} times a year."
    )
    if plan.growth:
        yield f"It demands {plan.growth:.1%} more output a year."
    if len(set(plan.clock)) > 1:
        shares = ", ".join(f"{share:.0%}" for share in plan.clock)
        yield f"Work comes unevenly: the parts of a period hold {shares} of its effective time."


def _norms(campaign: Campaign) -> Iterator[str]:
    norms = campaign.norms
    whose = {
        "own": "Every worker has a norm of their own.",
        "brigade": "A brigade shares one norm.",
        "enterprise": "All workers of an enterprise share one norm.",
        "branch": "All workers of a branch share one norm.",
    }
    yield f"The norm is {norms.start:g} a shift and counts as 100 %. {whose[norms.scope]}"
    yield _revision(norms.revision)
    if norms.orders:
        yield f"Besides, norms are raised by order {len(norms.orders)} times."


def _revision(revision: Revision) -> str:
    if revision.up == revision.down == 0.0:
        return "The norm is never revised."
    whom = "everybody" if revision.basis == "mean" else "the best tenth"
    cut = (
        "rates are cut in proportion, so that the same work earns less"
        if revision.rate_cut == 1.0
        else "rates stay"
        if revision.rate_cut == 0.0
        else f"rates fall by {revision.rate_cut:.0%} of what would keep pay at the norm unchanged"
    )
    return (
        f"Every {revision.every} periods it follows the reports of {whom}: up by {revision.up:.0%} of "
        f"what they report beyond it, down by {revision.down:.0%} of what they fall short; {cut}."
    )


def _pay(pay: Pay, minor: str) -> Iterator[str]:
    yield f"A shift at 100 % of the norm pays {pay.reference:,} {minor}s."
    if pay.piece_share < 1.0:
        yield f"Of this {pay.piece_share:.0%} is paid by the piece and the rest for time."
    for before, step in pairwise(pay.scale):
        turn = "rises" if step.rate > before.rate else "falls"
        what = "on all output" if step.retroactive else "on what lies beyond"
        yield f"From {step.from_:.0%} of the norm the rate {turn} to {step.rate:g} times, {what}."
    for bonus in pay.bonus:
        edge = "reaches" if bonus.inclusive else "exceeds"
        yield f"Whoever {edge} {bonus.at:.0%} gets {bonus.amount:,} {minor}s more."
    if pay.guarantee > 0.0:
        yield f"Nobody gets less than {pay.guarantee:.0%} of the reference pay."


def prize_sentence(prize: Prize, minor: str) -> str:
    """One prize: what, for whom, how often."""
    what = f"{prize.amount:,} {minor}s" if prize.amount else "honour"
    often = "every period" if prize.every == 1 else f"every {prize.every} periods"
    if prize.by == "threshold":
        return f"{prize.name}: {what} for everybody at {prize.at or 0.0:.0%} or more, {often}."
    how = "the best" if prize.by == "rank" else "the best who do not have one yet"
    where = "all" if prize.scope == "all" else f"each {prize.scope}"
    return f"{prize.name}: {what} for {how} {prize.per_thousand:g} in 1,000 of {where}, {often}."


def _publicity(campaign: Campaign) -> Iterator[str]:
    publicity = campaign.publicity
    if publicity.intensity > 0.0:
        yield f"Records are published, {publicity.intensity:.0%} as loudly as could be."
        yield f"Whoever reports {publicity.esteem.threshold:.0%} or more bears the title."
    for staged in publicity.staged:
        credited = staged.crew * staged.per_head
        yield (
            f"A record is staged ({staged.at}): {staged.crew} people do {staged.per_head:g} norms each, "
            f"and one is credited with {credited:.1f}."
        )


def _audits(campaign: Campaign) -> Iterator[str]:
    audits = campaign.audits
    if audits.probability == 0.0:
        yield "Nobody checks reports."
        return
    whom = "drawn at random" if audits.aim == "random" else "those just at the norm first"
    yield f"{audits.probability:.0%} of reports are audited, {whom}."
    if audits.clawback:
        yield "Who padded a report gives back the bonus and the pay for what was not produced."


def _changes(campaign: Campaign) -> Iterator[str]:
    for change in campaign.dated:
        told = change.note.strip().rstrip(".") or ", ".join(
            f"{address} becomes {value}" for address, value in change.set.items()
        )
        yield f"From {change.at}: {told}."
