"""Row 12: signs, order and bands of the schemes, all mechanisms on."""

from __future__ import annotations

from typing import Any

from validation.tables import Check, Table
from validation.trials import last, trial

ABOUT = (
    "Twelve periods of the whole model under different schemes, the same people and the same luck. Bands "
    "are wide: the numbers of the prototype are loose cross-checks, signs and order are not."
)
PIECE: dict[str, Any] = {"norms.revision.up": 0.0, "norms.revision.down": 0.0}
TIME: dict[str, Any] = {**PIECE, "pay.piece_share": 0.0, "pay.guarantee": 1.0}
STEEP = [{"from": 0.0, "rate": 1.0}, {"from": 1.0, "rate": 2.0}]
PRIZE = [{"at": 1.0, "amount": 2273}]  # a K of .5 at 1,000 a day and .22 utils a day


def ratchet(scope: str) -> dict[str, Any]:
    """Norms of one scope that follow reports every period, up and down alike."""
    revision = {"every": 1, "up": 0.3, "down": 0.3, "basis": "mean", "rate_cut": 1.0}
    return {"norms.scope": scope, "norms.revision": revision}


def table(fast: bool) -> Table:
    """True output against a time wage, and shares at the norm."""
    workers = 4_000 if fast else 20_000

    def of(rules: dict[str, Any], people: dict[str, Any] | None = None) -> dict[str, float]:
        run = trial(rules, people, workers=workers, periods=12, still=False)
        return {name: last(run, name) for name in ("effort_mean", "at_norm_share", "padded_share")}

    time_wage, piece = of(TIME), of(PIECE)
    own, group = of(ratchet("own")), of(ratchet("enterprise"))
    steep = of({**PIECE, "pay.scale": STEEP})
    notch = of({**PIECE, "pay.bonus": PRIZE}, {"honesty.lying_cost": float("inf")})
    padded = of({**PIECE, "pay.bonus": PRIZE})

    def gain(scheme: dict[str, float]) -> float:
        return scheme["effort_mean"] / time_wage["effort_mean"] - 1.0

    prototype = "prototype, wide band"
    return Table(
        12,
        "Schemes side by side",
        ABOUT,
        (
            Check("effort, piece rate over time wage", 0.21, gain(piece), 0.06, source=prototype),
            Check("effort, own symmetric ratchet", 0.02, gain(own), 0.04, source=prototype),
            Check("effort, the same on the enterprise's norm", 0.20, gain(group), 0.06, source=prototype),
            Check("group ratchet over own", 0.05, gain(group) - gain(own), kind="at least", source="order"),
            Check(
                "share at the norm, progressive less plain", 0.0,
                steep["at_norm_share"] - piece["at_norm_share"], kind="at most", source="a hole",
            ),
            Check(
                "share at the norm, bonus less plain", 0.02,
                notch["at_norm_share"] - piece["at_norm_share"], kind="at least", source="bunching",
            ),
            Check(
                "share at the norm, padding less honest", 0.0,
                padded["at_norm_share"] - notch["at_norm_share"], kind="at least", source="padding",
            ),
            Check("padded share with everybody honest", 0.0, notch["padded_share"], source="neutral"),
        ),
    )  # fmt: skip
