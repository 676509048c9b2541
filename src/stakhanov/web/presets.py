"""Where to begin with a campaign: as it ships, or at an arm of an experiment, by plain names; and sizes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stakhanov.web import shelf
from stakhanov.web.wanted import WORKERS, Wanted, of_arm

#: A run that is there before one has looked up.
SMALL = {"workers": 1000, "periods": 24}


@dataclass(frozen=True)
class Choice:
    """A word and where it leads. `chosen`: whether that is what stands on the page."""

    title: str
    link: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """The arms of one experiment. `link`: its own page."""

    title: str
    link: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> bool:
        """Whether one of them stands on the page."""
        return any(one.chosen for one in self.choices)


def presets(one: Wanted) -> list[Group]:
    """The arms of all experiments on this campaign, those of the one that was opened first."""
    groups = [
        Group(
            experiment.title,
            f"/experiments/{experiment.id}",
            tuple(
                Choice(title, of_arm(experiment, arm).link, one.arm == f"{experiment.id}.{arm}")
                for arm, title in experiment.titles.items()
            ),
        )
        for experiment in shelf.experiments()
        if experiment.campaign == one.campaign
    ]
    return sorted(groups, key=lambda group: not group.chosen)


def sizes(one: Wanted) -> list[Choice]:
    """The small size, for trying, and the usual one, both with everything else as it is set."""
    length = one.rules()[0].length
    small = replace(one, workers=SMALL["workers"], periods=min(length, SMALL["periods"]))
    usual = replace(one, workers=WORKERS, periods=None)
    return [
        Choice(
            f"{name}: {two.workers:,} workers, {two.periods or length} periods",
            two.link,
            one == two,
        )
        for name, two in (("Small", small), ("Usual", usual))
    ]
