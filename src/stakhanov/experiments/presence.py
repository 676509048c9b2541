"""Whether a campaign has a rule: whether taking it out can change anything that happens in the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from stakhanov.campaign import Campaign
from stakhanov.campaign.rounds import rounds_of
from stakhanov.campaign.warnings import tempting
from stakhanov.experiments.rules import Rule
from stakhanov.experiments.trial import Design

#: Chapters that describe the file, and those whose values come into force by date.
_BESIDE = ("format", "campaign", "changes")


def is_there(rule: Rule, whole: Design, without: Design) -> bool:
    """Whether a rule has an effect in a run, given the run's design with it and without it."""
    if whole.digest == without.digest:
        return False
    if whole.workforce.digest == without.workforce.digest and _in_force(whole) == _in_force(
        without
    ):
        return False  # the difference lies behind the run
    idle = _IDLE.get(rule.name)
    return idle is None or not idle(whole)


def _in_force(design: Design) -> list[Mapping[str, Any]]:
    """What holds from each turn of the rules to the next, in the order in which it comes."""
    return [
        {key: value for key, value in now.plain().items() if key not in _BESIDE}
        for now in _stages(design)
    ]


def _stages(design: Design) -> list[Campaign]:
    """The rules as they stand in the run, each stage once for every time that it begins."""
    rules = design.campaign
    stages = [rules.in_force(0)]
    for period in range(1, design.periods):
        now = rules.in_force(period)
        if now is not stages[-1]:
            stages.append(now)
    return stages


def _unheard(design: Design) -> bool:
    """Publicity: nothing is published, so that nobody hears of titles; and no record is staged."""
    return all(now.publicity.intensity == 0.0 for now in _stages(design)) and not any(
        now.period_of(record.at) in range(design.periods)
        for now in _stages(design)
        for record in now.publicity.staged
    )


def _never_given(design: Design) -> bool:
    """Prizes: none that is worth anything falls due in the run."""
    return not any(
        one.due(period) and (one.prize.amount or one.prize.esteem)
        for period in range(design.periods)
        for one in rounds_of(design.campaign.in_force(period))
    )


def _nothing_to_pad_for(design: Design) -> bool:
    """Padding: nothing hangs on a report of the norm, or every report is checked and nothing is kept."""
    return all(
        not tempting(now) or (now.audits.probability == 1.0 and now.audits.clawback)
        for now in _stages(design)
    )


def _unseen(design: Design) -> bool:
    """Emulation: nobody minds what mates do, and contests give what prizes would give by themselves."""
    return not any(branch.peers.conformity for branch in design.workforce.by_branch()) and all(
        _given(now) == _given(now.with_({"emulation.contests": [], "changes": []}))
        for now in _stages(design)
    )


def _given(now: Campaign) -> set[tuple[str, str, int, bool]]:
    return {(one.prize.name, one.scope, one.every, one.by_output) for one in rounds_of(now)}


_IDLE: Mapping[str, Callable[[Design], bool]] = {
    "publicity": _unheard,
    "prizes": _never_given,
    "padding": _nothing_to_pad_for,
    "emulation": _unseen,
}
