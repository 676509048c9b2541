"""Options that several commands share, and how their text is read: every problem gathered."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

import typer

from stakhanov.foundation.problem import BadInput, Problem

Json = Annotated[
    bool, typer.Option("--json", help="One JSON object on standard output, nothing else there.")
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="ADDRESS=VALUE",
        help="A value at an address, held for the whole run; may be given many times.",
    ),
]

#: Digits of a whole number that anybody could mean.
MOST_DIGITS = 30


class Gathered:
    """Problems gathered on the way: `with gathered:` keeps those of a step, `tell` raises all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __enter__(self) -> Gathered:
        """Keep the problems of a step, and go on to the next."""
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Swallow bad input, nothing else."""
        if isinstance(error, BadInput):
            self.problems += error.problems
            return True
        return False

    def tell(self) -> None:
        """Raise BadInput if there are any, each told once."""
        if self.problems:
            raise BadInput(dict.fromkeys(self.problems))

    def whole(self, name: str, text: str | None, low: int) -> int | None:
        """A whole number of at least `low`; None where nothing was given or it will not do."""
        number = _whole(text)
        if text is not None and (number is None or number < low):
            self.problems.append(Problem(name, f"must be a whole number of at least {low}", text))
            return None
        return number

    def number(self, name: str, text: str) -> float:
        """A number. Raises BadInput."""
        try:
            return float(text)
        except ValueError:
            raise BadInput([Problem(name, "must be a number", text)]) from None

    def number_or_all(self, name: str, text: str | None, low: int) -> int | Literal["all"] | None:
        """A whole number of at least `low`, or "all"."""
        if text == "all":
            return "all"
        number = _whole(text)
        if text is not None and (number is None or number < low):
            must = f'must be a whole number of at least {low}, or "all"'
            self.problems.append(Problem(name, must, text))
            return None
        return number

    def texts(self, option: str, given: Sequence[str] | None, twice: str = "") -> dict[str, str]:
        """`KEY=TEXT` options as texts by key; `twice` is the hint for whoever says one again."""
        found: dict[str, str] = {}
        for one in given or ():
            key, sign, text = one.partition("=")
            key = key.strip()
            if not sign or not key:
                self.problems.append(Problem(option, "must be given as KEY=VALUE", one))
            elif key in found:
                self.problems.append(
                    Problem(f"{option} {key}", "must be given once", "it twice", twice)
                )
            else:
                found[key] = text.strip()
        return found

    def settings(self, option: str, given: Sequence[str] | None) -> dict[str, Any]:
        """`ADDRESS=VALUE` options as values by address."""
        return {key: value_of(text) for key, text in self.texts(option, given).items()}

    def spans(self, option: str, given: Sequence[str] | None) -> dict[str, tuple[float, float]]:
        """`ADDRESS=FROM:TO` options as ends by address, each address once."""
        from stakhanov.experiments.sweep import span_of

        found: dict[str, tuple[float, float]] = {}
        for text in given or ():
            with self:
                address, low, high = span_of(text, option)
                if address in found:
                    self.problems.append(Problem(address, "must be given once", "it twice"))
                found[address] = (low, high)
        return found


def value_of(text: str) -> Any:
    """A value as a campaign file has it: number, true, list, date, table; else the text itself."""
    try:
        read = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):  # no TOML, or more of it than anybody could mean
        return text
    return read["value"] if read.keys() == {"value"} else text


def _whole(text: str | None) -> int | None:
    """A whole number as people write it: 100000, 100_000, 1e6."""
    if text is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if (
        not number.is_finite()
        or number.adjusted() > MOST_DIGITS
        or number != number.to_integral_value()
    ):
        return None
    return int(number)
