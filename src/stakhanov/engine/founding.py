"""Who arrives: the first workforce and, later, recruits. Both are drawn by place and date of arrival."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.draws import Luck, Purpose
from stakhanov.engine.rules import Traits

F64 = NDArray[np.float64]
BEFORE_THE_FIRST_PERIOD = 2**31 - 1


class Arrivals(NamedTuple):
    """What is drawn of people who arrive."""

    ability: F64
    skill: F64
    lying_cost: F64


def arrivals(
    luck: Luck, identity: NDArray[np.uint32], period: int, traits: Traits, *, founders: bool
) -> Arrivals:
    """Fresh people. Ability has mean 1; founders have been at work for some time, recruits have not.

    A founder's tenure is exponential with the mean that the base quit hazard implies.
    """
    first, second = luck.normals(identity, period, Purpose.TRAITS)
    sd = traits.log_ability_sd
    ability = np.exp(sd * first - sd * sd / 2.0)
    lying_cost = traits.lying_cost * np.exp(traits.lying_cost_log_sd * second)
    novice = 1.0 - traits.recruit_skill
    if not founders:
        return Arrivals(ability, np.full(ability.shape, traits.recruit_skill), lying_cost)
    chance = luck.uniforms(identity, period, Purpose.TENURE, 1)[0]
    tenure = -np.log(chance) / max(traits.quit_base, 1e-9)
    return Arrivals(ability, 1.0 - novice * np.exp(-tenure / traits.learning), lying_cost)
