"""Row 5: restriction under a norm that a group shares."""

from __future__ import annotations

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import last, trial

ABOUT = (
    "A norm set on the mean of N workers takes lam/N of the ratchet: restriction vanishes as N grows. "
    "First period, in which groups count as standing above their norm."
)


def table(fast: bool) -> Table:
    """Effort with norms of one's own, of a brigade and of an enterprise."""
    del fast
    checks = []
    for scope, size in (("own", 1), ("brigade", 20), ("enterprise", 1000)):
        revision = {"every": 1, "up": 0.3, "down": 0.3, "basis": "mean", "rate_cut": 1.0}
        run = trial(
            {"norms.scope": scope, "norms.revision": revision},
            {"foresight.interest": 1.0 / 0.9 - 1.0},
            workers=2000,
        )
        loss = 1.0 - float(theory.ratchet(0.3, 0.9))
        expected = 1.0 + 0.22 * (1.0 - loss / size)
        what = f"effort, norm of {size} worker{'s' if size > 1 else ''}"
        checks.append(Check(what, expected, last(run, "effort_mean"), 2e-5, source="1 - loss/N"))
    return Table(5, "Group norm", ABOUT, tuple(checks))
