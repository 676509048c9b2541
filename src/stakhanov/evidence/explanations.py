"""What else brings a finding about: the innocent explanations of every test."""

from __future__ import annotations

_AIMED = (
    "People press on until the norm and ease off behind it, because pay, a bonus or honour begins there:"
    " that is effort."
)
_AFTER = "The norm was set or corrected when the output was already known."
_CARRIED = "Work beyond the norm is carried into the next period, or kept back for a worse one."
_UNITS = "Output is counted in lots or rounded, so that some values cannot occur."

_ROUND = "People name round numbers, or the norm is itself a round number."
_FORESEEN = (
    "Whoever set the norm knew what would be made: the product, the machine, the season, the crew."
)
_LEARNING = (
    "A norm that is set from what was seen follows it without any intention: that is learning."
)

EXPLANATIONS: dict[str, tuple[str, ...]] = {
    "density-jump": (_AIMED, _AFTER, _CARRIED, _UNITS),
    "density-slope": (
        "The rate of pay changes at the norm.",
        "Output above the norm raises the next norm, so that it is dear to exceed it.",
        _AIMED,
    ),
    "bunching": (_AIMED, _AFTER, _CARRIED, _ROUND),
    "norm-excess": (_AIMED, _AFTER, _CARRIED, _ROUND, _UNITS),
    "late-norms": (
        _FORESEEN,
        "People work to the norm, so that output follows the norm and not the norm the output.",
        "The norm follows output of longer before, or of people who are not in the table.",
        "The norm was corrected for breakdowns or lack of material, as the rules may demand.",
    ),
    "ratchet-up": (
        _LEARNING,
        _FORESEEN,
        "Better equipment raised output first and the norm afterwards.",
    ),
    "ratchet-down": (
        _LEARNING,
        "Norms that were too high are mended: what is extreme once is less extreme the next time.",
    ),
    "storming": (
        "Material, orders or parts arrive late in the month.",
        "Work begun early is finished, counted and dated at the end.",
        "Holidays, repairs or short weeks fall on one part of the month.",
    ),
    "record": (
        "A crew, longer hours, a prepared place or another machine stood behind one name.",
        "The norm of that report was unusually low, or for other work.",
        "A slip of the pen: a wrong unit, a decimal point.",
        "Somebody is that good: what is extreme for all may be usual for one.",
    ),
    "last-digits": (
        _ROUND,
        "Pay or counting goes by tens or hundreds, so that it is worth completing one.",
        "Output comes in boxes, pallets or lots.",
    ),
    "first-digits": (
        "One product or one norm keeps outputs within a range where Benford's law does not hold.",
        "Limits of machines, orders or hours cut the distribution off.",
    ),
}
