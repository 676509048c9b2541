"""Measures of a period, of a branch or of a whole run, from the books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stakhanov.engine.state import Nation
from stakhanov.engine.tally import Tally, gini, quantiles


class Context(NamedTuple):
    """What the sums do not know."""

    first_norm: float
    record: float  # best multiple of the norm so far


def measures_of(tally: Tally, context: Context) -> dict[str, float]:
    """Every measure of the catalogue, from the sums of any set of worker-periods."""
    per_shift = tally.count("worker_shifts")
    workers = tally.count("workers")

    def rate(name: str) -> float:
        return tally.quantity(name) / per_shift if per_shift else float("nan")

    reported = tally.quantity("reported")
    true = tally.quantity("true")
    pays, outputs = quantiles(tally.pay, 0.1, 0.9), quantiles(tally.output, 0.1, 0.5, 0.9)
    return {
        "true_output": rate("true"),
        "reported_output": rate("reported"),
        "padded_share": tally.quantity("padding") / reported if reported else 0.0,
        "fulfilment_mean": tally.mean("fulfilment"),
        "below_norm_share": tally.share("below_norm"),
        "at_norm_share": tally.share("at_norm"),
        "stakhanovite_share": tally.share("titles"),
        "norm_level": tally.mean("norm") / context.first_norm,
        "pay_mean": tally.count("pay") / workers if workers else float("nan"),
        "pay_gini": gini(tally.pay),
        "pay_p10": pays[0],
        "pay_p90": pays[1],
        "output_p10": outputs[0],
        "output_p50": outputs[1],
        "output_p90": outputs[2],
        "morale_mean": tally.mean("morale"),
        "trust_mean": tally.mean("trust"),
        "strain_mean": tally.mean("strain"),
        "aspiration_mean": tally.mean("aspiration"),
        "effort_mean": tally.mean("effort"),
        "quit_rate": tally.share("quits"),
        "accident_rate": tally.share("accidents"),
        "record_level": context.record,
        "audited_caught_share": tally.share("caught", of="padded")
        if tally.count("padded")
        else 0.0,
        "storming_index": 3.0 * tally.quantity("last_third") / true if true else float("nan"),
    }


def national_measures(nation: Nation, workers: int, plan: float) -> dict[str, float]:
    """What belongs to everybody at once."""
    return {
        "plan": plan,
        "workers": float(workers),
        "technology": nation.technology,
        "credibility": nation.credibility,
        "published_level": nation.published,
        "exposure": nation.exposure,
    }


def whole_run(
    by_period: list[dict[str, float]], total: Tally, context: Context
) -> Mapping[str, float]:
    """Measures of the run: of all worker-periods together, except levels, which are the last ones."""
    measures = measures_of(total, context)
    return {**measures, "norm_level": by_period[-1]["norm_level"]}
