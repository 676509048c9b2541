"""Which backend computes: the compiled one where it can, the reference twin when asked."""

from __future__ import annotations

from stakhanov.engine.world import Backend
from stakhanov.foundation.problem import BadInput, Problem

NAMES = ("auto", "cpu", "reference", "reference-single")


def choose(name: str) -> Backend:
    """A backend by name; the compiler is loaded only when it is needed."""
    if name in ("auto", "cpu"):
        from stakhanov.engine.backends.cpu import Cpu

        return Cpu()
    if name in ("reference", "reference-single"):
        from stakhanov.engine.backends.reference import Reference

        return Reference(single=name != "reference")
    raise BadInput([Problem("backend", f"must be one of {', '.join(NAMES)}", name)])
