"""Row 4: the ratchet in the engine."""

from __future__ import annotations

from typing import Any

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import last, trial

ABOUT = (
    "Own norms revised every period with full rate cuts and full foresight: the piece rate counts for "
    "b (1 - delta)/(1 - delta + lam delta) (Weitzman 1980), interest 1/delta - 1 a period."
)


def table(fast: bool) -> Table:
    """Effort under symmetric and partial ratchets, first period."""
    del fast
    checks = []
    for up, delta in ((0.3, 0.9), (0.5, 0.95), (1.0, 0.9)):
        kept = float(theory.ratchet(up, delta))
        run = trial(rules(up), {"foresight.interest": 1.0 / delta - 1.0}, workers=1000)
        what = f"effort at lam = {up:g}, delta = {delta:g}"
        checks.append(
            Check(what, 1.0 + 0.22 * kept, last(run, "effort_mean"), 2e-5, source="b_eff of theory")
        )
    blind = trial(rules(0.3), {"foresight.share": 0.0}, workers=1000)
    found = last(blind, "effort_mean")
    checks.append(Check("effort without foresight", 1.22, found, 2e-5, source="e = d + b"))
    return Table(4, "Ratchet", ABOUT, tuple(checks))


def rules(share: float) -> dict[str, Any]:
    """Own norms that follow reports by a share, up and down alike."""
    revision = {"every": 1, "up": share, "down": share, "basis": "mean", "rate_cut": 1.0}
    return {"norms.scope": "own", "norms.revision": revision}
