"""Row 3: contests for prizes, few and many contestants."""

from __future__ import annotations

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import comb
from scipy.stats import norm

from stakhanov import theory
from validation.tables import Check, Table, relative
from validation.trials import TIME_WAGE, course, trial

ABOUT = (
    "Symmetric effort of Lazear and Rosen (1981). The slope of the winning probability is also integrated "
    "directly from the order statistics, and counted in a simulation with a fixed seed. A prize among "
    "very many is a notch at a fixed mark: so the engine treats it. There workers choose effort from "
    "shift to shift as the period goes, for a mark that the last periods have shown. With a prize of .01 "
    "utils that is the contest of one shot; with larger ones effort falls behind it, since who sees that "
    "he will miss the mark slackens, and must meet the exact period with the mark that a tenth reaches."
)
SHIFTS, NOISE = 25.0, 0.4
SPREAD = NOISE * SHIFTS**0.5  # of the period's output
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
    return Table(3, "Tournaments", ABOUT, (*checks, *in_the_engine(fast)))


def in_the_engine(fast: bool) -> list[Check]:
    """Effort for prizes by rank in the engine, periods after the mark has settled."""
    workers, counted = (20_000, 8) if fast else (50_000, 12)
    effort, error = settled_effort(0.01, "brigade", 12 + counted, workers)
    share = "share of the effort for 10 prizes among 100, prize .01"
    exact = float(np.asarray(theory.tournament(0.01, 100, 10, noise=SPREAD)))
    checks = [Check(share, 1.0, effort / exact, 0.02 + 4 * error / exact, source="exact contest")]
    for prize in (0.01, 0.2):
        effort, error = settled_effort(prize, "all", 12 + counted, workers)
        expected = period_effort_at_its_mark(prize)
        what = f"effort above drive, a tenth of all win a prize of {prize:g}"
        tolerance = 0.02 * expected + 4 * error  # the mark itself moves a little
        checks.append(Check(what, expected, effort, tolerance, source="exact period, own mark"))
    return checks


def settled_effort(prize: float, scope: str, periods: int, workers: int) -> tuple[float, float]:
    """Mean effort above that without a prize, over the periods from the twelfth on, and its error."""
    money = {"name": "p", "by": "rank", "scope": scope, "per_thousand": 100, "every": 1}
    rules = {**TIME_WAGE, "prizes": [{**money, "amount": round(prize / 0.22 * 10_000)}]}
    run = trial(rules, {"size.brigade": 100}, workers=workers, periods=periods)
    efforts = course(run, "effort_mean")[12:] - 1.0
    return float(efforts.mean()), float(efforts.std(ddof=1) / np.sqrt(efforts.size))


def period_effort_at_its_mark(prize: float) -> float:
    """Effort above drive of the plan period whose mark is reached by a tenth."""
    schedule = {"rates": [1.0, 1.0], "jumps": [prize], "noise": NOISE}

    def too_many(mark: float) -> float:
        reach = theory.period_reach(mark, 0.0, SHIFTS, breakpoints=[mark], **schedule)
        return float(np.asarray(reach)) - 0.1

    mark = float(brentq(too_many, 20.0, 60.0))
    rate = theory.period_effort(0.0, SHIFTS, breakpoints=[mark], **schedule)
    return float(np.asarray(rate)) - 1.0


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
