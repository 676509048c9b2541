"""Closed forms as declared objects that know their formula, source and parameters.

A closed form is a pure function of numbers. `declare` puts it in the catalogue under its name with
dashes and checks the arguments at this one border, gathering every problem; the function itself
then trusts them.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np

from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.theory.parameters import Array, Parameter, UnfitError

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Relation:
    """What must hold between several parameters of a form."""

    name: str
    must: str
    others: tuple[str, ...]
    holds: Callable[..., object]
    """Takes the values of `name` and `others`, in that order; true wherever they go together."""

    def problem(self, form: str, values: Mapping[str, Array | str]) -> Problem | None:
        """The problem where the relation fails, told with the values that break it."""
        keys = (self.name, *self.others)
        if any(key not in values for key in keys):
            return None
        try:
            if np.all(np.asarray(self.holds(*(values[key] for key in keys)))):
                return None
        except ValueError:  # shapes that do not broadcast
            pass
        found = ", ".join(f"{key} {_brief(values[key])}" for key in keys)
        return Problem(f"{form}.{self.name}", self.must, found)


@dataclass(frozen=True)
class Form:
    """A closed form: what it says, where it is from, what it asks for, and `evaluate`."""

    name: str
    title: str
    formula: str
    gives: str
    """What the value is, with its unit; several values are named."""
    source: str
    parameters: tuple[Parameter, ...]
    relations: tuple[Relation, ...]
    function: Callable[..., Any]

    def evaluate(self, **values: object) -> float | dict[str, float]:
        """The value at one point; a dictionary where the form has several values.

        Arguments are numbers or text. Raises `BadInput` with every problem found.
        """
        read, problems = self.read(values)
        hint = f"stakhanov theory {self.name} and the Python function take lists"
        for key, given in self._several(read).items():
            address = f"{self.name}.{key}"
            problems.append(Problem(address, "must be one number", f"{given.size}", hint))
        if problems:
            raise BadInput(problems)
        result = self.value(read)
        if hasattr(result, "_asdict"):
            return {key: float(value) for key, value in result._asdict().items()}
        return float(result)

    def evaluate_along(self, **values: object) -> Along:
        """The values where some keys have several numbers each: the first of all, the second of all, and so on.

        Raises `BadInput` with every problem found.
        """
        read, problems = self.read(values)
        several = self._several(read)
        sizes = {key: given.size for key, given in several.items()}
        if len(set(sizes.values())) > 1:
            found = ", ".join(f"{key} has {size}" for key, size in sizes.items())
            must = "must have as many values at every key that has several"
            problems.append(Problem(self.name, must, found))
        if problems:
            raise BadInput(problems)
        result = self.value(read)
        parts = result._asdict() if hasattr(result, "_asdict") else {"value": result}
        shape = next(iter(several.values())).shape if several else (1,)
        along = {key: np.broadcast_to(part, shape).tolist() for key, part in parts.items()}
        return Along({key: given.tolist() for key, given in several.items()}, along)

    def _several(self, read: Mapping[str, Array | str]) -> dict[str, Array]:
        """The keys of one number that were given several, with them."""
        kinds = {parameter.name: parameter.kind for parameter in self.parameters}
        return {
            key: value
            for key, value in read.items()
            if kinds[key] in ("number", "whole") and isinstance(value, np.ndarray) and value.ndim
        }

    def value(self, read: Mapping[str, Array | str]) -> Any:
        """What the function gives for arguments that were read.

        Infinity is an answer; no number is none, and is told. Raises `BadInput` where arguments
        are so large or small that double precision cannot hold what lies between them and the
        value.
        """
        with np.errstate(all="ignore"):
            result = self.function(**read)
        parts = result if isinstance(result, tuple) else (result,)
        lost = sum(int(np.count_nonzero(np.isnan(part))) for part in parts)
        if lost:
            size = sum(int(np.size(part)) for part in parts)
            must = "must have arguments whose terms double precision can hold"
            given = ", ".join(f"{key} {_brief(value)}" for key, value in read.items())
            found = (
                f"no number for {lost} of {size} values" if size > 1 else f"no number for {given}"
            )
            raise BadInput([Problem(self.name, must, found)])
        return result

    def read(self, values: Mapping[str, object]) -> tuple[dict[str, Array | str], list[Problem]]:
        """The values as arrays, defaults filled in, with every problem found on the way."""
        read: dict[str, Array | str] = {}
        problems = [self._unknown(key) for key in values if key not in self._keys()]
        for parameter in self.parameters:
            value = values.get(parameter.name, parameter.default)
            address = f"{self.name}.{parameter.name}"
            if value is None:
                problems.append(Problem(address, "must be given", "nothing", parameter.title))
                continue
            try:
                read[parameter.name] = parameter.read(value)
            except UnfitError as unfit:
                problems.append(Problem(address, unfit.must, unfit.found))
        if not problems:
            broken = (relation.problem(self.name, read) for relation in self.relations)
            problems = [problem for problem in broken if problem is not None]
        return read, problems

    def _keys(self) -> list[str]:
        return [parameter.name for parameter in self.parameters]

    def _unknown(self, key: str) -> Problem:
        hint = hint_of(key, self._keys(), f"it takes {', '.join(self._keys())}")
        return Problem(f"{self.name}.{key}", "must be a key of this form", f'"{key}"', hint)


@dataclass(frozen=True)
class Along:
    """Values of a form along keys that were given several numbers; every list is as long as the others."""

    given: dict[str, list[float]]
    values: dict[str, list[float]]
    """By the name of the value, which is `value` where the form has one."""


_FORMS: dict[str, Form] = {}


def declare(
    *parameters: Parameter,
    title: str,
    formula: str,
    gives: str,
    source: str,
    relations: tuple[Relation, ...] = (),
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Put a function of numbers into the catalogue, its arguments checked and broadcast.

    Defaults are read from the function's signature, so that nothing is stated twice.
    """

    def enter(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        form = Form(
            name=function.__name__.replace("_", "-"),
            title=title,
            formula=formula,
            gives=gives,
            source=source,
            parameters=_with_defaults(parameters, signature),
            relations=relations,
            function=function,
        )
        if form.name in _FORMS:
            raise ValueError(f"two closed forms are called {form.name}")
        _FORMS[form.name] = form

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            read, problems = form.read(signature.bind(*args, **kwargs).arguments)
            if problems:
                raise BadInput(problems)
            return cast("R", _plain(form.value(read)))

        return checked

    return enter


def catalogue() -> dict[str, Form]:
    """Every closed form by its name, such as ``asymmetric-ratchet``, in alphabetical order."""
    return dict(sorted(_FORMS.items()))


def _with_defaults(
    parameters: tuple[Parameter, ...], signature: inspect.Signature
) -> tuple[Parameter, ...]:
    given = {key: one.default for key, one in signature.parameters.items()}
    if list(given) != [parameter.name for parameter in parameters]:
        raise ValueError(f"the declared parameters are not those of the function: {list(given)}")
    empty = inspect.Parameter.empty
    return tuple(
        parameter
        if given[parameter.name] is empty
        else parameter.with_default(given[parameter.name])
        for parameter in parameters
    )


def _plain(result: object) -> object:
    """Plain floats instead of arrays without axes."""
    if isinstance(result, tuple):
        return cast("Any", type(result))(*[_plain(part) for part in result])
    if isinstance(result, str):
        return result
    numbers = np.asarray(result, dtype=np.float64)
    return numbers if numbers.ndim else float(numbers)


def _brief(value: Array | str) -> str:
    if isinstance(value, str):
        return value
    flat = [f"{one:g}" for one in value.ravel()[:6]]
    more = ["..."] if value.size > 6 else []
    return ",".join(flat + more) if flat else "no number"
