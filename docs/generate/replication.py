"""Write what is expected and found in real data sets into their pages, or check the pages.

    python docs/generate/replication.py           test the data sets that are at hand (seconds) and write
    python docs/generate/replication.py --check   exit 1 where a page or its table is missing, or a row was lost

Data sets that do not ship are looked for in ../shared/data; a page whose set is not at hand stays as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from stakhanov.evidence.data_sets import SETS
from stakhanov.foundation.markdown import piped
from stakhanov.summary.replication import Row, replicate

DOCS = Path(__file__).resolve().parent.parent
PAGES = DOCS / "data"
AT_HAND = DOCS.parent.parent / "shared" / "data"
BEGIN = "<!-- results: written by docs/generate/replication.py -->"
END = "<!-- end of the results -->"
HEAD = ["what", "expected", "found", "holds"]


def table(rows: list[Row]) -> list[str]:
    """The rows of one data set."""
    return piped(
        HEAD,
        [[row.what, row.expected, row.found, "yes" if row.holds else "**no**"] for row in rows],
    )


def wrong(page: Path) -> str:
    """What is wrong with a page; nothing if it will do."""
    if not page.exists():
        return "must be there"
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        return "must have the marks between which its table is written"
    now = text.split(BEGIN)[1].split(END)[0]
    if "| yes |" not in now:
        return "must have its table"
    return "must not have a row that was lost" if "**no**" in now else ""


def main() -> int:
    """Write or check; 1 where a check finds something wrong."""
    if "--check" in sys.argv[1:]:
        found = {page.name: wrong(page) for page in (PAGES / f"{data.name}.md" for data in SETS)}
        for name, what in found.items():
            if what:
                sys.stderr.write(f"{name}: {what}; run without --check\n")
        return int(any(found.values()))
    rows = replicate(AT_HAND).rows
    for data in SETS:
        own = [row for row in rows if row.data == data.name]
        page = PAGES / f"{data.name}.md"
        if own:
            before, rest = page.read_text(encoding="utf-8").split(BEGIN)
            renewed = "\n".join([BEGIN, "", *table(own), "", END])
            page.write_text(f"{before}{renewed}{rest.split(END)[1]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
