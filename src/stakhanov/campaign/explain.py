"""A campaign in sentences that a works council could read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from stakhanov.campaign.campaign import Campaign
from stakhanov.campaign.chronicle import chronicle
from stakhanov.campaign.emulation import Contest
from stakhanov.campaign.norms import Revision
from stakhanov.campaign.pay import Bonus, Step
from stakhanov.campaign.prizes import Prize
from stakhanov.campaign.settle import floor_of, pay_of, terms_of, work_of
from stakhanov.campaign.warnings import warnings_of
from stakhanov.campaign.wording import of_so_many, often, per_cent, together
from stakhanov.foundation.written import counted, day

#: What a worker may reach of the norm, for the examples of pay.
EXAMPLES = (0.8, 1.0, 1.3)


def explained(campaign: Campaign) -> str:
    """Every rule that is there, chapter by chapter; then what happens when, and what people will make of it."""
    return "\n\n".join("\n".join(lines) for lines in paragraphs(campaign) if lines)


def paragraphs(campaign: Campaign) -> list[list[str]]:
    """The sentences of each chapter; a chapter without rules is empty."""
    header = campaign.campaign
    first, last = campaign.in_force(0), campaign.stages[-1]
    chapters = [
        [header.title or header.name, *_lines(header.summary)],
        list(_plan(campaign)),
        list(_norms(campaign)),
        list(_pay(campaign)),
        list(_examples(first, "")),
        list(_prizes(campaign)),
        list(_emulation(campaign)),
        list(_publicity(campaign)),
        list(_audits(campaign)),
        list(_limits(campaign)),
        _titled("What happens when:", chronicle(campaign)),
        list(_examples(last, ", under the last rules,")) if _paid_otherwise(first, last) else [],
        _titled(
            "What people will make of it:",
            [f"{c.sentence} ({c.address})." for c in warnings_of(campaign)],
        ),
    ]
    if any(" utils" in line for lines in chapters for line in lines):
        chapters.append([_UTIL])
    return chapters


_UTIL = "A util measures how a thing is felt: the effort of a usual shift costs half of one."


def _paid_otherwise(one: Campaign, other: Campaign) -> bool:
    return (one.pay, one.plan.shifts_per_period) != (other.pay, other.plan.shifts_per_period)


def _titled(title: str, lines: list[str]) -> list[str]:
    return [title, *(line[0].upper() + line[1:] for line in lines)] if lines else []


def _lines(text: str) -> list[str]:
    return [text.strip()] if text.strip() else []


def _plan(campaign: Campaign) -> Iterator[str]:
    plan = campaign.plan
    years = "one year" if plan.years == 1 else f"{plan.years} years"
    yield (
        f"The plan runs {years} from {day(campaign.campaign.start)}, in"
        f" {counted(campaign.length, 'period')} of {counted(plan.shifts_per_period, 'shift')};"
        " pay is settled at the end of each."
    )
    if plan.growth:
        turn = "grow" if plan.growth > 0.0 else "shrink"
        yield f"It demands that output per shift {turn} by {per_cent(abs(plan.growth))} a year."
    if len(set(plan.clock)) > 1:
        shares = together([per_cent(share) for share in plan.clock])
        yield (
            f"Work comes unevenly: the {len(plan.clock)} equal parts of a period hold {shares} of the time "
            "in which work can be done."
        )
    if plan.hours != 1.0:
        yield f"The day is {plan.hours:.4g} times as long as the first day was."
    if (growth := campaign.technology.growth) != 0.0:
        turn = "raise" if growth > 0.0 else "lower"
        yield f"Better tools by themselves {turn} output by {per_cent(abs(growth))} a period."


_SHARED = {
    "own": "Every worker has a norm of their own.",
    "brigade": "All workers of a brigade share one norm.",
    "enterprise": "All workers of an enterprise share one norm.",
    "branch": "All workers of a branch share one norm.",
}


def _norms(campaign: Campaign) -> Iterator[str]:
    norms = campaign.norms
    unit = "unit" if norms.start == 1.0 else "units"
    yield f"The norm is {norms.start:.6g} {unit} of output a shift: it counts as 100 %."
    yield _SHARED[norms.scope]
    yield from _revision(norms.revision, "worker" if norms.scope == "own" else norms.scope)
    if _norms_move(campaign):
        yield _rates(norms.revision.rate_cut)


def _norms_move(campaign: Campaign) -> bool:
    stages = campaign.stages
    return any(
        stage.norms.revision.up or stage.norms.revision.down or stage.norms.orders
        for stage in stages
    )


def _revision(revision: Revision, whose: str) -> Iterator[str]:
    if revision.up == revision.down == 0.0:
        yield "Norms are not revised by what is reported."
        return
    what = f"what the {whose} reports"
    if revision.basis == "best-tenth" and whose != "worker":
        what = f"what the best tenth of the {whose} report"
    elif whose != "worker":
        what = f"what the {whose} reports on average"
    up = f"by {per_cent(revision.up)} of what lies above it" if revision.up else ""
    down = f"by {per_cent(revision.down)} of what is missing" if revision.down else ""
    moves = [f"up {up}" if up else "never up", f"down {down}" if down else "never down"]
    when = often(revision.every)
    yield f"{when[0].upper()}{when[1:]} the norm follows {what}: {' and '.join(moves)}."


def _rates(rate_cut: float) -> str:
    if rate_cut == 0.0:
        return "When a norm rises the rate stays: the same work earns what it did before."
    fall = 1.0 - 1.1**-rate_cut
    if rate_cut == 1.0:
        kept = "the same per cent of the norm earns what it did before, the same work less"
    else:
        kept = "the same work earns less, the same per cent of the norm more"
    return f"When a norm rises by 10 % the rate falls by {per_cent(round(fall, 4))}: {kept}."


def _pay(campaign: Campaign) -> Iterator[str]:
    pay, currency = campaign.pay, campaign.campaign.currency
    dated = "" if pay.reference_date is None else f", in the money of {day(pay.reference_date)}"
    yield f"A shift at 100 % of the norm pays {currency.told(pay.reference)}{dated}."
    if pay.piece_share == 0.0:
        yield "All of it is paid for time, whatever is produced."
    elif pay.piece_share < 1.0:
        rest = per_cent(1.0 - pay.piece_share)
        yield f"Of this {per_cent(pay.piece_share)} is paid by the piece and {rest} for time."
    else:
        yield "All of it is paid by the piece."
    if pay.piece_share > 0.0:
        yield from _scale(pay.scale)
    for bonus in pay.bonus:
        yield _bonus(bonus, currency.told(bonus.amount))
    if pay.guarantee > 0.0:
        least = int(floor_of(terms_of(campaign), np.int64(campaign.plan.shifts_per_period)))
        yield (
            f"{'Before bonuses nobody' if pay.bonus else 'Nobody'} gets less than {per_cent(pay.guarantee)} "
            f"of the pay at 100 %: {currency.told(least)} "
            f"for {campaign.plan.shifts_per_period} shifts."
        )


def _scale(scale: tuple[Step, ...]) -> Iterator[str]:
    if scale[0].rate != 1.0:
        yield f"From the first piece on the rate is {scale[0].rate:.4g} times the plain one."
    for before, step in pairwise(scale):
        turn = "rises to" if step.rate > before.rate else "falls to"
        is_ = "is" if step.rate == before.rate else turn
        whole = "for everything, what came before too" if step.retroactive else "for what is beyond"
        yield (
            f"From {per_cent(step.from_)} of the norm the rate {is_} {step.rate:.4g} times the plain one, "
            f"{whole}."
        )


def _bonus(bonus: Bonus, amount: str) -> str:
    edge = "reaches" if bonus.inclusive else "exceeds"
    return f"Whoever {edge} {per_cent(bonus.at)} of the norm over the period gets {amount} more."


def _examples(campaign: Campaign, when: str) -> Iterator[str]:
    """What a full period pays at some fulfilments, before prizes, under the first norm."""
    currency, shifts = campaign.campaign.currency, campaign.plan.shifts_per_period
    reported = np.array([round(1000 * share) * shifts for share in EXAMPLES], np.int64)
    terms = terms_of(campaign)._replace(thresholds=())
    pays = pay_of(terms, work_of(reported, shifts, 1000 * campaign.pay.reference))
    yield f"So{when} a full period of {shifts} shifts pays, before prizes and while no norm has moved:"
    for share, pay in zip(EXAMPLES, pays.tolist(), strict=True):
        a_shift = currency.told(round(pay / shifts))
        yield f"  at {per_cent(share)}: {currency.told(pay)} ({a_shift} a shift)"


def prize_sentences(campaign: Campaign) -> list[str]:
    """Every prize in a sentence: what, for whom, how often, in which contest."""
    given = {name: contest for contest in campaign.emulation.contests for name in contest.prizes}
    return [_prize(campaign, prize, given.get(prize.name)) for prize in campaign.prizes]


def _prizes(campaign: Campaign) -> Iterator[str]:
    yield from prize_sentences(campaign)
    if any(prize.esteem for prize in campaign.prizes):
        yield "Honour counts for less the more people have it."


def _prize(campaign: Campaign, prize: Prize, contest: Contest | None) -> str:
    money = [campaign.campaign.currency.told(prize.amount)] if prize.amount else []
    honour = [f"honour worth {prize.esteem:.4g} utils"] if prize.esteem else []
    what = together(money + honour) if money or honour else "nothing but the name"
    scope, every = (prize.scope, prize.every) if contest is None else (contest.scope, contest.every)
    when = often(every)
    within = "" if contest is None else f", in the contest {contest.name}"
    if prize.by == "threshold":
        who = f"everybody who reaches {per_cent(prize.at or 0.0)} of the norm"
        return f"Prize {prize.name}: {what} for {who}, {when}{within}."
    best = "the best" if prize.by == "rank" else "the best who have none yet:"
    where = "of all" if scope == "all" else f"of each {scope}"
    measure = "" if contest is None else f" by {contest.measure}"
    return (
        f"Prize {prize.name}: {what} for {best} {of_so_many(prize.per_thousand or 0.0)} {where}"
        f"{measure}, {when}{within}."
    )


def _emulation(campaign: Campaign) -> Iterator[str]:
    visibility = campaign.emulation.visibility
    if visibility == 1.0:
        yield "Members of a brigade see what each of them puts out, and hold each other to it."
    elif visibility > 0.0:
        yield f"Members of a brigade see {per_cent(visibility)} of what the others put out."
    else:
        yield "Nobody sees what others put out."
    for contest in campaign.emulation.contests:
        if not contest.prizes:
            yield f"The contest {contest.name} ranks by {contest.measure} and gives nothing."


def _publicity(campaign: Campaign) -> Iterator[str]:
    publicity = campaign.publicity
    loudest = max(stage.publicity.intensity for stage in campaign.stages)
    if loudest == 0.0:
        if publicity.staged:
            yield "Records are staged but never published."
        return
    if publicity.intensity == 0.0:
        yield "At first no records are published."
    else:
        yield f"Records are published, at {per_cent(publicity.intensity)} of the loudest possible."
    spread, title = publicity.spread, publicity.esteem
    yield (
        f"In a period the press by itself reaches people at a rate of {per_cent(spread.innovation)}; those "
        f"whom it has reached bring in others at a rate of {spread.imitation:.4g} each."
    )
    if title.value > 0.0:
        yield (
            f"Whoever reports {per_cent(title.threshold)} of the norm or more has the title: an honour worth "
            f"{title.value:.4g} utils at full publicity, less the more people have it."
        )


def _audits(campaign: Campaign) -> Iterator[str]:
    audits, currency = campaign.audits, campaign.campaign.currency
    if audits.probability == 0.0:
        yield "Nobody checks reports."
        return
    whom = "drawn at random" if audits.aim == "random" else "those just at the norm first"
    yield f"In each period {per_cent(audits.probability)} of reports are audited, {whom}."
    if audits.clawback:
        yield "Who is caught padding gives back bonus, prize and pay for what was not produced."
    else:
        yield "Who is caught padding keeps the pay."
    if audits.deduction > 0.0:
        fine = currency.told(round(audits.deduction * campaign.pay.reference))
        yield f"Besides, {fine} is deducted for each unit of output that was not produced."
    felt = [f"{audits.fine:.4g} utils for each unit of output"] if audits.fine else []
    felt += [f"{audits.fixed_fine:.4g} utils for being caught at all"] if audits.fixed_fine else []
    if felt:
        yield f"What else follows, reproof and worse, is felt as {together(felt)}."


def _limits(campaign: Campaign) -> Iterator[str]:
    leaving, limits = campaign.discipline.leaving, campaign.limits
    if leaving < 1.0:
        yield f"Leaving of one's own will is hindered: it happens at {per_cent(leaving)} of its usual rate."
    elif leaving > 1.0:
        yield f"Leaving of one's own will happens {leaving:.4g} times as often as usual."
    if limits.hours is not None:
        yield f"The day must never be longer than {limits.hours:.4g} times the first."
    if limits.strain is not None:
        yield f"Mean strain must never pass {limits.strain:.4g} (1 halves productivity)."
