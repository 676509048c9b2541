"""The end of a period for one worker: the report, then what the period leaves in the person.

Each function composes the rules of its neighbours in the order in which things happen.
"""

from __future__ import annotations

from typing import NamedTuple

from stakhanov.engine.kernels.arithmetic import floor, maximum, minimum, select
from stakhanov.engine.kernels.leaving import (
    accident_hazard,
    happens,
    quit_hazard,
    skill_after,
    wage_advantage,
)
from stakhanov.engine.kernels.morale import (
    aspiration_toward,
    morale_after,
    morale_change_from_result,
    trust_after,
)
from stakhanov.engine.kernels.padding import pads
from stakhanov.engine.kernels.typing import Number

LOWEST_ASPIRATION = 0.01  # norm-units a shift
HIGHEST_FULFILMENT = 5000.0  # norms: thousandths of it over the longest period fit into 32 bits


class ReportRules(NamedTuple):
    """What reporting and auditing need. Chances are probabilities."""

    shifts: float  # in the period
    audit_at_norm: float  # chance of an audit for a report just at the norm
    audit_elsewhere: float


class SelfRules(NamedTuple):
    """What the period's end does to a person, for one branch. Rates are per period."""

    shifts: float
    own_pull: float
    brigade_pull: float
    published_pull: float  # weight x intensity x credibility x exposure
    published_level: float  # what can be believed of it, norm-units a shift
    morale_recovery: float
    gain: float
    loss: float
    norm_shock: float
    caught_shock: float
    trust_recovery: float
    trust_learning: float
    trust_norm_shock: float
    trust_lie: float  # lost to publicity nobody believes, this period
    quit_base: float
    quit_strain: float
    quit_morale: float
    quit_wage: float
    alternative_pay: float  # minor units a period
    accident_base: float
    accident_fatigue: float
    accident_strain: float
    rest: float  # fatigue at which productivity is normal
    learning: float  # time constant of learning, shifts


class Reported(NamedTuple):
    """What one report says and what becomes of it."""

    true: Number  # thousandths of a norm over the period, as a whole float
    reported: Number
    padded: Number
    caught: Number


class After(NamedTuple):
    """A person after the period."""

    morale: Number
    trust: Number
    aspiration: Number
    skill: Number
    quits: Number
    accident: Number


def report(
    output: Number, quota: Number, limit: Number, draw: Number, rules: ReportRules
) -> Reported:
    """Report the period, padded to the norm where it pays; an audit finds padding out.

    Fulfilment is told in whole thousandths of a norm, rounded half up; output below nothing counts as
    nothing, output beyond 5,000 norms as that many. A report from 100 up to 102 per cent is at the norm
    for the auditors.
    """
    norm = 1000.0 * rules.shifts
    true = floor(minimum(maximum(output / quota, 0.0), HIGHEST_FULFILMENT) * norm + 0.5)
    padded = pads(output, quota, limit)
    reported = select(padded, norm, true)
    at_norm = (reported >= norm) & (reported < 1.02 * norm)
    audited = draw < select(at_norm, rules.audit_at_norm, rules.audit_elsewhere)
    return Reported(true, reported, padded, padded & audited)


class Person(NamedTuple):
    """What is true of one worker when the period has been paid."""

    output: Number  # norm-units a shift, true
    pay: Number  # minor units
    caught: Number  # 1.0 or 0.0
    fatigue: Number
    strain: Number
    morale: Number
    trust: Number
    aspiration: Number
    skill: Number
    brigade_output: Number  # the brigade's mean, norm-units a shift
    norm_rise: Number  # of the worker's norm at this period's revision, share, at least 0
    quit_draw: Number
    accident_draw: Number


def live_on(person: Person, rules: SelfRules) -> After:
    """Morale on the aspiration that the person had, then aspiration, trust, leaving and learning."""
    change = (
        morale_change_from_result(person.output, person.aspiration, rules.gain, rules.loss)
        - rules.norm_shock * person.norm_rise
        - rules.caught_shock * person.caught
    )
    morale = morale_after(person.morale, person.trust, rules.morale_recovery, change)
    shock = rules.trust_norm_shock * person.norm_rise + rules.trust_lie
    trust = trust_after(person.trust, morale, rules.trust_recovery, rules.trust_learning, shock)
    published = rules.published_pull * minimum(person.morale, 1.0)
    aspiration = (
        person.aspiration
        + aspiration_toward(person.aspiration, person.output, rules.own_pull)
        + aspiration_toward(person.aspiration, person.brigade_output, rules.brigade_pull)
        + aspiration_toward(person.aspiration, rules.published_level, published)
    )
    leaving = quit_hazard(
        rules.quit_base,
        rules.quit_strain * person.strain,
        rules.quit_morale * (morale - 1.0),
        rules.quit_wage * wage_advantage(person.pay, rules.alternative_pay),
    )
    accident = accident_hazard(
        rules.accident_base,
        rules.accident_fatigue * (person.fatigue - rules.rest),
        rules.accident_strain * person.strain,
    )
    return After(
        morale=morale,
        trust=trust,
        aspiration=maximum(aspiration, LOWEST_ASPIRATION),
        skill=skill_after(person.skill, rules.shifts, rules.learning),
        quits=happens(person.quit_draw, leaving, rules.shifts),
        accident=happens(person.accident_draw, accident, rules.shifts),
    )
