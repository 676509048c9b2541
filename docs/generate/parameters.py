"""The reference of parameters, from the declarations: ``python docs/generate/parameters.py [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from stakhanov.campaign import Campaign
from stakhanov.foundation.catalogue import Parameter, parameters
from stakhanov.workforce import Workforce

PAGE = Path(__file__).parents[1] / "reference" / "parameters.md"
HEAD = "| address | what it is | unit | bounds | default | grade | source |\n|---|---|---|---|---|---|---|"


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# Parameters",
            "",
            "Each has one address: the path in the file, the `--set` of the command line, the place",
            "that an error names. `*` stands for the entries of a list, by place or by name. Grades:",
            "measured, published, assumed.",
            "",
            "## Campaign file",
            "",
            *_table(parameters(Campaign)),
            "",
            "## Workforce file",
            "",
            *_table(parameters(Workforce)),
            "",
        ]
    )


def _table(rows: Iterable[Parameter]) -> list[str]:
    return [
        HEAD,
        *(
            "| "
            + " | ".join(
                cell.replace("|", "\\|")
                for cell in (
                    f"`{row.address}`",
                    row.title,
                    row.unit,
                    row.bounds,
                    row.default,
                    row.grade,
                    row.source,
                )
            )
            + " |"
            for row in rows
        ),
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
        if stale:
            sys.stderr.write(f"{PAGE.name}: is out of date; `make docs` writes it anew\n")
        sys.exit(stale)
    PAGE.write_text(page(), encoding="utf-8")
