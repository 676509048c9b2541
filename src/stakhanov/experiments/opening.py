"""An experiment file opened whole: the file, the campaign and workforce that it names, and its arms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from stakhanov.experiments.addresses import parted, under
from stakhanov.experiments.arms import Base, base_of
from stakhanov.experiments.declaration import Experiment, checked, rest_of
from stakhanov.experiments.load import plain_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.salvage import Salvaged


def opened(name: str | Path) -> tuple[Experiment, Base]:
    """An experiment and what its arms differ from. Raises BadInput with every problem of all of them.

    Campaign and workforce are found by name in the library, else beside the file.
    """
    plain, place = plain_of(name), Path(name)
    beside = place.parent if place.is_file() else None
    problems: list[Problem] = []
    try:
        rest = Salvaged(checked(plain))
    except BadInput as found:
        problems += found.problems
        read = rest_of(plain)
        if read is None:
            raise
        rest = read
    base = None
    try:
        base = _base(rest, beside)
    except BadInput as found:
        problems += found.problems
    problems += _problems_of_arms(rest.whole, base)
    if problems:
        raise BadInput(dict.fromkeys(problems))
    assert base is not None
    return rest.whole, base


def _base(rest: Salvaged[Experiment], beside: Path | None) -> Base | None:
    """What the arms differ from; none where the file names no campaign."""
    return None if "campaign" in rest.made_up else base_of(rest.whole, beside)


def _problems_of_arms(experiment: Experiment, base: Base | None) -> list[Problem]:
    """What no arm can be: held against the base, or against plain rules where it cannot be had."""
    held = base or Base.of("plain-piece-rate", "heavy-machine-building")
    problems: list[Problem] = []
    for name, own in experiment.differences.items():
        table = {**experiment.set, **own}
        try:
            held.design(table if base else _of_every_campaign(table))
        except BadInput as found:
            problems += under(f"arms.{name}", found.problems)
    return problems


def _of_every_campaign(table: Mapping[str, Any]) -> dict[str, Any]:
    """The differences that do not hang on what the lists of one campaign or workforce hold."""
    lists = tuple(_lists())
    of_none = {problem.address for problem in parted(table)[2]}
    return {
        address: value
        for address, value in table.items()
        if address in of_none or not address.startswith(lists)
    }


def _lists() -> Iterable[str]:
    from stakhanov.campaign import Campaign
    from stakhanov.foundation.catalogue import parameters
    from stakhanov.workforce import Workforce

    return _heads(one.address for kind in (Campaign, Workforce) for one in parameters(kind))


def _heads(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        head, star, _ = address.partition(".*")
        if star:
            yield head
