"""An experiment as the command line asks for it: its file, its seeds, and the values that go before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stakhanov.cli import output
from stakhanov.cli.asked import read_base
from stakhanov.cli.many_runs import ManyRuns, seeds
from stakhanov.cli.options import Gathered
from stakhanov.foundation.address import within

if TYPE_CHECKING:
    from stakhanov.experiments.arms import Base
    from stakhanov.experiments.declaration import Experiment


def question(name: str, runs: ManyRuns, gathered: Gathered) -> tuple[Experiment, Base | None]:
    """The experiment under the seeds and values that the options give it, and what its arms differ from.

    Raises BadInput; problems of options are gathered.
    """
    from stakhanov.experiments.opening import opened

    experiment, start = opened(name)
    base = read_base(runs.options(None), gathered, start)
    experiment = _with(experiment, Gathered().settings("--set", runs.settings))
    own = experiment.seeds_of
    chosen = seeds(runs, gathered, own)
    return (experiment if chosen == own else experiment.under(chosen)), base


def _with(experiment: Experiment, settings: dict[str, Any]) -> Experiment:
    """The experiment under values of the command line, which go before those of its `set`, not of its arms."""
    for address in settings:
        arms = [
            arm
            for arm, own in experiment.differences.items()
            if any(within(one, address) or within(address, one) for one in own)
        ]
        if arms:
            output.note(f"note: --set {address} does not reach arms that say it: {', '.join(arms)}")
    left = {
        one: value
        for one, value in experiment.set.items()
        if not any(within(one, address) for address in settings)
    }
    return experiment.model_copy(update={"set": left})
