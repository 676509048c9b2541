"""The nearest known name: what somebody may have meant who wrote a name that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: So many of the names that there are, are told; of more, how many.
TOLD = 40
#: From which likeness on a name may be meant, of 100.
ALIKE = 50


def hint_of(name: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """The hint of a name that is not there: the nearest known one.

    Where none is near: `otherwise`, or else the names that there are, if there are any.
    """
    names = list(known)
    near = nearest(name, names)
    if near:
        return f"did you mean {near}?"
    if otherwise is not None:
        return otherwise
    return f"there are: {listed(names, TOLD)}" if names else ""


def nearest(name: str, known: Iterable[str], alike: float = ALIKE) -> str:
    """The nearest known name; nothing where none is as much alike, of 100."""
    from rapidfuzz import process

    near = process.extractOne(name, list(known))
    return near[0] if near and near[1] >= alike and _meant(name, near[0], alike) else ""


def _meant(name: str, near: str, alike: float) -> bool:
    """Whether a name may be meant: as a whole, or as the longer one that a name begins or is part of."""
    from rapidfuzz import fuzz

    return fuzz.ratio(name, near) >= alike or (len(name) > 2 and name in near)


def listed(names: Sequence[str], most: int = 12) -> str:
    """Names as a sentence tells them: the first ones, and how many more."""
    told = ", ".join(names[:most])
    return told if len(names) <= most else f"{told} and {len(names) - most:,} more"
