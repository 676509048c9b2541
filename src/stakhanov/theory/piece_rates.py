"""Pay by the piece: effort and output of a worker who is paid at one rate and bears no risk."""

from __future__ import annotations

from stakhanov.theory.forms import declare
from stakhanov.theory.parameters import Numbers, at_least, number, positive

_RATE = at_least(0, "rate", "Pay per unit of output", "utils per norm-unit")
_ABILITY = positive("ability", "Output per unit of effort", "norm-units per effort")
_COST = positive("cost", "Slope of the marginal cost of effort", "utils per effort squared")
_TYPE = positive("ability", "Output at a rate of 1", "norm-units")
_ELASTICITY = positive("elasticity", "Elasticity of output to the rate", "per cent per per cent")
_QUADRATIC = "Lazear (2000), American Economic Review 90:1346-1361, with quadratic cost"
_ISOELASTIC = "Saez (2010), American Economic Journal: Economic Policy 2:180-212"


@declare(
    _RATE,
    _ABILITY,
    _COST,
    title="Effort under a linear piece rate",
    formula="e = a b / c   (maximises w + b a e - c e^2/2)",
    gives="effort",
    source=_QUADRATIC,
)
def piece_rate(rate: Numbers, ability: Numbers = 1.0, cost: Numbers = 1.0) -> Numbers:
    """Effort of a worker paid by the piece: ``e = a b / c``.

    Units: `rate` utils per norm-unit, `ability` norm-units per unit of effort, `cost` utils per
    effort squared. Errors: `BadInput` unless rate >= 0, ability > 0, cost > 0. Source: first-order
    condition of ``b a e - c e^2/2``.
    """
    return ability * rate / cost


@declare(
    _RATE,
    _ABILITY,
    _COST,
    title="Output under a linear piece rate",
    formula="y = a^2 b / c",
    gives="output (norm-units)",
    source=_QUADRATIC,
)
def piece_rate_output(rate: Numbers, ability: Numbers = 1.0, cost: Numbers = 1.0) -> Numbers:
    """Output of a worker paid by the piece: ``y = a e = a^2 b / c``.

    Units and errors as in `piece_rate`.
    """
    return ability**2 * rate / cost


@declare(
    _RATE,
    _ABILITY,
    _COST,
    number("wage", "Pay that does not depend on output", "utils"),
    title="Utility under a linear piece rate",
    formula="u = w + a^2 b^2 / (2 c)",
    gives="utility (utils)",
    source=_QUADRATIC,
)
def piece_rate_utility(
    rate: Numbers, ability: Numbers = 1.0, cost: Numbers = 1.0, wage: Numbers = 0.0
) -> Numbers:
    """Utility of a worker who is paid ``w + b y`` and chooses effort: ``u = w + a^2 b^2 / (2 c)``.

    Units: utils; other units and errors as in `piece_rate`.
    """
    return wage + (ability * rate) ** 2 / (2.0 * cost)


@declare(
    _TYPE,
    _RATE,
    _ELASTICITY,
    title="Output with a constant elasticity to the rate",
    formula="y = theta p^eps   (cost theta/(1 + 1/eps) (y/theta)^(1 + 1/eps))",
    gives="output (norm-units)",
    source=_ISOELASTIC,
)
def isoelastic_output(ability: Numbers, rate: Numbers, elasticity: Numbers) -> Numbers:
    """Output of an isoelastic worker: ``y = theta p^eps``.

    ``eps = 1`` is the quadratic case with ``a^2/c = theta``. Units: `ability` (theta) is output at
    rate 1, in norm-units. Errors: `BadInput` unless ability and elasticity > 0 and rate >= 0.
    Source: Saez (2010).
    """
    return ability * rate**elasticity


@declare(
    _TYPE,
    _RATE,
    _ELASTICITY,
    title="Utility with a constant elasticity to the rate",
    formula="u = theta p^(1 + eps) / (1 + eps)",
    gives="utility (utils)",
    source=_ISOELASTIC,
)
def isoelastic_utility(ability: Numbers, rate: Numbers, elasticity: Numbers) -> Numbers:
    """Utility of an isoelastic worker at the best output: ``u = theta p^(1 + eps) / (1 + eps)``.

    Units and errors as in `isoelastic_output`.
    """
    return ability * rate ** (1.0 + elasticity) / (1.0 + elasticity)


@declare(
    positive("output", "Output", "norm-units"),
    _TYPE,
    _ELASTICITY,
    title="Cost of output with a constant elasticity",
    formula="C = theta/(1 + 1/eps) (y/theta)^(1 + 1/eps)",
    gives="cost (utils)",
    source=_ISOELASTIC,
)
def isoelastic_cost(output: Numbers, ability: Numbers, elasticity: Numbers) -> Numbers:
    """What an output costs an isoelastic worker: ``C = theta/(1 + 1/eps) (y/theta)^(1 + 1/eps)``.

    Units: utils. Errors: `BadInput` unless every argument is above 0. Source: Saez (2010).
    """
    power = 1.0 + 1.0 / elasticity
    return ability / power * (output / ability) ** power
