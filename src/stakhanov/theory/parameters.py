"""What a closed form asks for: named quantities with a unit, bounds and perhaps a default.

Text is read as the command line and web forms give it: ``inf`` for infinity, commas between the
numbers of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = float | Array
"""One number or an array of them; arguments are broadcast together, and plain numbers give a plain
number.
"""

Listed: TypeAlias = Array | Sequence[float]
"""A list of numbers, or an array whose last axis runs over the list."""

Kind = Literal["number", "whole", "list", "choice"]


class UnfitError(ValueError):
    """A value that a parameter cannot take: what must hold, and what was found."""

    def __init__(self, must: str, found: str) -> None:
        super().__init__(f"{must}; found {found}")
        self.must = must
        self.found = found


@dataclass(frozen=True)
class Parameter:
    """One quantity of a closed form: its key, meaning, unit, bounds and default."""

    name: str
    title: str
    unit: str = ""
    kind: Kind = "number"
    low: float = -np.inf
    high: float = np.inf
    low_open: bool = False
    high_open: bool = False
    infinite: bool = False
    choices: tuple[str, ...] = ()
    default: float | str | None = field(default=None)
    """``None``: the caller must give it."""

    @property
    def bounds(self) -> str:
        """The interval that values must lie in, as a mathematician writes it.

        The choices where there are some.
        """
        if self.kind == "choice":
            return " or ".join(self.choices)
        left = "(" if self.low_open or np.isneginf(self.low) else "["
        right = "]" if not self.high_open and (np.isfinite(self.high) or self.infinite) else ")"
        return f"{left}{self.low:g}, {self.high:g}{right}"

    @property
    def must(self) -> str:
        """What must hold of a value, as the middle of an error sentence."""
        if self.kind == "choice":
            return f"must be one of {', '.join(self.choices)}"
        free = np.isneginf(self.low) and np.isposinf(self.high) and not self.infinite
        nouns = {
            "number": "a finite number" if free else "a number",
            "whole": "a whole number",
            "list": "finite numbers with commas between them",
        }
        return f"must be {nouns[self.kind]}{self._range()}"

    def _range(self) -> str:
        low, high = np.isfinite(self.low), np.isfinite(self.high)
        if low and high and not (self.low_open or self.high_open):
            return f" from {self.low:g} to {self.high:g}"
        parts = []
        if low:
            parts.append(f" above {self.low:g}" if self.low_open else f" of at least {self.low:g}")
        if high:
            parts.append(
                f" below {self.high:g}" if self.high_open else f" of at most {self.high:g}"
            )
        return " and".join(parts)

    def read(self, value: object) -> Array | str:
        """The value as a float64 array (or a choice's name), read from text where it is text.

        Raises ``UnfitError`` with the sentence that says why the value will not do.
        """
        if self.kind == "choice":
            if not isinstance(value, str) or value not in self.choices:
                raise UnfitError(self.must, _shown(value))
            return value
        numbers = self._numbers(value)
        fits = self._fits(numbers)
        if not fits.all():
            wrong = numbers[~fits]
            count = f" ({wrong.size} of {numbers.size} values)" if numbers.size > 1 else ""
            raise UnfitError(self.must, f"{wrong.flat[0]:g}{count}")
        return numbers

    def _numbers(self, value: object) -> Array:
        try:
            if isinstance(value, bool):
                raise ValueError
            if isinstance(value, str):
                parts = [float(part) for part in value.split(",")] if value.strip() else []
                if self.kind != "list" and not parts:
                    raise ValueError
                several = self.kind == "list" or len(parts) > 1
                return np.array(parts if several else parts[0], dtype=np.float64)
            numbers = np.asarray(value, dtype=np.float64)
        except (TypeError, ValueError):
            raise UnfitError(self.must, _shown(value)) from None
        return np.atleast_1d(numbers) if self.kind == "list" else numbers

    def _fits(self, numbers: Array) -> NDArray[np.bool_]:
        above = numbers > self.low if self.low_open else numbers >= self.low
        below = numbers < self.high if self.high_open else numbers <= self.high
        known = ~np.isnan(numbers) if self.infinite else np.isfinite(numbers)
        whole = (numbers == np.floor(numbers)) if self.kind == "whole" else True
        return np.asarray(above & below & known & whole, dtype=np.bool_)

    def with_default(self, default: float | str | None) -> Parameter:
        """The same parameter with a default."""
        return replace(self, default=default)


def number(name: str, title: str, unit: str = "", *, infinite: bool = False) -> Parameter:
    """Any number."""
    return Parameter(name, title, unit, infinite=infinite)


def positive(name: str, title: str, unit: str = "", *, infinite: bool = False) -> Parameter:
    """A number above 0."""
    return Parameter(name, title, unit, low=0.0, low_open=True, infinite=infinite)


def at_least(
    low: float, name: str, title: str, unit: str = "", *, infinite: bool = False
) -> Parameter:
    """A number of at least `low`."""
    return Parameter(name, title, unit, low=low, infinite=infinite)


def within(low: float, high: float, name: str, title: str, unit: str = "") -> Parameter:
    """A number from `low` to `high`."""
    return Parameter(name, title, unit, low=low, high=high)


def share(name: str, title: str, unit: str = "share", *, below_one: bool = False) -> Parameter:
    """A number from 0 to 1; 1 itself left out where the form has no value there."""
    return Parameter(name, title, unit, low=0.0, high=1.0, high_open=below_one)


def open_share(name: str, title: str, unit: str = "share") -> Parameter:
    """A number strictly between 0 and 1."""
    return Parameter(name, title, unit, low=0.0, high=1.0, low_open=True, high_open=True)


def whole(
    low: float, name: str, title: str, unit: str = "", *, infinite: bool = False
) -> Parameter:
    """A whole number of at least `low`."""
    return Parameter(name, title, unit, kind="whole", low=low, infinite=infinite)


def listing(name: str, title: str, unit: str = "") -> Parameter:
    """A list of numbers."""
    return Parameter(name, title, unit, kind="list")


def choice(name: str, title: str, choices: Iterable[str]) -> Parameter:
    """One of some words."""
    return Parameter(name, title, kind="choice", choices=tuple(choices))


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return "nothing" if value is None else str(value)
