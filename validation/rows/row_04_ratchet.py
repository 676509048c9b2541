"""Row 4: the ratchet in the engine."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import PAID_ONLY, course, last, outputs, own_norms, trial

ABOUT = (
    "Own norms revised every period with full rate cuts and full foresight: the piece rate counts for b "
    "(1 - delta)/(1 - delta + lam delta) (Weitzman 1980), interest 1/delta - 1 a period. Then norms that "
    "rise more readily than they fall (theorem 1 of the closed forms), people moved by pay alone, hardly "
    "any noise: output is the norm held between two bounds, and unlike people pile up at it without a "
    "bonus. Last, norms and rates are let run for sixty periods, rates following norms as q^(-nu): where "
    "both come to rest is also found by value iteration, which knows no rule of thumb, on a grid of .002."
)
BORDERS = [
    (0.3, 0.0, {0.1: 0.27, 0.5: 0.5, 0.95: 0.95, 1.3: 1.0}),
    (0.5, 0.1, {0.1: 0.182, 0.3: 0.3, 0.8: 0.526}),
    (0.6, 0.2, {0.1: 0.156, 0.3: 0.3, 0.8: 0.357}),
]
DELTA = 0.9


def table(fast: bool) -> Table:
    """Effort under symmetric and asymmetric ratchets, the pile-up, and where norms come to rest."""
    return Table(4, "Ratchet", ABOUT, (*symmetric(), *asymmetric(), *pile_up(fast), *rest(fast)))


def symmetric() -> list[Check]:
    """Effort of the first period where norms rise and fall alike."""
    checks = []
    for up, delta in ((0.3, DELTA), (0.5, 0.95), (1.0, DELTA)):
        kept = float(theory.ratchet(up, delta))
        people = {"foresight.interest": 1.0 / delta - 1.0}
        run = trial(own_norms(up, up), people, workers=1000)
        what = f"effort at lam = {up:g}, delta = {delta:g}"
        found = last(run, "effort_mean")
        checks.append(Check(what, 1.0 + 0.22 * kept, found, 2e-5, source="b_eff of theory"))
    blind = trial(own_norms(0.3, 0.3), {"foresight.share": 0.0}, workers=1000)
    found = last(blind, "effort_mean")
    return [*checks, Check("effort without foresight", 1.22, found, 2e-5, source="e = d + b")]


def asymmetric() -> list[Check]:
    """Output of equal people at several norms: the printed policies of the theorem."""
    checks = []
    for up, down, policy in BORDERS:
        for norm, printed in policy.items():
            people = {**PAID_ONLY, "money.value": norm, "effort.noise": 0.001}
            people["foresight.interest"] = 1.0 / DELTA - 1.0
            run = trial({**own_norms(up, down), "norms.start": norm}, people, workers=400)
            what = f"output at a norm of {norm:g}, (up, down) = ({up:g}, {down:g})"
            found = last(run, "true_output")
            theorem = float(theory.asymmetric_ratchet(norm, up, down, DELTA))
            checks += [
                Check(what, printed, found, 6e-4, source="printed value"),
                Check(what, theorem, found, 2e-5, source="theorem"),
            ]
    return checks


def pile_up(fast: bool) -> list[Check]:
    """Share of unlike people who produce just the norm, with no bonus there."""
    workers, spread, checks = 20_000 if fast else 100_000, 0.25, []
    for up, down in ((0.3, 0.0), (0.1, 0.02), (0.3, 0.3)):
        people = {**PAID_ONLY, "ability.log_sd": spread, "effort.noise": 0.002}
        people["foresight.interest"] = 1.0 / DELTA - 1.0
        made = outputs(trial(own_norms(up, down), people, workers=workers))
        near = 0.003  # seven times the noise of a period
        low, high = (1.0 / float(theory.ratchet(share, DELTA)) for share in (down, up))
        # output without a ratchet is a^2: its log is normal with mean -sd^2 and twice the spread of ln a
        edges = (np.log([low / (1.0 + near), high / (1.0 - near)]) + spread**2) / (2.0 * spread)
        share = float(np.diff(ndtr(edges))[0])
        found = float(np.mean(np.abs(made - 1.0) < near))
        error = 4.0 * np.sqrt(share * (1.0 - share) / workers)
        what = f"share within .3 % of the norm, (up, down) = ({up:g}, {down:g})"
        checks.append(Check(what, share, found, error, source="theorem, lognormal ability"))
    return checks


def rest(fast: bool) -> list[Check]:
    """Norm at which a worker alone with his norm comes to rest, rates following it more or less."""
    checks = []
    for nu, printed in ((1.0, 1.031), (0.62, 1.098), (0.0, 1.220)):
        run = trial(own_norms(0.3, 0.3, nu), {"effort.noise": 0.01}, workers=1000, periods=60)
        found = float(course(run, "norm_level")[-1])
        what = f"norm at rest, nu = {nu:g}"
        checks.append(Check(what, printed, found, 0.0025, source="printed value"))
        if not fast:
            checks.append(Check(what, resting_norm(nu), found, 0.003, source="value iteration"))
    return checks


def resting_norm(nu: float, lam: float = 0.3, interest: float = 0.05, rate: float = 0.22) -> float:
    """Norm that its own best output leaves where it is; found by value iteration."""
    grid = np.linspace(0.9, 1.4, 251)
    norm, output = grid[:, None], grid[None, :]
    gain = rate * norm**-nu * output - (output - 1.0) ** 2 / 2.0
    following = norm + lam * (output - norm)
    value = np.zeros(grid.size)
    for _ in range(400):
        choices = gain + np.interp(following, grid, value) / (1.0 + interest)
        value = choices.max(axis=1)
    best = grid[choices.argmax(axis=1)]
    return float(grid[np.argmin(np.abs(best - grid))])
