"""The ledger of a run: what each closed period adds to its tables."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.engine.books import Books
from stakhanov.engine.measures import Context, measures_of, national_measures, whole_run
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import State
from stakhanov.engine.tally import FULFILMENT_BINS, Tally

EVERYBODY = "all"

RECORD_SCHEMA = {
    "period": pl.Int32,
    "shift": pl.Int32,
    "branch": pl.String,
    "contest": pl.String,
    "worker": pl.String,
    "output": pl.Float64,
    "norm": pl.Float64,
    "multiple": pl.Float64,
    "staged": pl.Boolean,
    "crew": pl.Int32,
}

AWARD_SCHEMA = {
    "period": pl.Int32,
    "branch": pl.String,
    "prize": pl.String,
    "winners": pl.Int64,
    "amount": pl.Int64,
    "reported": pl.Float64,
    "true": pl.Float64,
    "padded": pl.Int64,
}


@dataclass
class Ledger:
    """Series, histograms, records and prizes so far, and the sum of all books."""

    first_norm: float
    periods: list[dict[str, dict[str, float]]] = field(default_factory=list)
    histograms: list[NDArray[np.int64]] = field(default_factory=list)  # (true, reported) x bins
    records: list[dict[str, Any]] = field(default_factory=list)
    awards: list[dict[str, Any]] = field(default_factory=list)
    total: Tally = field(default_factory=Tally)
    context: Context = field(default_factory=lambda: Context(1.0, 0.0))

    def enter(self, period: int, rules: Rules, state: State, books: Books) -> dict[str, float]:
        """Write one period down; returns everybody's measures of it."""
        everybody = Tally.of(books.tallies)
        self.context = Context(self.first_norm, float(state.record_multiple.max(initial=0.0)))
        if period == 0:
            state.nation.first_reported = measures_of(everybody, self.context)["reported_output"]
        plan = state.nation.first_reported * rules.plan_growth
        rows = {EVERYBODY: measures_of(everybody, self.context)}
        rows[EVERYBODY] |= national_measures(state.nation, everybody.count("workers"), plan)
        if state.layout.branches > 1:
            rows |= self._by_branch(state, books)
        self.periods.append(rows)
        self.histograms.append(np.stack([everybody.true, everybody.reported]))
        for record in books.records:
            self.records.append({"period": period, "shift": rules.shifts - 1, **asdict(record)})
        self.awards += [{"period": period, **asdict(award)} for award in books.awards]
        self.total += everybody
        return rows[EVERYBODY]

    def _by_branch(self, state: State, books: Books) -> dict[str, dict[str, float]]:
        rows = {}
        for branch, name in enumerate(state.layout.branch_names):
            context = self.context._replace(record=float(state.record_multiple[branch]))
            tally = books.tallies[branch]
            if tally.count("workers"):
                rows[name] = measures_of(tally, context) | {
                    "workers": float(tally.count("workers"))
                }
        return rows

    def measures(self) -> dict[str, float]:
        """Measures of the whole run."""
        return dict(whole_run([rows[EVERYBODY] for rows in self.periods], self.total, self.context))

    def everybody(self) -> dict[str, list[float]]:
        """Everybody's series, by measure: one value a period."""
        first = self.periods[0][EVERYBODY]
        return {name: [rows[EVERYBODY][name] for rows in self.periods] for name in first}

    def series(self) -> pl.DataFrame:
        """`period, branch, measure, value`; the branch "all" is everybody."""
        rows = [
            (period, branch, measure, value)
            for period, branches in enumerate(self.periods)
            for branch, measures in branches.items()
            for measure, value in measures.items()
        ]
        schema = {
            "period": pl.Int32,
            "branch": pl.String,
            "measure": pl.String,
            "value": pl.Float64,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")

    def histogram(self) -> pl.DataFrame:
        """`period, kind, bin, count`: fulfilment in per cent of the norm, the last bin open."""
        periods = len(self.histograms)
        counts = (
            np.concatenate([h.ravel() for h in self.histograms])
            if periods
            else np.zeros(0, np.int64)
        )
        return pl.DataFrame(
            {
                "period": np.repeat(np.arange(periods, dtype=np.int32), 2 * FULFILMENT_BINS),
                "kind": np.tile(np.repeat(["true", "reported"], FULFILMENT_BINS), periods),
                "bin": np.tile(np.arange(FULFILMENT_BINS, dtype=np.int32), 2 * periods),
                "count": counts,
            }
        )

    def record_table(self) -> pl.DataFrame:
        """The chronology of records."""
        return pl.DataFrame(self.records, schema=RECORD_SCHEMA)

    def award_table(self) -> pl.DataFrame:
        """The prizes given: `period, branch, prize, winners, amount, reported, true, padded`."""
        return pl.DataFrame(self.awards, schema=AWARD_SCHEMA)

    def frozen(self) -> tuple[str, dict[str, NDArray[np.int64]]]:
        """The ledger as JSON text and arrays, for a checkpoint."""
        total = self.total
        text = json.dumps(
            {
                "first_norm": self.first_norm,
                "periods": self.periods,
                "records": self.records,
                "awards": self.awards,
                "quantities": total.quantities,
                "counts": total.counts,
                "context": self.context,
            }
        )
        arrays = {name: getattr(total, name) for name in ("true", "reported", "pay", "output")}
        return text, {"histograms": np.array(self.histograms), **arrays}

    @classmethod
    def thawed(cls, text: str, arrays: dict[str, NDArray[np.int64]]) -> Ledger:
        """The ledger that `frozen` wrote."""
        plain = json.loads(text)
        bins = {name: arrays[name] for name in ("true", "reported", "pay", "output")}
        return cls(
            first_norm=plain["first_norm"],
            periods=plain["periods"],
            histograms=list(arrays["histograms"]),
            records=plain["records"],
            awards=plain["awards"],
            total=Tally(plain["quantities"], plain["counts"], **bins),
            context=Context(*plain["context"]),
        )
