"""New classes and terms: files that load, with a place for everything and nothing made up."""

from __future__ import annotations

import json
from pathlib import Path

import tomlkit

from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.toml import read_toml
from stakhanov.guide.ids import PATTERN, id_of
from stakhanov.guide.lint.dates import years_in
from stakhanov.guide.load import is_class

CLASS = """format = 1
id = {id}
title = {title}
{years}
level = ""
tagline = ""

[policy]
unsourced = "warn"            # "error" once the class is no draft
tolerance = 0.05              # relative gap allowed after words like "about"

[policy.min_sources]
event = 1
quantity = 2                  # independent origins

[[unit]]
id = "first-unit"
title = "First unit"
terms = []

[exam]
minutes = 40

[exam.blueprint]
recall = {{ items = 10, weight = 0.5 }}
short = {{ items = 3, weight = 0.3 }}
interpret = {{ items = 2, weight = 0.2 }}
"""
SOURCES = """# Works, and the facts read out of them. Claims name them by the word in brackets.
#
# [siegelbaum]
# type = "book"
# title = "Stakhanovism and the Politics of Productivity in the USSR, 1935-1941"
# author = "Lewis H. Siegelbaum"
# year = 1988
# tier = "scholarly"          # archive, data, scholarly, reference, secondary, press, web, under-review
# [siegelbaum.facts]
# coal_t = {{ value = 102, unit = "t", locator = "the page" }}
"""
TERM = """---
id: {id}
title: {title}
gist: ""
aliases: []
claims:
  definition:
    kind: attribution
    evidence: []
questions: []
reviewed: {{by: "", on: null, status: draft}}
---

## Definition

[What {name} is, in one sentence of your own words.]{{#definition}}

## Must know

1. Write a claim, put it in brackets with a name, and give the name an entry above.
"""


def new_class(folder: Path, title: str = "") -> list[Path]:
    """Start a class in a new folder, whose name is its id. Raises BadInput."""
    _must_be_id(folder.name)
    if folder.exists():
        raise BadInput([Problem(str(folder), "must be a folder that is not there yet", "one")])
    shown = title or _titled(folder.name)
    (folder / "terms").mkdir(parents=True)
    (folder / "experiments").mkdir()
    texts = {
        "class.toml": CLASS.format(
            id=_quoted(folder.name), title=_quoted(shown), years=_years(shown)
        ),
        "sources.toml": SOURCES.format(),
    }
    return [_write(folder / name, text) for name, text in texts.items()]


def new_term(folder: Path, name: str, title: str = "") -> list[Path]:
    """Start a term of a class and list it in the last unit. Raises BadInput."""
    _must_be_id(name)
    if not is_class(folder):
        hint = "stakhanov guide new class NAME starts one"
        raise BadInput([Problem(str(folder), "must be the folder of a class", "none", hint)])
    place = folder / "terms" / f"{name}.md"
    if place.exists():
        raise BadInput([Problem(str(place), "must be a term that is not there yet", "one")])
    place.parent.mkdir(exist_ok=True)
    shown = title or _titled(name)
    text = TERM.format(id=name, title=_quoted(shown), name=shown.lower())
    written = [_write(place, text)]
    if list_term(folder, name):
        written.append(folder / "class.toml")
    return written


def list_term(folder: Path, name: str) -> bool:
    """List a term in the last unit of its class, if no unit has it; false where there is no unit."""
    read_toml(folder / "class.toml")  # tells what is wrong with the file
    place = folder / "class.toml"
    document = tomlkit.parse(place.read_text(encoding="utf-8-sig"))
    units = document.get("unit", [])
    if not units or any(name in unit.get("terms", []) for unit in units):
        return False
    units[-1].setdefault("terms", tomlkit.array()).append(name)
    _write(place, tomlkit.dumps(document))
    return True


def _must_be_id(name: str) -> None:
    if not PATTERN.fullmatch(name):
        near = id_of(name)
        hint = f"{near} would do" if near else ""
        must = "must be lower-case words, digits and single dashes"
        raise BadInput([Problem("NAME", must, name or "nothing", hint)])


def _years(title: str) -> str:
    """The line of the years: those of the title, or a comment that shows how."""
    said = years_in(title)
    note = "# dated events fall inside; the title carries them too"
    return f"years = [{said[0]}, {said[1]}]  {note}" if said else f"# years = [1917, 1991]  {note}"


def _titled(name: str) -> str:
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def _quoted(text: str) -> str:
    """A text as both TOML and YAML read it."""
    return json.dumps(text, ensure_ascii=False)


def _write(place: Path, text: str) -> Path:
    write_atomically(place, text.encode("utf-8"))
    return place
