"""Row 3: contests for prizes, few and many contestants."""

from __future__ import annotations

import numpy as np
from scipy.integrate import quad
from scipy.special import comb
from scipy.stats import norm

from stakhanov import theory
from validation.tables import Check, Table, relative

ABOUT = (
    "Symmetric effort of Lazear and Rosen (1981). The slope of the winning probability is also "
    "integrated directly from the order statistics, and counted in a simulation with a fixed seed. "
    "A prize among very many is a notch at a fixed mark."
)
SLOPES = [
    (2, 1, 0.282095, 0.250000),
    (10, 1, 0.153875, 0.090000),
    (10, 3, 0.319617, 0.235278),
    (100, 10, 0.172979, 0.094326),
    (1000, 10, 0.026470, 0.009945),
]


def table(fast: bool) -> Table:
    """Efforts, slopes and the limit of many; fast runs a tenth of the simulated contests."""
    effort = float(np.asarray(theory.tournament(prize=10, noise=3, cost=2)))
    checks = [
        Check("effort, W = 10, c = 2, sigma = 3", 0.470158, effort, 5e-7, source="published form"),
        Check(
            "gain from the best other effort",
            0.0,
            float(np.asarray(theory.tournament_gain(10.0, 2, 1, 3.0, 2.0))),
            1e-6,
            source="equilibrium",
        ),
    ]
    for entrants, winners, gaussian, gumbel in SLOPES:
        name = f"dP/de, N = {entrants}, k = {winners}"
        exact = float(np.asarray(theory.winning_slope(entrants, winners, 1.0)))
        other = float(np.asarray(theory.winning_slope(entrants, winners, 1.0, "gumbel")))
        checks += [
            Check(name + ", Gaussian", gaussian, exact, 5e-7, source="published form"),
            Check(name + ", Gumbel", gumbel, other, 5e-7, source="published form"),
            relative(
                name + ", Gaussian", direct_slope(entrants, winners), exact, 1e-8, source="integral"
            ),
        ]
    simulated, error = simulated_slope(20_000 if fast else 400_000)
    checks.append(
        Check(
            "dP/de, N = 10, k = 3, Gumbel",
            simulated,
            float(np.asarray(theory.winning_slope(10, 3, 1.0, "gumbel"))),
            4 * error
            + 0.001,  # the finite step of the difference bends the slope by less than .001
            source="simulated contests",
        )
    )
    limit = float(np.asarray(theory.mean_field_tournament(1.0, 0.1, 1.0)))
    exact = float(np.asarray(theory.tournament(1.0, 100, 10, noise=1.0)))
    checks.append(relative("limit of many at N = 100, k = 10", exact, limit, 0.02, source="exact"))
    return Table(3, "Tournaments", ABOUT, tuple(checks))


def direct_slope(entrants: int, winners: int) -> float:
    """(N-1) C(N-2, k-1) times the integral of f^2 F^(N-k-1) (1-F)^(k-1), Gaussian."""
    n, k = entrants, winners
    value, _ = quad(
        lambda x: norm.pdf(x) ** 2 * norm.cdf(x) ** (n - k - 1) * norm.sf(x) ** (k - 1),
        -10,
        10,
        epsabs=0.0,
        epsrel=1e-12,
        points=[norm.isf(k / n)],
        limit=500,
    )
    return float((n - 1) * comb(n - 2, k - 1) * value)


def simulated_slope(contests: int) -> tuple[float, float]:
    """Slope of the winning frequency around equal efforts, with its standard error."""
    rng = np.random.default_rng(1935)
    step = 0.1
    mark = np.sort(rng.gumbel(size=(contests, 9)), axis=1)[:, -3]
    own = rng.gumbel(size=contests)
    rise = ((own + step > mark) & (own - step <= mark)) / (2 * step)
    return float(rise.mean()), float(rise.std() / np.sqrt(contests))
