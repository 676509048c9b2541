"""The reference of measures, from the catalogue: ``python docs/generate/measures.py [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from stakhanov.foundation.measures import MEASURES, SERIES, Measure

PAGE = Path(__file__).parents[1] / "reference" / "measures.md"
ABOUT = """# Measures

A measure is a named outcome with a unit. True and reported output are two quantities, always. Norm-units: 1.0 is 100 %
of the first norm in a shift; a worker-period is one worker through one period.

## Of a run

Told by `stakhanov run`, compared by experiments, and kept by period and branch in `series.parquet`
([results](results.md)). Of the whole run they are taken over all worker-periods together, levels in the last period.
"""
MORE = """
## Only by period

Kept in `series.parquet` besides.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([ABOUT, *_table(MEASURES), MORE, *_table(SERIES), ""])


def _table(catalogue: Mapping[str, Measure]) -> Iterator[str]:
    yield "| name | title | unit | what it is |"
    yield "|---|---|---|---|"
    for name, measure in catalogue.items():
        yield f"| `{name}` | {measure.title} | {measure.unit} | {measure.definition} |"


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
        if stale:
            sys.stderr.write(f"{PAGE.name}: is out of date; `make docs` writes it anew\n")
        sys.exit(stale)
    PAGE.write_text(page(), encoding="utf-8")
