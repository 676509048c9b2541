"""Two types, two periods and an employer who learns: who hides what he can do."""

from __future__ import annotations

from typing import NamedTuple

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Numbers, at_least, positive

_SOURCE = (
    "two-type case after Freixas, Guesnerie and Tirole (1985), Review of Economic "
    "Studies 52:173-191, and Gibbons "
    "(1987), Journal of Labor Economics 5:413-429; derived here"
)
_RATE = positive("rate", "Piece rate p of the first period", "utils per norm-unit")
_VALUE = positive("value", "Value v of output to the employer", "utils per norm-unit")
_DISCOUNT = at_least(0, "discount", "Weight of the second period against the first")

_LOW = positive("ability_low", "Ability th_L of the less able", "norm-units")
_HIGH = positive("ability_high", "Ability th_H of the able", "norm-units")
_ABLER = Relation(
    "ability_high",
    "must be at least ability_low",
    ("ability_low",),
    lambda high, low: high >= low,
)


class Pooling(NamedTuple):
    """What the able worker loses now and gains later by working as the less able one does."""

    loss: Numbers
    gain: Numbers


@declare(
    _DISCOUNT,
    _VALUE,
    _RATE,
    title="Ratio of abilities up to which the able hide",
    formula="pool iff th_H/th_L <= 1 + delta (v/p)^2",
    gives="largest ratio of abilities",
    source=_SOURCE,
)
def pooling_ratio(discount: Numbers, value: Numbers = 1.0, rate: Numbers = 1.0) -> Numbers:
    """Largest ratio of abilities at which the able worker still hides among the less able.

    Cost ``y^2/(2 th)``; the employer sets the efficient quota of the type he believes in and pays
    just its cost. With competition for workers in the second period the gain from hiding is 0 and
    nobody pools: set discount 0. Units: a ratio. Errors: `BadInput` unless value and rate are above
    0, discount at least 0.
    """
    return 1.0 + discount * (value / rate) ** 2


@declare(
    _LOW,
    _HIGH,
    title="Share of the able up to which the employer keeps the quota of the less able",
    formula="keep iff share of th_H <= th_L/th_H",
    gives="largest share of the able",
    source=_SOURCE,
    relations=(_ABLER,),
)
def pooling_share(ability_low: Numbers, ability_high: Numbers) -> Numbers:
    """Largest share of able workers at which an employer who cannot tell them keeps the low quota.

    The quota of the less able yields ``v^2 th_L/2`` from everybody, that of the able ``v^2 th_H/2``
    from the able alone, since the others leave. Units: a share of workers. Errors: `BadInput`
    unless 0 < ability_low <= ability_high.
    """
    return ability_low / ability_high


@declare(
    _LOW,
    _HIGH,
    _DISCOUNT,
    _VALUE,
    _RATE,
    title="What hiding costs now and brings later",
    formula="loss = p^2 (th_H - th_L)^2/(2 th_H);  gain = delta v^2 th_L (th_H - th_L)/(2 th_H)",
    gives="{loss, gain} (utils)",
    source=_SOURCE,
    relations=(_ABLER,),
)
def pooling_gains(
    ability_low: Numbers,
    ability_high: Numbers,
    discount: Numbers,
    value: Numbers = 1.0,
    rate: Numbers = 1.0,
) -> Pooling:
    """Loss now and gain later of an able worker who imitates a less able one.

    Units: utils. Errors: `BadInput` unless 0 < ability_low <= ability_high. He hides where gain >=
    loss.
    """
    gap = ability_high - ability_low
    loss = rate**2 * gap**2 / (2.0 * ability_high)
    gain = discount * value**2 * ability_low * gap / (2.0 * ability_high)
    return Pooling(loss, gain)
