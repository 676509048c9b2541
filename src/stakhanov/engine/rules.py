"""What crosses the border from declarations to kernels: numbers, each with its unit, and no words.

`lower.py` fills these from a campaign and a workforce; everything below it reads only these.
"""

from __future__ import annotations

from typing import NamedTuple

from stakhanov.campaign.settle import PayTerms
from stakhanov.engine.earnings import Piece


class Traits(NamedTuple):
    """The people of one branch."""

    log_ability_sd: float
    cost: float  # c0, utils
    drive: float  # d, utils
    noise: float  # sigma0, share of own output per root shift
    money_value: float  # utils per reference day's pay
    conformity: float  # psi, after visibility
    aspiration_weight: float  # eta
    loss_aversion: float
    aspiration_width: float
    aspiration_own: float  # shares a period
    aspiration_brigade: float
    aspiration_published: float
    belief: float  # a period: how fast credibility moves
    foresight: float
    interest: float  # a period
    mark_learning: float  # a period: how fast an expected winning mark follows the last one
    lying_cost: float  # median
    lying_cost_log_sd: float
    moral_cost: float
    complicity: float
    padding_foreseen: bool
    fatigue_recovery: float
    fatigue_load: float
    fatigue_effect: float
    rest: float
    strain_recovery: float
    strain_growth: float
    sustainable: float
    morale_recovery: float
    morale_gain: float
    morale_loss: float
    morale_norm_shock: float
    morale_caught: float
    trust_recovery: float
    trust_learning: float
    trust_norm_shock: float
    trust_lie: float
    quit_base: float
    quit_strain: float
    quit_morale: float
    quit_wage: float
    accident_base: float
    accident_fatigue: float
    accident_strain: float
    recruit_skill: float
    learning: float  # shifts


class NormRules(NamedTuple):
    """How norms move."""

    start: float  # norm-units a shift
    scope: str
    due: bool  # whether this period ends with a revision
    every: int  # periods
    up: float
    down: float
    best_tenth: bool
    rate_cut: float
    orders: tuple[float, ...]  # rise ordered for each branch at the start of this period


class BonusRules(NamedTuple):
    """A bonus of a period: where it stands, in norms, and whether the mark itself earns it."""

    mark: float
    days: float  # reference days' pay
    inclusive: bool


class PayRules(NamedTuple):
    """What fulfilment earns, in reference days' pay a shift, and bonuses."""

    pieces: tuple[Piece, ...]
    bonuses: tuple[BonusRules, ...]
    guarantee: float  # share of a reference day's pay
    reference: float  # minor units a shift


class PrizeRules(NamedTuple):
    """One prize. A threshold has a mark; a rank or a queue has so many winners per thousand."""

    address: str
    by: str  # rank, threshold, queue
    scope: str
    output: bool  # ranked by output rather than by fulfilment
    mark: float
    per_thousand: float
    days_pay: float  # worth in reference days' pay
    amount: int  # minor units
    esteem: float  # utils
    due: bool  # whether it is given at the end of this period

    @property
    def name(self) -> str:
        """As tables of prizes call it: its address without the chapter."""
        return self.address.removeprefix("prizes.")


class PublicityRules(NamedTuple):
    """What is published, and what the title is worth."""

    intensity: float
    innovation: float
    imitation: float
    title_mark: float  # multiple of the norm
    title_value: float  # utils
    staged: tuple[StagedRecord, ...]  # of this period


class StagedRecord(NamedTuple):
    """A prepared record: a crew whose output is credited to one."""

    branch: str
    crew: int
    per_head: float  # norms


class AuditRules(NamedTuple):
    """Audits and what follows."""

    probability: float
    at_risk: bool
    sanction: float  # utils per norm-unit padded
    fixed_sanction: float  # utils
    deduction: float  # reference days' pay per norm-unit padded


class Rules(NamedTuple):
    """All rules of one period."""

    shifts: int
    clock: tuple[float, ...]  # effective shifts in each shift; hours included
    technology_growth: float
    plan_growth: float  # factor since the start
    norms: NormRules
    pay: PayRules
    prizes: tuple[PrizeRules, ...]
    publicity: PublicityRules
    audits: AuditRules
    settlement: (
        PayTerms  # the same rules of pay in whole numbers: what is paid, not what is foreseen
    )
    leaving: float  # factor on the hazard of quitting
    traits: tuple[Traits, ...]  # by branch

    @property
    def prize_addresses(self) -> tuple[str, ...]:
        """Every prize by its address."""
        return tuple(prize.address for prize in self.prizes)

    @property
    def queue_addresses(self) -> tuple[str, ...]:
        """Prizes by queue among them."""
        return tuple(prize.address for prize in self.prizes if prize.by == "queue")
