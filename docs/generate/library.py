"""The reference of what ships, from the files: ``python docs/generate/library.py [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from stakhanov import campaign, workforce

PAGE = Path(__file__).parents[1] / "reference" / "library.md"
ABOUT = """# Campaigns and workforces that ship

A name stands wherever a file may stand. `stakhanov explain NAME` says a campaign in sentences, `stakhanov check NAME` a
campaign or a workforce. Experiments have [a page of their own](experiments.md).

## Campaigns
"""
PEOPLE = """
## Workforces

`soviet-industry` is taken unless `--workforce` says otherwise.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([ABOUT, *_campaigns(), PEOPLE, *_workforces(), ""])


def _campaigns() -> Iterator[str]:
    yield "| name | title | begins | periods | what it is |"
    yield "|---|---|---|---|---|"
    for name in campaign.library():
        rules = campaign.load(name)
        about = rules.campaign
        said = " ".join(about.summary.split())
        yield f"| `{name}` | {about.title} | {about.start} | {rules.length} | {said} |"


def _workforces() -> Iterator[str]:
    yield "| name | title | people at most | branches |"
    yield "|---|---|---|---|"
    for name in workforce.library():
        people = workforce.load(name)
        sizes = people.size.workers
        most = sizes if isinstance(sizes, int) else max(one.workers for one in sizes)
        branches = ", ".join(f"{one.name} {100.0 * one.share:.3g} %" for one in people.branches)
        yield f"| `{name}` | {people.workforce.title} | {most:,} | {branches} |"


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
        if stale:
            sys.stderr.write(f"{PAGE.name}: is out of date; `make docs` writes it anew\n")
        sys.exit(stale)
    PAGE.write_text(page(), encoding="utf-8")
