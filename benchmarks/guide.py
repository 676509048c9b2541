"""A class of ten thousand terms checked: how long it takes, on how large a text.

    python benchmarks/guide.py            10,000 terms; writes docs/benchmarks/guide.md
    python benchmarks/guide.py 1000 ...   these sizes; only says what it finds

The class is made in a temporary folder out of the terms that ship on the Soviet Union, again and again under names and
titles of their own, with all their claims, numbers, questions, experiments and works. `stakhanov guide check` is run
on it in a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measured import page
from stakhanov.foundation.markdown import piped
from stakhanov.foundation.record import processor
from stakhanov.guide.load import SHIPPED
from stakhanov.guide.lock import Lock, read_lock
from stakhanov.guide.verify import engine

SIZES = (100, 1_000, 10_000)
CLASS = "soviet-union"
#: Terms of a unit: a list of a file may have a thousand entries.
MOST = 1_000
HEADS = ("terms", "text, MB", "seconds", "of the processors", "ms of them a term")
HEAD = (
    "# Checking a large class",
    "",
    f"Written by `benchmarks/guide.py` on: {processor()}, {os.cpu_count()} cores.",
    "",
    "`stakhanov guide check` on a class made of the terms that ship on the Soviet Union, again and again under other",
    "names, no sentence twice: start, reading, every rule and the classes that ship beside it included. Seconds on the clock",
    "were waited for with whoever else was on the machine; seconds of the processors are what checking takes. Pages",
    "are read on all cores; rules run on one.",
    "",
)


def make(terms: int, folder: Path) -> int:
    """A class of so many terms in a folder; gives how many bytes its terms have."""
    base = SHIPPED / CLASS
    (folder / "terms").mkdir(parents=True)
    shutil.copytree(base / "experiments", folder / "experiments")
    shutil.copy(base / "sources.toml", folder / "sources.toml")
    _as_of_today(base).write(folder)
    pages = sorted((base / "terms").glob("*.md"))
    names = [f"{pages[i % len(pages)].stem}-{i // len(pages)}" for i in range(terms)]
    for place, name in enumerate(names):
        term = pages[place % len(pages)]
        text = _renamed(term.read_text("utf-8"), term.stem, place // len(pages), set(names))
        (folder / "terms" / f"{name}.md").write_text(text, "utf-8")
    about = (base / "class.toml").read_text("utf-8")
    about = re.sub(r"\[\[unit\]\].*?(?=\[exam\])", _units(names), about, flags=re.S)
    (folder / "class.toml").write_text(about.replace(f'"{CLASS}"', f'"{folder.name}"'), "utf-8")
    return sum(one.stat().st_size for one in (folder / "terms").iterdir())


def _as_of_today(base: Path) -> Lock:
    """The lock of a class as if today's engine had written it."""
    ran = read_lock(base).experiments
    return Lock(
        experiments={k: one.model_copy(update={"engine": engine()}) for k, one in ran.items()}
    )


def _renamed(text: str, stem: str, number: int, names: set[str]) -> str:
    """A term under a name of its own, its links to terms of the same number, none to other classes."""
    text = re.sub(rf"^id: {stem}$", f"id: {stem}-{number}", text, flags=re.M)
    text = re.sub(r"^title: (.*)$", rf"title: \1, number {_word(number)}", text, flags=re.M)
    text = re.sub(r"^aliases: .*\n", "", text, flags=re.M)
    text = re.sub(r"^also_in:\n(?:  .*\n)+", "", text, flags=re.M)

    def there(match: re.Match[str]) -> str:
        every = (f"{one.strip()}-{number}" for one in match[2].split(","))
        return f"{match[1]}[{', '.join(one for one in every if one in names)}]"

    text = re.sub(r"^( *(?:see|apart): )\[(.*)\]$", there, text, flags=re.M)
    text = re.sub(r"\]\{#", f" ({_word(number)})]{{#", text)  # no sentence stands twice
    return re.sub(r"\]\(term:[^)]*\)", f"](term:{stem}-{number})", text)


def _word(number: int) -> str:
    """A number in letters: titles of terms may name no years."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def _units(names: list[str]) -> str:
    """Units of so many terms as a list may have."""
    units = []
    for start in range(0, len(names), MOST):
        number = _word(start // MOST)
        listed = "".join(f'    "{name}",\n' for name in names[start : start + MOST])
        units.append(f'[[unit]]\nid = "unit-{number}"\ntitle = "{number}"\nterms = [\n{listed}]\n')
    return "\n".join(units) + "\n"


def checked(folder: Path) -> dict[str, float]:
    """Seconds on the clock and of all processors of a check."""
    command = [sys.executable, "-m", "stakhanov", "guide", "check", str(folder), "--json"]
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds, after = time.perf_counter() - began, os.times()
    findings = json.loads(done.stdout)["problems"]
    assert not findings, findings[:3]
    spent = after.children_user + after.children_system
    return {
        "seconds": seconds,
        "cpu": spent - before.children_user - before.children_system,
    }


def measured(sizes: tuple[int, ...]) -> list[tuple[str, ...]]:
    """One row for each size."""
    rows = []
    for terms in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "many-terms"
            size = make(terms, folder)
            found = checked(folder)
        rows.append(
            (
                f"{terms:,}",
                f"{size / 1e6:.1f}",
                f"{found['seconds']:.1f}",
                f"{found['cpu']:.1f}",
                f"{1000 * found['cpu'] / terms:.2f}",
            )
        )
        print(rows[-1], flush=True)
    return rows


def main() -> None:
    """Measure, and write the page unless sizes were asked for."""
    asked = tuple(int(one) for one in sys.argv[1:])
    rows = measured(asked or SIZES)
    if asked:
        print("\n".join(piped(HEADS, rows)))
    else:
        page("guide.md", [*HEAD, *piped(HEADS, rows)])


if __name__ == "__main__":
    main()
