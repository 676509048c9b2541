"""How benchmarks measure: every case in a process of its own, in turn, the best of some rounds."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parents[1] / "docs" / "benchmarks"
#: The page that names the others.
LIST = "README.md"
CALL = "import json, sys, {module} as m; print(json.dumps(m.measure(*sys.argv[1:])))"


def in_processes(
    module: str, rows: Sequence[tuple[Any, ...]], rounds: int
) -> list[dict[str, float]]:
    """What `module.measure` finds for each row: the round with the best rate of several, the rows in turn."""
    best: list[dict[str, float]] = [{"rate": 0.0} for _ in rows]
    for _ in range(rounds):
        for i, row in enumerate(rows):
            command = [sys.executable, "-c", CALL.format(module=module), *map(str, row)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found = json.loads(done.stdout.splitlines()[-1])
            best[i] = max(best[i], found, key=lambda one: one["rate"])
    return best


def add_threads(number: int) -> None:
    """Let the libraries below use no more threads than a row says."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
        os.environ.setdefault(name, str(number))


def peak() -> int:
    """Most memory that this process ever held, bytes."""
    unit = 1 if platform.system() == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def when_and_where(script: str) -> str:
    """By what and on what a page was written."""
    from stakhanov.foundation.record import processor

    return (
        f"Written by `benchmarks/{script}` on: {processor()}, {os.cpu_count()} cores. The whole model, reports and pay"
        " included.\nMachines are shared and noisy: read the ratios."
    )


def page(name: str, lines: Sequence[str]) -> None:
    """Write a page, name it in the list of all, and show it."""
    PAGES.mkdir(exist_ok=True)
    (PAGES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (PAGES / LIST).write_text("\n".join(listed(PAGES)) + "\n", encoding="utf-8")
    print("\n".join(lines))


def listed(folder: Path) -> list[str]:
    """The list of all pages of a folder, by their titles."""
    pages = sorted(page for page in folder.glob("*.md") if page.name != LIST)
    titles = [page.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ") for page in pages]
    rows = [f"- [{title}]({page.name})" for title, page in zip(titles, pages, strict=True)]
    return [
        "# Benchmarks",
        "",
        "What was measured, each page written by a script in `benchmarks/`.",
        "",
        *rows,
    ]
