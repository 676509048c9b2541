"""What a calibration says: to scripts as plain data, to people as tables and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from stakhanov.cli import output
from stakhanov.cli.output import Table

if TYPE_CHECKING:
    from stakhanov.experiments.calibrate import Calibration
    from stakhanov.experiments.what_if import Effect

SAID = "In our model: people with these traits would make such reports; others might as well."


def plain(found: Calibration, name: str, effects: Sequence[Effect] = ()) -> dict[str, Any]:
    """The calibration as scripts read it."""
    return {
        "reports": name,
        "rows": found.reports,
        "workers": found.workers,
        "periods": found.periods,
        "parameters": [
            {
                "address": one.unknown.address,
                "value": one.value,
                "error": one.error,
                "low": one.low,
                "high": one.high,
                "from": one.unknown.low,
                "to": one.unknown.high,
                "met": one.met or None,
                "leans_on": list(one.leans_on),
            }
            for one in found.estimates
        ],
        "correlation": found.correlation.tolist(),
        "hardly_told": list(found.hardly),
        "not_told_apart": [list(some) for some in found.entangled],
        "fit": vars(found.fit),
        "moments": [vars(one) for one in found.moments],
        "settled": found.settled,
        "runs": found.runs,
        "simulated": {"workers": found.base.workers, "periods": found.base.periods},
        "what_if": [
            {
                "measure": str(one.reading),
                "unit": one.reading.about.unit,
                "present": one.present,
                "change": one.change,
                "low": one.low,
                "high": one.high,
            }
            for one in effects
        ],
    }


def screen(found: Calibration, effects: Sequence[Effect]) -> list[str | Table]:
    """Traits, what must be known of them, moments, fit, and what another rule would change."""
    head = (
        f"{found.reports:,} reports, {found.workers:,} workers, {found.periods:,} periods;"
        f" {found.runs:,} runs on shared luck"
    )
    parts: list[str | Table] = [head, "", _estimates(found), ""]
    parts += _cautions(found)
    parts += ["", _moments(found), "", _fit(found)]
    if effects:
        parts += ["", _effects(effects)]
    return [*parts, "", SAID]


def spoken(found: Calibration, effects: Sequence[Effect]) -> list[str]:
    """What a page says before its charts: traits with their intervals, cautions, fit, and what if."""
    traits = [
        f"{one.unknown.address}: {output.number(one.value)}"
        + (f", the {one.met} end." if one.met else f" ({output.between(one.low, one.high)}).")
        for one in found.estimates
    ]
    cautions = [f"{one[0].upper()}{one[1:]}." for one in _cautions(found)]
    what_if = [
        f"What if, {one.reading.said}: {output.number(one.present)} as it is,"
        f" {one.change:+.4g} ({output.between(one.low, one.high)})."
        for one in effects
    ]
    return [*traits, *cautions, _fit(found), *what_if, SAID]


def _estimates(found: Calibration) -> Table:
    rows = [
        (
            one.unknown.address,
            output.number(one.value),
            output.number(one.error),
            f"the {one.met} end" if one.met else output.between(one.low, one.high),
            output.between(one.unknown.low, one.unknown.high),
            "; ".join(one.leans_on[:2]),
        )
        for one in found.estimates
    ]
    heads = ("trait", "estimate", "error", "95 %", "sought in", "leans on")
    return Table(heads, rows, numbers=("estimate", "error"))


def _cautions(found: Calibration) -> list[str]:
    """What must be known before a number is used."""
    told = [
        f"{one.unknown.address} met the {one.met} end of its range: it has no error, and the others"
        " are told as if it were known"
        for one in found.estimates
        if one.met
    ]
    told += [f"{address} hardly moves what the table tells" for address in found.hardly]
    told += [f"cannot be told apart by this table: {', '.join(some)}" for some in found.entangled]
    if not found.settled:
        told.append("the search did NOT come to rest: other ranges, or more workers, may help it")
    return told


def _moments(found: Calibration) -> Table:
    rows = [
        (
            one.moment,
            output.number(one.data),
            output.number(one.error),
            output.number(one.model),
            f"{one.apart:+.1f}",
        )
        for one in found.moments
    ]
    heads = ("moment", "reports", "error", "model", "apart, in errors")
    return Table(heads, rows, numbers=heads[1:])


def _fit(found: Calibration) -> str:
    fit = found.fit
    if fit.reason:
        return f"Fit not tested: {fit.reason}."
    if not fit.degrees:
        return "Fit not tested: as many traits as moments fit anything."
    verdict = "the model does not fit" if fit.chance < 0.05 else "nothing against the model"
    return (
        f"Fit: chi-squared {output.number(fit.statistic)} with {fit.degrees} degrees of freedom,"
        f" chance {fit.chance:.3f}: {verdict}."
    )


def _effects(effects: Sequence[Effect]) -> Table:
    rows = [
        (
            str(one.reading),
            one.reading.about.unit,
            output.number(one.present),
            f"{one.change:+.4g}",
            output.between(one.low, one.high),
        )
        for one in effects
    ]
    heads = ("what if", "unit", "as it is", "change", "95 % of draws")
    return Table(heads, rows, numbers=("as it is", "change"))
