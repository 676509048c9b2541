"""Hours of work and output: the wall beyond which longer days bring nothing."""

from __future__ import annotations

import numpy as np

from stakhanov.theory.forms import declare
from stakhanov.theory.parameters import Numbers, at_least, positive, within

_HOURS = within(0, 168, "hours", "Hours a week", "hours")
_PENCAVEL = "Pencavel (2015), Economic Journal 125:2052-2076 (munition workers)"


@declare(
    _HOURS,
    positive("sustainable", "Hours without strain", "hours"),
    at_least(0, "strain", "Growth of strain with the square of the excess, g"),
    title="Output of a week of so many hours, strain form",
    formula="y = H / (1 + g (H/H0 - 1)+^2),  H0 = 49, g = 1.53",
    gives="output (in hours of unstrained work)",
    source=_PENCAVEL + "; strain form derived here to meet it",
)
def hours_wall(hours: Numbers, sustainable: Numbers = 49.0, strain: Numbers = 1.53) -> Numbers:
    """Output of a week at the steady state of strain.

    Proportional up to 49 hours, falling after about 63. Units: hours of unstrained work. Errors:
    `BadInput` unless hours lie from 0 to 168, strain >= 0, sustainable > 0. Meets
    `pencavel_output` within 0.8 % up to 70 hours. Source: Pencavel (2015).
    """
    excess = np.maximum(hours / sustainable - 1.0, 0.0)
    return hours / (1.0 + strain * excess**2)


@declare(
    positive("sustainable", "Hours without strain", "hours"),
    positive("strain", "Growth of strain with the square of the excess, g"),
    title="Hours with the most output",
    formula="H* = H0 sqrt(1 + 1/g)",
    gives="hours a week",
    source=_PENCAVEL + "; strain form derived here",
)
def hours_peak(sustainable: Numbers = 49.0, strain: Numbers = 1.53) -> Numbers:
    """Hours beyond which a longer week yields less, in the strain form.

    Errors: `BadInput` unless both are above 0.
    """
    return sustainable * np.sqrt(1.0 + 1.0 / strain)


@declare(
    _HOURS,
    title="Output of a week of so many hours, as fitted",
    formula="H <= 49: H;  else 49 + (H-49) - (H-49)^2/28",
    gives="output (in hours of unstrained work)",
    source=_PENCAVEL,
)
def pencavel_output(hours: Numbers) -> Numbers:
    """Output of a week.

    Proportional to hours up to 49, then a parabola with its top of 56 at 63 hours. Units: hours of
    unstrained work. Errors: `BadInput` unless hours lie from 0 to 168. Source: Pencavel (2015), as reported.
    """
    excess = np.maximum(np.asarray(hours) - 49.0, 0.0)
    return hours - excess**2 / 28.0
