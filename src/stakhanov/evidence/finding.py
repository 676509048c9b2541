"""What a test found in reports, or why it does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One test of one group.

    `estimate` lies between `low` and `high` with 95 % confidence, workers being what varies (an end that
    reports say nothing about is infinite); `unit` says in
    what it is counted, `says` what it is. `false_alarm`: how often honest reports of this number and make
    would show as much or more. `unusual`: whether it stands out among all tests and groups together.
    `explanations` are innocent: what else brings the same about. `details`: numbers behind the estimate.
    """

    test: str
    group: str
    estimate: float
    low: float
    high: float
    unit: str
    says: str
    false_alarm: float
    reports: int
    workers: int
    unusual: bool = False
    explanations: tuple[str, ...] = ()
    details: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Numbers as Python has them, whatever the estimator counted with: they are read at a prompt."""
        for name in ("estimate", "low", "high", "false_alarm"):
            object.__setattr__(self, name, float(getattr(self, name)))
        object.__setattr__(self, "details", {key: float(v) for key, v in self.details.items()})


@dataclass(frozen=True)
class Refusal:
    """A test that does not apply to a group, with the reason."""

    test: str
    group: str
    reason: str


Outcome = Finding | Refusal
