"""What a finding cannot tell apart, and which data would."""

from __future__ import annotations

from collections.abc import Iterable

#: For every test: the stories that fit it alike, and what would part them.
RIVALS: dict[str, tuple[str, str]] = {
    "density-jump": (
        "Effort that aims at the line, reports that were moved over it, norms written afterwards, and work"
        " carried into the next period.",
        "Counts by the hour or by the piece (effort rises before the line, a moved report does not); the time"
        " at which each norm was entered; stock or deliveries of the same days; what an audit of a random"
        " sample found.",
    ),
    "density-slope": (
        "A rate of pay that changes at the norm, and a norm that follows whoever exceeds it.",
        "The pay scale; the dates and reasons of norm revisions; workers whose norm is set for a group.",
    ),
    "late-norms": (
        "Norms written to the report, norms that foresaw it, and people who work to the norm.",
        "The time at which each norm was entered or last changed; the plan of products and crews that the norm"
        " setter had.",
    ),
    "ratchet-up": (
        "Norms that take what was given, norm setters who learn, and equipment that raised both.",
        "Dates of new equipment and products; norms that were set without knowing the reports; what people do"
        " when the revision is near.",
    ),
    "storming": (
        "A rush of work, input that comes late, and dates that were put on afterwards.",
        "Deliveries, hours and energy by day; rejects and returns by day of make; the first days of the month"
        " after.",
    ),
    "record": (
        "A person, a crew under one name, another norm, and a slip of the pen.",
        "Who worked on that shift, on which machine, for how many hours, and by what norm.",
    ),
    "last-digits": (
        "Figures that were thought up, and counting or paying by tens.",
        "The counting sheets; how output is packed; the rule of pay.",
    ),
    "first-digits": (
        "Figures that were thought up, and outputs that are bounded.",
        "The same digits for a product or a plant without limits.",
    ),
}
SAME = {"bunching": "density-jump", "norm-excess": "density-jump", "ratchet-down": "ratchet-up"}


def rivals(tests: Iterable[str]) -> list[tuple[str, str]]:
    """Stories and parting data for the tests, each pair once."""
    named = dict.fromkeys(SAME.get(test, test) for test in tests)
    return [RIVALS[test] for test in named]
