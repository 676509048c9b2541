"""Row 5: restriction under a norm that a group shares."""

from __future__ import annotations

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import last, own_norms, trial

ABOUT = (
    "A norm set on the mean of N workers takes lam/N of the ratchet: restriction vanishes as N grows. "
    "First period, in which groups count as standing above their norm."
)
SCOPES = (("own", 1), ("brigade", 5), ("brigade", 20), ("enterprise", 1000), ("branch", 2000))


def table(fast: bool) -> Table:
    """Effort with norms of one's own, of brigades, of an enterprise and of a branch."""
    del fast
    checks = []
    for scope, size in SCOPES:
        people = {"foresight.interest": 1.0 / 0.9 - 1.0}
        if scope == "brigade":
            people["size.brigade"] = size
        run = trial(own_norms(0.3, 0.3, scope=scope), people, workers=2000)
        expected = 1.0 + 0.22 * float(theory.ratchet(0.3, 0.9, group=size))
        what = f"effort, norm of {size} worker{'s' if size > 1 else ''}"
        checks.append(Check(what, expected, last(run, "effort_mean"), 2e-5, source="1 - loss/N"))
    return Table(5, "Group norm", ABOUT, tuple(checks))
