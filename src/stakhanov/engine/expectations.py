"""What people expect at the start of a period: the marks ahead, what a unit is worth, what padding gains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.kernels.arithmetic import minimum, select
from stakhanov.engine.kernels.padding import (
    gain_from_bonus,
    kept_chance,
    lying_cost_among_mates,
    net_risk,
    padding_limit,
)
from stakhanov.engine.kernels.ratchet import ratchet_discount
from stakhanov.engine.kernels.typing import Number
from stakhanov.engine.marks import Beliefs, Marks, at_the_norm, marks_of, rate_below_norm
from stakhanov.engine.rules import Rules, Traits
from stakhanov.engine.state import Groups, State

#: Nobody pads more than half the norm: a report that far from the truth is seen without an audit.
LARGEST_PADDING = 0.5
#: A ramp narrower than this share of the norm is a jump: single precision could not tell its ends apart.
SMALLEST_RAMP = 1e-4


class Chances(NamedTuple):
    """Probability of an audit, by what the report says."""

    at_norm: float
    elsewhere: float


class GroupTerms(NamedTuple):
    """What each group that shares a norm faces this period; one entry per group."""

    norm: NDArray[np.float64]  # norm-units a shift
    worth: NDArray[np.float64]  # utils a norm-unit at rate 1, before the ratchet is thought of
    below: NDArray[np.float64]  # the same below the norm, as far as it counts
    above: NDArray[np.float64]


class PaddingTerms(NamedTuple):
    """What padding means in one branch, utils; `room` is the gap below the norm, share of the norm."""

    gain: float
    rate_below: float
    audit: float
    kept: float  # chance that what padding brings is kept
    sanction: float
    complicity: float
    room: float
    shifts: float
    foreseen: float


def audit_chances(rules: Rules, at_norm_share: float) -> Chances:
    """Chances of an audit: the same for all, or aimed at reports just at the norm.

    Aimed audits are as many as random ones: they go to last period's share of suspects first.
    """
    audits = rules.audits
    if not audits.at_risk:
        return Chances(audits.probability, audits.probability)
    share = min(max(at_norm_share, 1e-9), 1.0)
    aimed = min(1.0, audits.probability / share)
    rest = max(audits.probability - aimed * share, 0.0) / max(1.0 - share, 1e-9)
    return Chances(aimed, min(rest, 1.0))


def group_terms(
    rules: Rules, traits: Traits, groups: Groups, members: NDArray[np.int64]
) -> GroupTerms:
    """Norms and the worth of a unit, with the ratchet as far as it is foreseen.

    A group's standing last period decides which coefficient counts, for it is the group's mean that
    moves the norm; for an own norm it is the worker's own side of the norm.
    """
    norms = rules.norms
    interest = (1.0 + traits.interest) ** norms.every - 1.0
    deciding = np.maximum(members * (0.1 if norms.best_tenth else 1.0), 1.0)
    up, down = (
        ratchet_discount(coefficient, interest, norms.rate_cut, traits.foresight, deciding)
        for coefficient in (norms.up, norms.down)
    )
    worth = traits.money_value * groups.rate
    if norms.scope == "own":
        return GroupTerms(groups.norm, worth, worth * down, worth * up)
    standing = np.where(groups.above, up, down)
    return GroupTerms(groups.norm, worth, worth * standing, worth * standing)


def beliefs(state: State, rules: Rules, branch: int, norm: float, price: float) -> Beliefs:
    """What a branch believes of prizes and honours; an output is told in norms of the branch."""
    in_norms = [rules.norms.start / norm if prize.output else 1.0 for prize in rules.prizes]
    return Beliefs(
        winning=tuple(state.marks[:, branch] * in_norms),
        holders=tuple(state.holders[:, branch]),
        title_share=state.nation.title_share,
        attention=rules.publicity.intensity * state.nation.exposure,
        price=price,
    )


def padding_terms(
    rules: Rules, traits: Traits, marks: Marks, chances: Chances, believed: Beliefs
) -> PaddingTerms:
    """What padding a shortfall would gain and risk in one branch."""
    kept = kept_chance(chances.at_norm, float(rules.settlement.clawback))
    gain = gain_from_bonus(
        at_the_norm(rules, traits, believed),
        kept,
        chances.at_norm,
        rules.audits.fixed_sanction,
        traits.moral_cost,
    )
    lower = [mark for mark in marks.multiple if mark < 1.0]
    return PaddingTerms(
        gain=float(gain),
        rate_below=rate_below_norm(rules, believed.price),
        audit=chances.at_norm,
        kept=kept,
        sanction=rules.audits.sanction + rules.audits.deduction * traits.money_value,
        complicity=traits.complicity,
        room=1.0 - lower[-1] if lower else 1.0,
        shifts=float(rules.shifts),
        foreseen=float(marks.pad >= 0),
    )


def worker_terms(
    norm: Number,
    worth: Number,
    lying_cost: Number,
    padded_share: Number,
    terms: PaddingTerms,
) -> tuple[Number, Number, Number, Number]:
    """(quota, limit, pad, ramp) of one worker: the norm of the period and what padding can do there."""
    quota = norm * terms.shifts
    cost = lying_cost_among_mates(lying_cost, terms.complicity, padded_share)
    risk = net_risk(terms.audit, terms.kept, terms.sanction, terms.rate_below * worth)
    limit = padding_limit(terms.gain, risk, cost, LARGEST_PADDING * quota)
    pad = minimum(limit, terms.room * quota) * terms.foreseen
    pad = select(pad > SMALLEST_RAMP * quota, pad, 0.0)
    ramp = select(pad > 0.0, terms.gain / select(pad > 0.0, pad, 1.0), 0.0)
    return quota, limit, pad, ramp


def widest_table(rules: Rules) -> int:
    """Marks in the largest table that these rules can make: every prize known, the title worth something."""
    known = Beliefs(
        winning=tuple(1.0 + (i + 1) / 1024.0 for i in range(len(rules.prizes))),
        holders=(0.0,) * len(rules.prizes),
        title_share=0.0,
        attention=rules.publicity.intensity,
        price=1.0,
    )
    at_award = rules._replace(prizes=tuple(prize._replace(due=True) for prize in rules.prizes))
    return max(len(marks_of(at_award, traits, known).multiple) for traits in rules.traits)
