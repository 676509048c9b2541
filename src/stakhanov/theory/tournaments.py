"""Contests for a fixed number of prizes: equilibrium effort, and whether it is an equilibrium.

N equal contestants, output ``e + x`` with independent noise x. In a symmetric equilibrium the
marginal cost of effort equals the prize times the density of one's own noise at the threshold that
wins, averaged over the threshold: ``C'(e) = W E f(X)``, X the k-th best of the N - 1 others. (The
same as the integral and the score identity of the literature, in the form that stays accurate for
any N.)
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.order_statistics import best_of, harmonic_gap, normal_density
from stakhanov.theory.parameters import (
    Listed,
    Numbers,
    at_least,
    choice,
    listing,
    number,
    open_share,
    positive,
    whole,
)

_SOURCE = (
    "Lazear and Rosen (1981), Journal of Political Economy 89:841-864; Green and "
    "Stokey (1983), ibid. 91:349-364"
)
_PRIZE = at_least(0, "prize", "Prize of each winner", "utils")
_ENTRANTS = whole(2, "entrants", "Contestants N")
_WINNERS = whole(1, "winners", "Winners k, each with the same prize")
_NOISE = positive("noise", "Noise: standard deviation, or scale if gumbel", "norm-units")
_COST = positive("cost", "Slope of the marginal cost of effort", "utils per effort squared")
_DISTRIBUTION = choice("distribution", "Distribution of the noise", ("gaussian", "gumbel"))
_FEWER = Relation("winners", "must be fewer than the entrants", ("entrants",), lambda k, n: k < n)


@declare(
    _PRIZE,
    _ENTRANTS,
    _WINNERS,
    _NOISE,
    _COST,
    _DISTRIBUTION,
    title="Effort in a tournament with equal prizes",
    formula=(
        "c e = W E f(X), X the k-th best of N - 1;  N = 2: e = W/(2 c sigma sqrt(pi)) "
        "gaussian, W/(4 c beta) gumbel"
    ),
    gives="effort",
    source=_SOURCE,
    relations=(_FEWER,),
)
def tournament(
    prize: Numbers,
    entrants: Numbers = 2.0,
    winners: Numbers = 1.0,
    *,
    noise: Numbers,
    cost: Numbers = 1.0,
    distribution: str = "gaussian",
) -> Numbers:
    """Effort in the symmetric equilibrium of a contest: `winners` equal prizes among `entrants`.

    Units: `prize` utils, `noise` norm-units (standard deviation of the Gaussian, scale of the
    Gumbel), effort in norm-units. Errors: `BadInput` unless 1 <= winners < entrants and noise, cost
    > 0. Where noise is small against the prize there is no equilibrium in pure strategies: ask
    `tournament_gain`. Source: Lazear and Rosen (1981).
    """
    return prize * winning_slope(entrants, winners, noise, distribution) / cost


@declare(
    _ENTRANTS,
    _WINNERS,
    _NOISE,
    _DISTRIBUTION,
    title="Rise of the probability of winning with effort",
    formula=(
        "dP/de = (N-1) C(N-2, k-1) Int f^2 F^(N-k-1) (1-F)^(k-1);  gumbel: (1 - k/N)(H_N "
        "- H_(N-k))/beta"
    ),
    gives="probability per unit of effort",
    source=_SOURCE,
    relations=(_FEWER,),
)
def winning_slope(
    entrants: Numbers, winners: Numbers, noise: Numbers, distribution: str = "gaussian"
) -> Numbers:
    """How much a unit of effort adds to the probability of winning, where all try equally.

    Units: per norm-unit. Errors: `BadInput` unless 1 <= winners < entrants, noise > 0. Relative
    error below 1e-9 up to a million entrants. Sources: Lazear and Rosen (1981); the Gumbel sum in
    closed form with harmonic numbers H.
    """
    if distribution == "gumbel":
        gap = harmonic_gap(entrants, winners)
        return (1.0 - winners / entrants) * gap / noise
    return best_of(normal_density, winners, entrants - 1.0) / noise


@declare(
    _PRIZE,
    open_share("winning_share", "Share of contestants who win"),
    _NOISE,
    _COST,
    title="Effort in a tournament of very many",
    formula="c e = W phi(z)/sigma, z = Phi^-1(1 - share)",
    gives="effort",
    source=_SOURCE + "; limit of many contestants",
)
def mean_field_tournament(
    prize: Numbers, winning_share: Numbers, noise: Numbers, cost: Numbers = 1.0
) -> Numbers:
    """Effort where so many compete that the winning mark is fixed.

    A prize is then a notch. Units and errors as in `tournament`; Gaussian noise. At N = 100, k = 10
    it is 1.5 % above the exact effort.
    """
    mark = ndtri(np.asarray(winning_share, dtype=np.float64))
    return prize * normal_density(mark) / (noise * cost)


@declare(
    listing("prizes", "Prize of each rank, the best first", "utils"),
    whole(2, "entrants", "Contestants N"),
    _NOISE,
    _COST,
    _DISTRIBUTION,
    title="Effort in a contest with a ladder of prizes",
    formula="c e = (1/N) sum_m W_m E s(X_(m)),  s = -f'/f",
    gives="effort",
    source=_SOURCE + "; Nalebuff and Stiglitz (1983), Bell Journal of Economics 14:21-43",
    relations=(
        Relation(
            "prizes",
            "must be no more than the entrants",
            ("entrants",),
            lambda w, n: w.shape[-1] <= n,
        ),
    ),
)
def prize_ladder(
    prizes: Listed,
    entrants: Numbers,
    noise: Numbers,
    cost: Numbers = 1.0,
    distribution: str = "gaussian",
) -> Numbers:
    """Effort where every rank has its own prize; ranks beyond the list get nothing.

    The last axis of `prizes` runs over ranks from the best; the other arguments broadcast against
    the rest. Units and errors as in `tournament`. Source: the score identity, Nalebuff and Stiglitz
    (1983).
    """
    ladder = np.asarray(prizes, dtype=np.float64)
    ranks = np.arange(1.0, ladder.shape[-1] + 1.0)
    size = np.asarray(entrants, dtype=np.float64)[..., None]
    if distribution == "gumbel":
        scores = 1.0 - harmonic_gap(size, ranks)
    else:
        scores = best_of(lambda z: z, ranks, size)
    return np.asarray(np.sum(ladder * scores, axis=-1) / (entrants * noise * cost))


@declare(
    number("lead", "Own effort less that of all others", "norm-units"),
    _ENTRANTS,
    _WINNERS,
    _NOISE,
    title="Probability of winning with a lead",
    formula="P = E Phi((d - X)/sigma), X the k-th best noise of N - 1",
    gives="probability",
    source=_SOURCE,
    relations=(_FEWER,),
)
def winning_probability(
    lead: Numbers, entrants: Numbers, winners: Numbers, noise: Numbers
) -> Numbers:
    """Probability of a prize for one whose effort exceeds everybody else's by `lead`.

    Gaussian noise. Errors as in `tournament`; absolute error below 1e-12. Source: Lazear and Rosen
    (1981).
    """
    ahead = np.asarray(lead / np.asarray(noise))[..., None]
    return best_of(lambda z: np.asarray(ndtr(ahead - z)), winners, entrants - 1.0)


@declare(
    _PRIZE,
    _ENTRANTS,
    _WINNERS,
    _NOISE,
    _COST,
    title="What the best deviation from the symmetric effort would gain",
    formula="max_e [W P(e - e*) - c e^2/2] - [W k/N - c e*^2/2]",
    gives="utils; above 0 the symmetric effort is no equilibrium",
    source="own computation on a grid of 2001 efforts",
    relations=(_FEWER,),
)
def tournament_gain(
    prize: Numbers, entrants: Numbers, winners: Numbers, noise: Numbers, cost: Numbers = 1.0
) -> Numbers:
    """Best gain from leaving the symmetric effort.

    0 where it is an equilibrium, above 0 where it is not. Efforts from 0 to the point where the
    cost eats the whole prize are tried, 2001 of them. Gaussian noise. Units: utils. Errors:
    `BadInput` as in `tournament`.
    """
    arguments = np.broadcast_arrays(
        *(np.asarray(one) for one in (prize, entrants, winners, noise, cost))
    )
    w, n, k, sigma, c = (np.asarray(one, dtype=np.float64)[..., None] for one in arguments)
    together = np.asarray(tournament(w, n, k, noise=sigma, cost=c))
    efforts = np.linspace(0.0, 1.0, 2001) * np.sqrt(2.0 * w / c)
    alone = (
        w * np.asarray(winning_probability(efforts - together, n, k, sigma)) - c * efforts**2 / 2.0
    )
    kept = w * k / n - c * together**2 / 2.0
    return np.asarray(np.maximum(np.max(alone - kept, axis=-1), 0.0))
