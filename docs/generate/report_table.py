"""Write the reference of the report table from its columns, or check the page.

python docs/generate/report_table.py           write
python docs/generate/report_table.py --check   exit 1 where the page differs
"""

from __future__ import annotations

import sys
from pathlib import Path

from stakhanov.foundation.report_columns import COLUMNS, KEY, PLACES, Column

PAGE = Path(__file__).resolve().parent.parent / "reference" / "report-table.md"
HEAD = f"""# The report table

One row is who, when, norm and reported output. The key is {", ".join(KEY)} within {", ".join(PLACES)}: the same name in
two places is two people. Columns of other names are not read; `--map COLUMN=SOURCE` says what a column is called in a
source. What it is read from and how cells are understood: [evidence](../explanation/evidence.md).
"""
KINDS = {
    "String": "text",
    "Int64": "whole number",
    "Int32": "whole number",
    "Float64": "number",
    "Boolean": "true or false",
}


def row(name: str, column: Column) -> str:
    """A line of the table."""
    kind = "date or whole number" if name == "period" else KINDS[column.kind.__name__]
    default = "" if column.default is None else f"{column.default:g}"
    cells = [f"`{name}`", column.title, kind, "yes" if column.needed else "", default, column.must]
    return "| " + " | ".join(cells) + " |"


def page() -> str:
    """The whole page."""
    head = ["column", "what it is", "kind", "needed", "where it is not given", "a cell"]
    lines = ["| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head))]
    return "\n".join([HEAD, *lines, *(row(name, one) for name, one in COLUMNS.items()), ""])


def main() -> int:
    """Write or check; 1 where a check finds the page out of date."""
    renewed = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != renewed:
            sys.stderr.write(f"{PAGE.name}: must say what the columns say; run without --check\n")
        return int(current != renewed)
    PAGE.write_text(renewed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
