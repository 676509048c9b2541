"""A large report table paid: how long it takes, and how much memory it ever holds.

    python benchmarks/apply.py                      all sizes and kinds; writes docs/benchmarks/apply.md
    python benchmarks/apply.py 1000000.csv ...      these; only says what it finds

A table of 24 periods is made in a temporary folder (TMPDIR says where; 100 million reports take 1.5 GB, and paying
them leaves 10 GB), and `stakhanov apply` is run on it in a process of its own, on one core.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.measured import PAGES, when_and_where
from stakhanov.foundation.markdown import piped

#: Reports, and the kind of file; the large text has more than 2 GB.
CASES = (
    (1_000_000, ".parquet"),
    (1_000_000, ".csv"),
    (56_000_000, ".csv"),
    (100_000_000, ".parquet"),
)
PERIODS = 24
PAGE = PAGES / "apply.md"
CAMPAIGN = "plain-piece-rate"


def make(rows: int, place: Path) -> None:
    """A report table in Parquet, months one after the other: workers by name, reports around the norm."""
    import pyarrow.parquet as pq

    size = rows // PERIODS
    names = "W" + pl.int_range(size, eager=True).cast(pl.String).str.zfill(8)
    writer = None
    for period in range(PERIODS):
        luck = np.random.default_rng(period)
        made = np.round(100.0 * np.exp(0.2 * luck.standard_normal(size)), 3)
        frame = pl.DataFrame(
            {
                "worker": names,
                "period": pl.repeat(
                    date(2020 + period // 12, 1 + period % 12, 1), size, eager=True
                ),
                "shifts": np.full(size, 25, np.int32),
                "norm": np.full(size, 100.0),
                "reported": made,
            }
        ).to_arrow()
        writer = writer or pq.ParquetWriter(place, frame.schema, compression="zstd")
        writer.write_table(frame, row_group_size=500_000)
    assert writer is not None
    writer.close()


def paid(place: Path, folder: Path) -> dict[str, float]:
    """Seconds, seconds of the processor and most memory of paying a table; on one core."""
    command = [
        sys.executable,
        "-m",
        "stakhanov",
        "apply",
        CAMPAIGN,
        str(place),
        "--out",
        str(folder),
    ]
    environment = {**os.environ, "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--json"], env=environment, stdout=subprocess.PIPE, preexec_fn=_on_one_core
    )
    said = process.stdout.read() if process.stdout else b""
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, status
    unit = 1 if platform.system() == "Darwin" else 1024
    return {
        "rows": json.loads(said)["rows"],
        "seconds": time.perf_counter() - began,
        "processor": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * unit,
    }


def _on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def measured(rows: int, kind: str) -> tuple[str, ...]:
    """A row of the page."""
    with tempfile.TemporaryDirectory() as folder:
        place = made = Path(folder) / "reports.parquet"
        make(rows, made)
        if kind == ".csv":
            place = made.with_suffix(kind)
            pl.scan_parquet(made).sink_csv(place)
            made.unlink()
        size = place.stat().st_size
        found = paid(place, Path(folder) / "pay")
    return (
        f"{found['rows']:,.0f}",
        kind.removeprefix("."),
        f"{size / 1e6:,.0f}",
        f"{found['seconds']:,.1f}",
        f"{found['processor']:,.1f}",
        f"{found['rows'] / found['processor'] / 1e6:.2f}",
        f"{found['memory'] / 1e6:,.0f}",
    )


def main() -> int:
    """Measure every size, and write the page if none was asked for."""
    asked = [(int(Path(text).stem), Path(text).suffix) for text in sys.argv[1:]]
    heads = (
        "reports",
        "as",
        "file, MB",
        "seconds",
        "of the processor",
        "million a second of it",
        "peak memory, MB",
    )
    rows = [measured(*case) for case in asked or CASES]
    lines = piped(heads, rows)
    sys.stdout.write("\n".join(lines) + "\n")
    if not asked:
        about = (
            f"`stakhanov apply {CAMPAIGN}` on a file of {PERIODS} periods, one thread, start and all files\n"
            "(pay as Parquet and CSV, ranks) included. Seconds on the clock were waited for with whoever else was on\n"
            "the machine; seconds of the processor are what paying takes. No more than one period is in memory; a\n"
            "text larger than five million reports is put into a temporary Parquet file once it is checked."
        )
        page = [
            "# Paying large tables",
            "",
            when_and_where("apply.py").partition(" The whole")[0],
            "",
            about,
            "",
            *lines,
            "",
        ]
        PAGE.write_text("\n".join(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
