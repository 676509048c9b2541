"""Reports above what was produced: how much is padded, by whom, and when honesty pays."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from stakhanov.theory.forms import declare
from stakhanov.theory.parameters import Numbers, at_least, number, positive, share

_CRIME = "after Becker (1968), Journal of Political Economy 76:169-217"
_EVASION = "Allingham and Sandmo (1972), Journal of Public Economics 1:323-338, with log utility"
_BONUS = at_least(0, "bonus", "Bonus for a report at the norm", "utils")
_AUDIT = share("audit", "Probability of an audit", "probability")
_FINE = at_least(0, "fine", "Fine per unit padded, if caught", "utils per norm-unit")
_LYING = at_least(0, "lying_cost", "Lying cost kappa", "utils per norm-unit squared", infinite=True)
_RATE = at_least(0, "rate", "Pay per unit reported", "utils per norm-unit")
_FIXED = at_least(0, "fixed_fine", "Fine for being caught at all", "utils")
_MORAL = at_least(0, "moral_cost", "Cost of lying at all", "utils")
_CAP = at_least(0, "cap", "Most that can be padded", "norm-units", infinite=True)


@declare(
    _BONUS,
    _AUDIT,
    _FINE,
    _LYING,
    _FIXED,
    _MORAL,
    _RATE,
    _CAP,
    title="Largest shortfall that is padded up to the norm",
    formula=(
        "s* = 2A/(g + sqrt(g^2 + 2 kappa A)),  A = max(0, (1-pi) K - pi F0 - m),  g = pi "
        "f - (1-pi) p"
    ),
    gives="largest shortfall padded (norm-units; 0 where padding does not pay)",
    source=_CRIME + "; threshold derived here",
)
def padding(
    bonus: Numbers,
    audit: Numbers,
    fine: Numbers,
    *,
    lying_cost: Numbers,
    fixed_fine: Numbers = 0.0,
    moral_cost: Numbers = 0.0,
    rate: Numbers = 0.0,
    cap: Numbers = np.inf,
) -> Numbers:
    """Largest shortfall that is reported as exactly the norm.

    ``{-pi f + sqrt[(pi f)^2 + 2 kappa A]}/kappa``. Written so that nothing cancels; 0 at an
    infinite lying cost, infinite (or `cap`) where nothing stands against lying. With a piece rate
    on the padded units the fine works against it. Units: norm-units. Errors: `BadInput` unless
    audit lies in [0, 1] and the rest are at least 0. Sources: Becker (1968); derived here.
    """
    gain = np.maximum((1.0 - audit) * bonus - audit * fixed_fine - moral_cost, 0.0)
    steepness = audit * fine - (1.0 - audit) * rate
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.hypot(steepness, np.sqrt(2.0 * lying_cost) * np.sqrt(gain))
        from_gain = 2.0 * gain / (steepness + root)
        from_rate = (root - steepness) / lying_cost  # where the piece rate outweighs the fine
    shortfall = np.where(steepness >= 0.0, from_gain, from_rate)
    shortfall = np.where((gain > 0.0) & np.isfinite(lying_cost), shortfall, 0.0)
    return np.minimum(shortfall, cap)


@declare(
    positive("shortfall", "Largest shortfall that is padded", "norm-units", infinite=True),
    number("norm", "Norm", "norm-units"),
    number("mean", "Mean true output", "norm-units"),
    positive("sd", "Standard deviation of true output", "norm-units"),
    title="Share of reports moved to exactly the norm",
    formula="H(Q) - H(Q - s*),  H normal",
    gives="share of reports",
    source=_CRIME + "; derived here",
)
def padding_share(shortfall: Numbers, norm: Numbers, mean: Numbers, sd: Numbers) -> Numbers:
    """Share of workers who report exactly the norm without having produced it.

    True output is taken as normal. The mark of padding: reports vanish between Q - s* and Q, a
    spike stands at Q, output above is as it was. Units: share. Errors: `BadInput` unless shortfall
    and sd are above 0.
    """
    return np.asarray(ndtr((norm - mean) / sd) - ndtr((norm - shortfall - mean) / sd))


@declare(
    _RATE,
    _AUDIT,
    _FINE,
    positive("lying_cost", "Lying cost kappa", "utils per norm-unit squared"),
    title="Units padded under a piece rate, fine by the unit",
    formula="x* = max(0, [(1-pi) b - pi f]/kappa)",
    gives="units padded (norm-units)",
    source=_CRIME,
)
def linear_padding(rate: Numbers, audit: Numbers, fine: Numbers, lying_cost: Numbers) -> Numbers:
    """Units added to the report where each earns the rate, and costs a fine and a growing unease.

    What was overpaid is taken back from the caught. Units: norm-units. Errors: `BadInput` unless
    lying_cost > 0. Source: after Becker (1968).
    """
    return np.maximum((1.0 - audit) * rate - audit * fine, 0.0) / lying_cost


@declare(
    _RATE,
    _AUDIT,
    _FINE,
    positive("lying_cost", "Lying cost kappa", "utils per norm-unit squared"),
    title="Units padded under a piece rate, fine by the square",
    formula="x* = (1-pi) b/(kappa + pi f)",
    gives="units padded (norm-units)",
    source=_CRIME,
)
def quadratic_fine_padding(
    rate: Numbers, audit: Numbers, fine: Numbers, lying_cost: Numbers
) -> Numbers:
    """Units added to the report where the fine is ``f x^2/2``.

    Some are always added, never the whole is deterred. Units: norm-units; `fine` in utils per
    norm-unit squared. Errors and source as in `linear_padding`.
    """
    return (1.0 - audit) * rate / (lying_cost + audit * fine)


@declare(
    positive("rate", "Pay per unit reported", "utils per norm-unit"),
    _FINE,
    title="Least audit probability that keeps reports honest",
    formula="pi >= b/(b + f)",
    gives="probability",
    source=_CRIME,
)
def honest_audit(rate: Numbers, fine: Numbers) -> Numbers:
    """Least probability of an audit at which not one unit is padded, with a fine by the unit.

    Errors: `BadInput` unless rate > 0 and fine >= 0. Source: after Becker (1968).
    """
    return rate / (rate + fine)


@declare(
    positive("wealth", "Wealth without padding", "utils"),
    positive("rate", "Pay per unit reported", "utils per norm-unit"),
    _AUDIT,
    positive("fine", "Fine per unit padded, if caught", "utils per norm-unit"),
    title="Units padded by one who fears for his wealth",
    formula="x* = max(0, W [(1-pi) b - pi f]/(b f))",
    gives="units padded (norm-units)",
    source=_EVASION,
)
def evasion(wealth: Numbers, rate: Numbers, audit: Numbers, fine: Numbers) -> Numbers:
    """Units added to the report by a worker with log utility of wealth.

    A unit gains b, or costs f if caught. Units: norm-units. Errors: `BadInput` unless wealth, rate
    and fine are above 0. Source: Allingham and Sandmo (1972).
    """
    return wealth * np.maximum((1.0 - audit) * rate - audit * fine, 0.0) / (rate * fine)
