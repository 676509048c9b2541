"""Wages above the market's, paid for the effort that they buy."""

from __future__ import annotations

from stakhanov.theory.forms import declare
from stakhanov.theory.parameters import Numbers, at_least, number, open_share, positive


@declare(
    number("outside", "Income when out of work", "utils per period"),
    at_least(0, "effort", "Disutility of not shirking", "utils per period"),
    positive("detection", "Rate at which shirkers are found out", "per period"),
    at_least(0, "separation_a", "Rate at which the jobless find work", "per period"),
    at_least(0, "separation_b", "Rate at which jobs end without fault", "per period"),
    at_least(0, "interest", "Rate of interest", "per period"),
    title="Wage that keeps people from shirking",
    formula="w = z + e + (e/q)(a + b + r)",
    gives="wage (utils per period)",
    source="Shapiro and Stiglitz (1984), American Economic Review 74:433-444",
)
def efficiency_wage(
    outside: Numbers,
    effort: Numbers,
    *,
    detection: Numbers,
    separation_a: Numbers,
    separation_b: Numbers,
    interest: Numbers,
) -> Numbers:
    """Least wage at which nobody shirks: ``w = z + e + (e/q)(a + b + r)``.

    Units: utils per period, rates per period. Errors: `BadInput` unless detection > 0 and the rates
    are at least 0. Source: Shapiro and Stiglitz (1984); a and b enter only through their sum.
    """
    return outside + effort + effort / detection * (separation_a + separation_b + interest)


@declare(
    positive("threshold", "Wage at which effort starts, w0", "utils per period"),
    open_share("elasticity", "Power alpha of effort = (w - w0)^alpha"),
    title="Wage that buys effort most cheaply",
    formula="w* = w0 / (1 - alpha)",
    gives="wage (utils per period)",
    source="Solow (1979), Journal of Macroeconomics 1:79-82",
)
def solow_wage(threshold: Numbers, elasticity: Numbers) -> Numbers:
    """Wage with the least cost per unit of effort, where effort is ``(w - w0)^alpha``.

    There the elasticity of effort to the wage is 1. Units: utils per period. Errors: `BadInput`
    unless threshold > 0 and 0 < elasticity < 1. Source: Solow (1979).
    """
    return threshold / (1.0 - elasticity)
