"""Closed forms that claims name: their answer at one point."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stakhanov.foundation.problem import BadInput
from stakhanov.guide.terms import ClosedForm

if TYPE_CHECKING:
    from stakhanov.theory import Form


def form_of(name: str) -> Form | None:
    """A closed form of the catalogue."""
    from stakhanov.theory import catalogue

    return catalogue().get(name)


def evaluated(form: ClosedForm | None, key: str = "value") -> float | None:
    """The answer of a closed form, or one of its answers by key; None where there is none."""
    if form is None:
        return None
    try:
        answer = answer_of(form)
    except (BadInput, ArithmeticError, ValueError, TypeError):
        return None
    if isinstance(answer, dict):
        return answer.get(key)
    return answer if key == "value" else None


def answer_of(form: ClosedForm) -> float | dict[str, float]:
    """The answer of a closed form. Raises BadInput where it is unknown or asked wrongly."""
    settings = tuple(sorted((key.replace("-", "_"), str(value)) for key, value in form.set.items()))
    return _answer(form.name, settings)


@lru_cache(maxsize=512)
def _answer(name: str, settings: tuple[tuple[str, str], ...]) -> float | dict[str, float]:
    found = form_of(name)
    if found is None:
        from stakhanov.foundation.problem import Problem

        raise BadInput([Problem("theory.name", "must be the name of a closed form", name)])
    answer = found.evaluate(**dict(settings))
    if isinstance(answer, dict):
        return {key: float(value) for key, value in answer.items()}
    return float(answer)
