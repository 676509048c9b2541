"""The best rate within a period: printed tables, quadrature, dynamic programming and limits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.interpolate import CubicSpline
from scipy.optimize import minimize_scalar
from scipy.special import ndtr

from stakhanov import theory

OUTPUTS = np.array([0.0, 0.4, 0.8, 1.0, 1.3])
TABLE = [
    ((0, 0, 1, 0), 1.0, (0.651947, 0.726054, 0.506930, 0.384591, 0.223820)),
    ((0.3, 0.3, 1, 0), 1.0, (1.053050, 0.868816, 0.627004, 0.523820, 0.407453)),
    ((0.5, 0.2, 0.5, 0), 1.0, (0.794545, 0.728526, 0.541282, 0.445631, 0.327653)),
    ((0.2, 0.8, 0.3, 0), 1.0, (0.460061, 0.745267, 0.824907, 0.820483, 0.808248)),
    ((0.3, 0.3, 1, 2), 1.0, (0.767712, 1.081276, 0.943683, 0.792476, 0.573621)),
    ((0, 0, 1, 0), 0.25, (0.007161, 0.833909, 1.256727, 0.769183, 0.214906)),
]
LADDER: dict[str, Any] = {
    "breakpoints": [0.9, 1.0],
    "rates": [0.3, 1.5, 0.3],
    "jumps": [0.0, 0.2],
    "noise": 0.5,
}


def pay(y: float, breakpoints: list[float], rates: list[float], jumps: list[float]) -> float:
    """What the worker is paid for an output at the end, counted directly."""
    edges = [-np.inf, *breakpoints, np.inf]
    total = rates[0] * min(y, breakpoints[0])
    for j, at in enumerate(breakpoints):
        if y >= at:
            total += jumps[j] + rates[j + 1] * (min(y, edges[j + 2]) - at)
    return total


def value_by_quadrature(
    output: float, time_left: float, theta: float, schedule: dict[str, Any]
) -> float:
    """ln E exp(theta S) / theta by quadrature between the breakpoints."""
    spread = 0.5 * np.sqrt(time_left)
    edges = [output - 12 * spread, *schedule["breakpoints"], output + 12 * spread]
    total = 0.0
    for low, high in pairwise(edges):
        middle = np.nextafter(high, low)

        def integrand(y: float, middle: float = middle) -> float:
            z = (y - output) / spread
            gain = theta * pay(min(y, middle), **schedule)
            return float(np.exp(gain - z**2 / 2) / (spread * np.sqrt(2 * np.pi)))

        total += quad(integrand, low, high, epsabs=1e-14, epsrel=1e-13, limit=200)[0]
    return float(np.log(total) / theta)


@pytest.mark.parametrize(("case", "time_left", "rates"), TABLE)
def test_table(
    case: tuple[float, float, float, float], time_left: float, rates: tuple[float, ...]
) -> None:
    p0, p1, bonus, averse = case
    found = theory.period_effort(
        OUTPUTS,
        time_left,
        breakpoints=[1.0],
        rates=[p0, p1],
        jumps=[bonus],
        noise=0.5,
        risk_aversion=averse,
    )
    assert found == pytest.approx(rates, abs=6e-7)
    printed = theory.mills_effort(
        OUTPUTS,
        time_left,
        norm=1.0,
        rates=(p0, p1),
        bonus=bonus,
        noise=0.5,
        risk_aversion=averse,
    )
    assert found == pytest.approx(printed, rel=1e-11)


@pytest.mark.parametrize(
    ("output", "time_left", "averse", "rate"),
    [
        (0, 1, 0, 0.464545),
        (0.7, 0.25, 0, 0.774106),
        (0.95, 0.1, 0, 1.022322),
        (0.5, 1, 2, 0.532826),
    ],
)
def test_two_breakpoints(output: float, time_left: float, averse: float, rate: float) -> None:
    found = theory.period_effort(output, time_left, **LADDER, risk_aversion=averse)
    assert found == pytest.approx(rate, abs=6e-7)
    theta = 4.0 - averse
    schedule: dict[str, Any] = {key: LADDER[key] for key in ("breakpoints", "rates", "jumps")}
    here = value_by_quadrature(output, time_left, theta, schedule)
    assert theory.period_value(output, time_left, **LADDER, risk_aversion=averse) == pytest.approx(
        here, abs=1e-10
    )
    step = 1e-3
    slope = (
        8 * value_by_quadrature(output + step, time_left, theta, schedule)
        - 8 * value_by_quadrature(output - step, time_left, theta, schedule)
        - value_by_quadrature(output + 2 * step, time_left, theta, schedule)
        + value_by_quadrature(output - 2 * step, time_left, theta, schedule)
    ) / (12 * step)
    assert found == pytest.approx(slope, abs=1e-7)


def test_value_of_the_printed_example() -> None:
    value = theory.period_value(
        0.0, 1.0, breakpoints=[1.0], rates=[0.4, 0.4], jumps=[0.5], noise=0.5
    )
    assert value == pytest.approx(0.2177787, abs=5e-8)


def rate_by_dynamic_programming(shifts: int, output: float) -> float:
    """Best rate at an output with no piece rate and a bonus of 1 at 1, by backward induction."""
    grid: NDArray[np.float64] = np.linspace(-2.5, 3.5, 1201)
    nodes, weights = np.polynomial.hermite_e.hermegauss(41)
    weights = weights / weights.sum()
    spread = 0.5 / np.sqrt(shifts)
    ahead = np.asarray(ndtr((grid - 1.0) / spread))  # expected bonus if the last shift aims here
    for _ in range(shifts - 1):
        value = np.max(ahead[None, :] - shifts * (grid[None, :] - grid[:, None]) ** 2 / 2, axis=1)
        ahead = sum(
            w * np.interp(grid + spread * z, grid, value)
            for z, w in zip(nodes, weights, strict=True)
        )
    aims = CubicSpline(grid, ahead)
    best = minimize_scalar(
        lambda rate: float(rate**2 / (2 * shifts) - aims(output + rate / shifts)),
        bounds=(0.0, 3.0),
        method="bounded",
        options={"xatol": 1e-8},
    )
    return float(best.x)


def test_dynamic_programming_with_ever_more_shifts_comes_to_the_formula() -> None:
    few, many = rate_by_dynamic_programming(24, 0.8), rate_by_dynamic_programming(96, 0.8)
    exact = float(
        theory.period_effort(0.8, 1.0, breakpoints=[1.0], rates=[0, 0], jumps=[1.0], noise=0.5)
    )
    assert few == pytest.approx(0.546, abs=0.003)
    assert many == pytest.approx(0.530, abs=0.004)
    assert few > many > exact


def test_the_bellman_equation_holds() -> None:
    rng = np.random.default_rng(5)
    size, step = 400, 2e-3
    noise, cost = rng.uniform(0.3, 0.8, size), rng.uniform(0.5, 2.0, size)
    averse = rng.uniform(0.0, 0.5, size) / (cost * noise**2)
    schedule: dict[str, Any] = {
        "breakpoints": np.sort(rng.uniform(0.5, 1.5, (size, 2)), axis=1) + np.array([0.0, 0.1]),
        "rates": rng.uniform(0.0, 1.0, (size, 3)),
        "jumps": rng.uniform(0.0, 0.6, (size, 2)),
        "noise": noise,
        "cost": cost,
        "risk_aversion": averse,
    }
    y, tau = rng.uniform(0.0, 1.8, size), rng.uniform(0.5, 2.0, size)

    def value(dy: float, dt: float) -> NDArray[np.float64]:
        return np.asarray(theory.period_value(y + dy, tau + dt, **schedule))

    in_time = (value(0, step) - value(0, -step)) / (2 * step)
    slope = (value(step, 0) - value(-step, 0)) / (2 * step)
    bend = (value(step, 0) - 2 * value(0, 0) + value(-step, 0)) / step**2
    residual = -in_time + (1 / cost - averse * noise**2) * slope**2 / 2 + noise**2 * bend / 2
    assert np.max(np.abs(residual)) < 2e-3
    rate = np.asarray(theory.period_effort(y, tau, **schedule))
    assert np.max(np.abs(rate - slope / cost)) < 1e-4


def test_one_rate_and_no_bonus_is_the_plain_piece_rate() -> None:
    for averse in (0.0, 2.0, 9.0):
        rate = theory.period_effort(
            OUTPUTS,
            0.7,
            breakpoints=[1.0, 1.2],
            rates=[0.6, 0.6, 0.6],
            jumps=[0.0, 0.0],
            noise=0.5,
            cost=1.5,
            risk_aversion=averse,
        )
        assert rate == pytest.approx(np.full(5, 0.4), rel=1e-12)


def test_where_risk_cancels_the_gain_the_rule_is_myopic() -> None:
    schedule: dict[str, Any] = {
        "breakpoints": [1.0],
        "rates": [0.3, 0.7],
        "jumps": [0.4],
        "noise": 0.5,
    }
    x = (1.0 - 0.6) / (0.5 * np.sqrt(0.8))
    myopic = (
        0.3 * ndtr(x)
        + 0.7 * ndtr(-x)
        + 0.4 * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi) / (0.5 * np.sqrt(0.8))
    )
    for averse in (4.0 - 1e-9, 4.0, 4.0 + 1e-9):
        rate = theory.period_effort(0.6, 0.8, **schedule, risk_aversion=averse)
        assert rate == pytest.approx(myopic, rel=1e-7)
    near = theory.period_value(0.6, 0.8, **schedule, risk_aversion=4.0 - 1e-6)
    at = theory.period_value(0.6, 0.8, **schedule, risk_aversion=4.0)
    assert near == pytest.approx(at, abs=1e-6)


def test_great_risk_aversion_by_quadrature() -> None:
    schedule: dict[str, Any] = {
        "breakpoints": [0.9, 1.0],
        "rates": [0.3, 1.5, 0.3],
        "jumps": [0.0, 0.2],
    }
    value = theory.period_value(0.5, 1.0, **schedule, noise=0.5, risk_aversion=9.0)
    assert value == pytest.approx(value_by_quadrature(0.5, 1.0, -5.0, schedule), abs=1e-10)


def test_a_loss_at_the_norm_by_quadrature() -> None:
    schedule: dict[str, Any] = {"breakpoints": [0.9, 1.0], "rates": [0.3, 1.5, 0.3]}
    schedule["jumps"] = [-0.4, 0.2]
    step = 1e-3
    for output in (0.3, 0.85, 1.1):
        value = theory.period_value(output, 1.0, **schedule, noise=0.5)
        assert value == pytest.approx(value_by_quadrature(output, 1.0, 4.0, schedule), abs=1e-10)
        above = value_by_quadrature(output + step, 1.0, 4.0, schedule)
        below = value_by_quadrature(output - step, 1.0, 4.0, schedule)
        rate = theory.period_effort(output, 1.0, **schedule, noise=0.5)
        assert rate == pytest.approx((above - below) / (2 * step), abs=1e-5)


def mean_end_far_out(output: float, theta: float, spread: float) -> float:
    """Mean of the end of a period far from its marks: log sums over fine panels near each peak."""
    breakpoints, rates, jumps = [1.0, 1.8], [0.3, 0.6, 0.9], [0.5, 2.0]
    edges = [-np.inf, *breakpoints, np.inf]
    logs, ends = [], []
    nodes, weights = np.polynomial.legendre.leggauss(400)
    for j in range(3):
        centre = output + theta * rates[j] * spread**2
        peak = float(np.clip(centre, edges[j], edges[j + 1]))
        decay = abs(peak - centre) / spread**2
        reach = min(14 * spread, 45.0 / decay if decay > 0 else np.inf)
        low, high = max(edges[j], peak - reach), min(edges[j + 1], peak + reach)
        y = low + (high - low) * (nodes + 1) / 2
        inside = pay(float(np.mean([low, high])), breakpoints, rates, jumps)
        level = inside + rates[j] * (y - np.mean([low, high]))
        logs.append(
            theta * level - ((y - output) / spread) ** 2 / 2 + np.log(weights * (high - low))
        )
        ends.append(y)
    together, all_ends = np.concatenate(logs), np.concatenate(ends)
    share = np.exp(together - together.max())
    return float(share @ all_ends / share.sum())


@pytest.mark.parametrize("noise", [0.4, 0.05, 0.01])
@pytest.mark.parametrize("output", [-1.0, 0.3, 0.99, 1.79, 4.0])
def test_far_out_where_weights_overflow(noise: float, output: float) -> None:
    schedule: dict[str, Any] = {
        "breakpoints": [1.0, 1.8],
        "rates": [0.3, 0.6, 0.9],
        "jumps": [0.5, 2.0],
    }
    rate = float(theory.period_effort(output, 0.25, **schedule, noise=noise))
    spread, theta = noise * 0.5, 1.0 / noise**2
    expected = (mean_end_far_out(output, theta, spread) - output) / 0.25
    assert rate == pytest.approx(expected, rel=1e-9)


def test_the_printed_form_overflows_where_the_log_form_does_not() -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        printed = theory.mills_effort(0.0, 1.0, norm=1.8, rates=(0.2, 0.2), bonus=30.0, noise=0.1)
    assert not np.isfinite(printed)
    exact = theory.period_effort(
        0.0, 1.0, breakpoints=[1.8], rates=[0.2, 0.2], jumps=[30.0], noise=0.1
    )
    assert exact == pytest.approx(1.8, abs=0.01)


@pytest.mark.parametrize(("ability", "end"), [(64.3, 100.001), (64.0, 64.0)])
def test_little_noise_gives_the_notch(ability: float, end: float) -> None:
    schedule: dict[str, Any] = {"breakpoints": [100.0], "rates": [1.0, 1.0], "jumps": [10.0]}
    rate = theory.period_effort(0.0, 1.0, **schedule, noise=0.02, cost=1.0 / ability)
    assert rate == pytest.approx(end, abs=0.002)


def test_present_bias_weighs_only_what_comes_at_the_end() -> None:
    schedule: dict[str, Any] = {
        "breakpoints": [1.0],
        "rates": [0.5, 0.5],
        "jumps": [0.4],
        "noise": 0.5,
    }
    plain = float(theory.period_effort(0.3, 0.5, **schedule))
    biased = theory.period_effort(0.3, 0.5, **schedule, present_bias=0.6, immediate=0.2)
    assert biased == pytest.approx(0.2 + 0.6 * (plain - 0.2), rel=1e-12)
