"""Extras: packages that only some questions need."""

from __future__ import annotations

from importlib.util import find_spec

from stakhanov.foundation.problem import BadInput, Problem


def need(extra: str, module: str, address: str) -> None:
    """Nothing, where a module of an extra is there. Raises BadInput with the line that installs it."""
    if find_spec(module) is None:
        hint = f"pip install 'stakhanov[{extra}]'"
        raise BadInput([Problem(address, f"must have the package {module}", "it missing", hint)])
