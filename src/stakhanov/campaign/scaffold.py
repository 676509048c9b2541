"""A campaign file to start from: what it is laid over, and every rule of that as a comment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomlkit

from stakhanov.campaign.campaign import Campaign
from stakhanov.campaign.load import load
from stakhanov.foundation.catalogue import Parameter, parameters
from stakhanov.foundation.written import written

#: Chapters that are written out; what is not a single value is shown by an example.
CHAPTERS = (
    "plan",
    "technology",
    "norms",
    "norms.revision",
    "pay",
    "emulation",
    "publicity",
    "publicity.spread",
    "publicity.esteem",
    "audits",
    "discipline",
    "limits",
)

#: Characters that a setting may take before what it means goes on a line of its own.
ROOM = 30

EXAMPLES = """
# [[prizes]]
# name = "banner"
# by = "rank"              # rank, threshold or queue
# per_thousand = 10
# amount = 5000
#
# [[emulation.contests]]
# name = "spring"
# prizes = ["banner"]
#
# [[publicity.staged]]
# at = 6
# crew = 3
# per_head = 4.9
#
# [[changes]]
# at = 12                  # a period, or a date such as 1936-01-01
# set = { "norms.revision.up" = 0.5 }
"""


def scaffold(name: str, base: str, folder: Path | None = None) -> str:
    """The text of a campaign file laid over a base; `folder` is where it will lie. Raises BadInput."""
    below = load(base)
    document = tomlkit.document()
    document.add(tomlkit.comment(f"Laid over {base}: take the # from a line to say what differs."))
    document.add("format", tomlkit.item(1))
    header = tomlkit.table()
    header.add("name", name)
    header.add("title", name.replace("-", " ").capitalize())
    header.add("summary", tomlkit.item("").comment("What it is, in a few sentences"))
    header.add("base", _told_from(base, folder))
    document.add("campaign", header)
    chapters = "\n".join(line for chapter in CHAPTERS for line in _chapter(below, chapter))
    return f"{tomlkit.dumps(document)}\n{chapters}{EXAMPLES}"


def _told_from(base: str, folder: Path | None) -> str:
    """A base as the new file must name it: a path is told from the file's own folder."""
    if not (base.endswith(".toml") or os.sep in base):
        return base
    path = os.path.relpath(base, folder or Path.cwd())
    return Path(path).as_posix()


def _chapter(below: Campaign, chapter: str) -> Iterator[str]:
    yield f"# [{chapter}]"
    values: Any = below.plain()
    for step in chapter.split("."):
        values = values.get(step, {})
    for one in parameters(Campaign):
        table, _, key = one.address.rpartition(".")
        if table == chapter and one.address not in _AT_THE_END:
            yield from _lines(key, one, values.get(key))
    yield ""


def _lines(key: str, one: Parameter, value: Any) -> Iterator[str]:
    """`# key = value   # title; unit; bounds`; an example stands where there is no value."""
    shown = _EXAMPLE[one.address] if value in (None, []) else written(value, within=True)
    setting = f"# {key} = {shown}"
    about = "; ".join(part for part in (one.title, one.unit, one.bounds) if part)
    if len(setting) <= ROOM:
        yield f"{setting:{ROOM}} # {about}"
    else:
        yield from (f"# # {about}", setting)


#: Lists of tables, which an example at the end shows.
_AT_THE_END = ("emulation.contests", "publicity.staged")


#: What a value looks like where the base has none.
_EXAMPLE = {
    "norms.orders": "[{ at = 1939-04-01, rise = 0.3 }]",
    "pay.reference_date": "1935-01-01",
    "pay.bonus": "[{ at = 1.0, amount = 5000 }]",
    "limits.strain": "0.5",
    "limits.hours": "1.1",
}
