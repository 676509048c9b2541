"""The search: generations of candidates, each better than the last in some goal, none beyond a limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stakhanov.experiments.choices import Choice
from stakhanov.experiments.ranges import Range

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.study import Study

EXTRA, PACKAGE = "optimise", "optuna"
#: Luck of the search: always the same, so that runs are found again.
LUCK = 1
#: Candidates of a generation, at most.
GENERATION = 20


@dataclass(frozen=True)
class Found:
    """What a candidate came to: a value for every goal, more being better, and what goes beyond limits."""

    worth: tuple[float, ...]
    excess: Mapping[str, float]  # above 0: beyond the limit

    @property
    def allowed(self) -> bool:
        """Whether it keeps every limit."""
        return all(one <= 0.0 for one in self.excess.values())


#: From values by address to what they came to, a whole generation at once; none where they are refused.
Judge = Callable[[Sequence[Mapping[str, Any]]], Sequence[Found | None]]


def search(
    choices: Sequence[Choice],
    goals: int,
    judge: Judge,
    trials: int,
    start: Mapping[str, Any] | None = None,
) -> None:
    """Ask `judge` about so many candidates, beginning with `start` where it is given.

    NSGA-II (Deb and others 2002) with constrained domination, by Optuna: whatever goes beyond a limit ranks
    behind everything that does not. The same answers make the same search.
    """
    study = _study(goals, min(GENERATION, max(trials, 2)))
    places = {one.address: _distribution(one) for one in choices}
    if start is not None:
        study.enqueue_trial(
            {one.address: _name(one, start[one.address]) for one in choices},
            skip_if_exists=True,
        )
    done = 0
    while done < trials:
        number = min(GENERATION, trials - done)
        asked = [study.ask(places) for _ in range(number)]
        values = [
            {one.address: _value(one, trial.params[one.address]) for one in choices}
            for trial in asked
        ]
        for trial, found in zip(asked, judge(values), strict=True):
            _tell(study, trial, found)
        done += number


def _study(goals: int, generation: int) -> Study:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.NSGAIISampler(population_size=generation, seed=LUCK)
    return optuna.create_study(directions=["maximize"] * goals, sampler=sampler)


def _tell(study: Study, trial: Any, found: Found | None) -> None:
    from optuna.trial import TrialState

    if found is None:
        study.tell(trial, state=TrialState.FAIL)
        return
    for name, excess in found.excess.items():
        trial.set_constraint(name, excess)
    study.tell(trial, list(found.worth))


def _distribution(one: Choice) -> BaseDistribution:
    from optuna.distributions import (
        CategoricalDistribution,
        FloatDistribution,
        IntDistribution,
    )

    if not isinstance(one, Range):
        return CategoricalDistribution(range(len(one.values)))
    low, high = sorted((one.low, one.high))
    return IntDistribution(int(low), int(high)) if one.whole else FloatDistribution(low, high)


def _value(one: Choice, drawn: Any) -> Any:
    """What was drawn, as the campaign has it: the search knows listed values by their place."""
    if not isinstance(one, Range):
        return one.values[drawn]
    return drawn if one.whole else float(f"{drawn:.6g}")


def _name(one: Choice, value: Any) -> Any:
    return value if isinstance(one, Range) else one.values.index(value)
