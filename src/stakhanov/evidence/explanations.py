"""What else brings a finding about: the innocent explanations of every test."""

from __future__ import annotations

_AIMED = (
    "People press on until the norm and ease off behind it, because pay, a bonus or honour begins there:"
    " that is effort."
)
_AFTER = "The norm was set or corrected when the output was already known."
_CARRIED = "Work beyond the norm is carried into the next period, or kept back for a worse one."
_UNITS = "Output is counted in lots or rounded, so that some values cannot occur."

EXPLANATIONS: dict[str, tuple[str, ...]] = {
    "density-jump": (_AIMED, _AFTER, _CARRIED, _UNITS),
    "density-slope": (
        "The rate of pay changes at the norm.",
        "Output above the norm raises the next norm, so that it is dear to exceed it.",
        _AIMED,
    ),
}
