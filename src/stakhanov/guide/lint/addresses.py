"""Addresses: what an experiment changes, and what a reader is asked to move, is a parameter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from stakhanov.foundation.catalogue import parameters
from stakhanov.foundation.nearest import hint_of
from stakhanov.guide.experiments import Declared
from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.registry import ClassDesk, Desk, known, on_classes, on_pages

ADDRESS = known("unknown-address", "an experiment changes, or a page moves, what is no parameter")


@cache
def addresses() -> tuple[tuple[str, ...], ...]:
    """Every address of a campaign and of a workforce, in steps; `*` stands for entries of a list."""
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

    both = (*parameters(Campaign), *parameters(Workforce))
    return tuple(tuple(one.address.split(".")) for one in both)


@cache
def is_address(text: str) -> bool:
    """Whether a text leads to a parameter, to a table of some, or to an entry of a list."""
    steps = text.split(".")
    return any(
        all(mine in (theirs, "*") for mine, theirs in zip(one, steps, strict=False))
        for one in addresses()
    )


@on_pages
def moved(desk: Desk) -> Iterable[Finding]:
    """What a reader is asked to move."""
    tried = desk.page.term.try_
    for index, address in enumerate(tried.move if tried is not None else ()):
        if not is_address(address):
            message = f"move must name parameters by address; found {address}{_near(address)}"
            yield desk.at(ADDRESS, message, "try", "move", index)


@on_classes
def changed(desk: ClassDesk) -> Iterable[Finding]:
    """What the class's own experiments change."""
    for declared in desk.guide.experiments.values():
        if not declared.own:
            continue
        name = f"experiments/{declared.path.name}"
        for address, steps in _changed(declared):
            if not is_address(address):
                message = (
                    f"an arm must change parameters by address; found {address}{_near(address)}"
                )
                yield desk.at(ADDRESS, message, name, *steps)


def _changed(declared: Declared) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Addresses, and where the file has them."""
    for address in declared.experiment.set:
        yield address, ("set", address)
    for arm, differences in declared.experiment.differences.items():
        for address in differences:
            yield address, ("arms", arm, address)


def _near(address: str) -> str:
    hint = hint_of(address, [".".join(one) for one in addresses()], "")
    return f" ({hint})" if hint else ""
