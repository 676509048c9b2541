"""From declarations to numbers: the only module that sees both sides of the border."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from stakhanov.campaign.rounds import rounds_of
from stakhanov.campaign.settle import terms_of
from stakhanov.engine.earnings import scale_earnings
from stakhanov.engine.rules import (
    AuditRules,
    BonusRules,
    NormRules,
    PayRules,
    PrizeRules,
    PublicityRules,
    Rules,
    StagedRecord,
    Traits,
)

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

#: Stand for no cost of lying and an infinite one in single precision: squares and products stay finite.
ALWAYS, NEVER = 1e-12, 1e15
#: Noise too small to be seen; less would be lost among the digits of single precision.
QUIETEST = 1e-6


def lower(campaign: Campaign, workforce: Workforce, period: int) -> Rules:
    """The rules in force in one period, as numbers. `campaign` is the whole, with its changes."""
    now = campaign.in_force(period)
    return Rules(
        shifts=now.plan.shifts_per_period,
        clock=clock(now.plan.clock, now.plan.shifts_per_period, now.plan.hours),
        technology_growth=now.technology.growth,
        plan_growth=campaign.plan_by(period),
        norms=_norms(now, workforce, period),
        pay=_pay(now),
        prizes=_prizes(now, period),
        publicity=_publicity(now, period),
        audits=_audits(now),
        settlement=terms_of(campaign, period),
        leaving=now.discipline.leaving,
        traits=tuple(_traits(branch, now) for branch in workforce.by_branch()),
    )


def clock(shares: tuple[float, ...], shifts: int, hours: float) -> tuple[float, ...]:
    """Effective shifts in each shift: the clock's equal parts spread over the period's shifts."""
    parts = len(shares)
    edges = [_elapsed(shares, parts * i / shifts) for i in range(shifts + 1)]
    return tuple(shifts * hours * (b - a) for a, b in pairwise(edges))


def _elapsed(shares: tuple[float, ...], position: float) -> float:
    """Share of effective time gone by after so many parts of the period, parts cut where needed."""
    full = min(int(position), len(shares))
    rest = shares[full] * (position - full) if full < len(shares) else 0.0
    return math.fsum(shares[:full]) + rest


def _norms(now: Campaign, workforce: Workforce, period: int) -> NormRules:
    norms = now.norms
    revision = norms.revision
    return NormRules(
        start=norms.start,
        scope=norms.scope,
        due=(period + 1) % revision.every == 0,
        every=revision.every,
        up=revision.up,
        down=revision.down,
        best_tenth=revision.basis == "best-tenth",
        rate_cut=revision.rate_cut,
        orders=tuple(_ordered(now, branch.name, period) for branch in workforce.branches),
    )


def _ordered(now: Campaign, branch: str, period: int) -> float:
    """Rise of norms ordered for a branch at the start of this period; several orders compound."""
    rise = 1.0
    for order in now.norms.orders:
        if now.period_of(order.at) == period and order.branch in (None, branch):
            rise *= 1.0 + order.rise
    return rise - 1.0


def _pay(now: Campaign) -> PayRules:
    pay = now.pay
    steps = [(step.from_, step.rate, step.retroactive) for step in pay.scale]
    return PayRules(
        pieces=tuple(scale_earnings(steps, pay.piece_share)),
        bonuses=tuple(
            BonusRules(bonus.at, bonus.amount / pay.reference, bonus.inclusive)
            for bonus in pay.bonus
        ),
        guarantee=pay.guarantee,
        reference=float(pay.reference),
    )


def _prizes(now: Campaign, period: int) -> tuple[PrizeRules, ...]:
    """Prizes given for themselves and those given by contests, in the order of the file."""
    return tuple(
        PrizeRules(
            address=one.address,
            by=one.prize.by,
            scope=one.scope,
            output=one.by_output,
            mark=one.prize.at or 0.0,
            per_thousand=one.prize.per_thousand or 0.0,
            days_pay=one.prize.amount / now.pay.reference,
            amount=one.prize.amount,
            esteem=one.prize.esteem,
            due=one.due(period),
        )
        for one in rounds_of(now)
    )


def _publicity(now: Campaign, period: int) -> PublicityRules:
    publicity = now.publicity
    staged = tuple(
        StagedRecord(record.branch or "", record.crew, record.per_head)
        for record in publicity.staged
        if now.period_of(record.at) == period
    )
    return PublicityRules(
        intensity=publicity.intensity,
        innovation=publicity.spread.innovation,
        imitation=publicity.spread.imitation,
        title_mark=publicity.esteem.threshold,
        title_value=publicity.esteem.value,
        staged=staged,
    )


def _audits(now: Campaign) -> AuditRules:
    audits = now.audits
    return AuditRules(
        probability=audits.probability,
        at_risk=audits.aim == "risk",
        sanction=audits.fine,
        fixed_sanction=audits.fixed_fine,
        deduction=audits.deduction,
    )


def _traits(people: Workforce, now: Campaign) -> Traits:
    """One branch's people; what the campaign does to ties is already taken in."""
    return Traits(
        log_ability_sd=people.ability.log_sd,
        cost=people.effort.cost,
        drive=people.effort.drive,
        noise=max(people.effort.noise, QUIETEST),
        money_value=people.money.value,
        conformity=people.peers.conformity * now.emulation.visibility,
        aspiration_weight=people.aspiration.weight,
        loss_aversion=people.aspiration.loss_aversion,
        aspiration_width=people.aspiration.width,
        aspiration_own=people.aspiration.own,
        aspiration_brigade=people.aspiration.brigade,
        aspiration_published=people.aspiration.published,
        belief=people.aspiration.belief,
        foresight=people.foresight.share,
        interest=people.foresight.interest,
        mark_learning=people.foresight.learning,
        lying_cost=min(max(people.honesty.lying_cost, ALWAYS), NEVER),
        lying_cost_log_sd=people.honesty.log_sd,
        moral_cost=people.honesty.moral_cost,
        complicity=people.honesty.complicity,
        padding_foreseen=people.honesty.foresight,
        fatigue_recovery=people.fatigue.recovery,
        fatigue_load=people.fatigue.load,
        fatigue_effect=people.fatigue.effect,
        rest=people.fatigue.normal,
        strain_recovery=people.strain.recovery,
        strain_growth=people.strain.growth,
        sustainable=people.strain.sustainable,
        morale_recovery=people.morale.recovery,
        morale_gain=people.morale.gain,
        morale_loss=people.morale.loss,
        morale_norm_shock=people.morale.norm_shock,
        morale_caught=people.morale.caught,
        trust_recovery=people.trust.recovery,
        trust_learning=people.trust.learning,
        trust_norm_shock=people.trust.norm_shock,
        trust_lie=people.trust.lie,
        quit_base=people.quits.base,
        quit_strain=people.quits.strain,
        quit_morale=people.quits.morale,
        quit_wage=people.quits.wage,
        accident_base=people.accidents.base,
        accident_fatigue=people.accidents.fatigue,
        accident_strain=people.accidents.strain,
        recruit_skill=people.recruits.skill,
        learning=people.recruits.learning,
    )
