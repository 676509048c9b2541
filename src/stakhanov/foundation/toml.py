"""TOML files: read with every fault told by line, laid over their bases, found in a library by name."""

from __future__ import annotations

import codecs
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from stakhanov.foundation.bounds import problems_of_bounds
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.overlay import overlaid
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.provenance import still_true

FORMAT = 1
LARGEST = 4_000_000  # bytes of a file
DEEPEST = 100  # tables within each other
#: What a file says of itself in words: it holds of no file laid over it.
ITS_OWN = ("title", "summary")


def read_toml(path: Path) -> dict[str, Any]:
    """The plain data of a file. Raises BadInput if it is not there, not text or not TOML."""
    content = _content(path)
    if (line := _too_deep(content)) is not None:
        must = f"must be TOML with keys of at most {DEEPEST} steps"
        raise BadInput([Problem(f"{path}:{line}", must, "a longer one")])
    try:
        plain = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput([_not_text(path, content, error)]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput([_fault(path, content, str(error))]) from None
    except ValueError:
        raise BadInput(
            [Problem(str(path), "must be TOML", "a number of too many digits")]
        ) from None
    except RecursionError:
        must, found = "must be TOML", "lists or tables within each other without end"
        raise BadInput([Problem(str(path), must, found)]) from None
    beyond = list(problems_of_bounds(plain))
    if beyond:
        raise BadInput([replace(one, address=f"{path}: {one.address}") for one in beyond])
    return plain


def _content(path: Path) -> bytes:
    """The bytes of a file; no more than a file of ours may have, for a device has no end."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        must, found = "must be a file", "none"
        if isinstance(error, IsADirectoryError):
            found = "a folder"
        elif not isinstance(error, FileNotFoundError):
            must, found = "must be a file one may read", (error.strerror or str(error)).lower()
        raise BadInput([Problem(str(path), must, found)]) from None
    if len(content) > LARGEST:
        must = f"must be a file of at most {LARGEST // 10**6} MB"
        raise BadInput([Problem(str(path), must, "a larger one")])
    return content


def _too_deep(content: bytes) -> int | None:
    """The line of a key of more steps than anybody could mean; the reader's time grows with their square."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        key = line.partition(b"=")[0]
        if key.count(b".") > DEEPEST and max(step.count(b".") for step in key.split()) > DEEPEST:
            return number
    return None


def _not_text(path: Path, content: bytes, error: UnicodeDecodeError) -> Problem:
    must = "must be text in UTF-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Problem(str(path), must, "text in UTF-16", "save it as UTF-8")
    line = content[: error.start].count(b"\n") + 1
    found = f"the byte {content[error.start]:#04x}, which is none"
    return Problem(f"{path}:{line}", must, found, _hint(content))


def _hint(content: bytes) -> str:
    return "it holds zero bytes: text must be saved as UTF-8" if b"\0" in content else ""


def _fault(path: Path, content: bytes, said: str) -> Problem:
    place = re.search(r"\(at line (\d+), column (\d+)\)|\(at end of document\)", said)
    what = said.partition(" (at ")[0]
    line = f":{place.group(1)}" if place and place.group(1) else ""
    return Problem(f"{path}{line}", "must be TOML", what[0].lower() + what[1:], _hint(content))


def resolve(name: str | Path, library: Path, kind: str) -> Path:
    """The file that a name or a path means: a path if there is such a file, else a library entry."""
    text = str(name)
    if text.endswith(".toml") or "/" in text or "\\" in text or isinstance(name, Path):
        return Path(name)
    if text in names_in(library):
        return library / f"{text}.toml"
    if os.path.isfile(text):  # noqa: PTH113 - a path would fail over a name that is too long
        return Path(text)
    found = "a folder" if os.path.isdir(text) else text or "nothing"  # noqa: PTH112
    must = f"must be the name of {_one(kind)} or a file"
    raise BadInput([Problem(kind, must, found, _nearest(text, names_in(library)))])


def _nearest(text: str, known: list[str]) -> str:
    """What may have been meant: a file here, a name of the library; else all names."""
    if os.path.isfile(f"{text}.toml"):  # noqa: PTH113
        return f"did you mean {text}.toml?"
    return hint_of(text, known)


def _one(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def names_in(library: Path) -> list[str]:
    """Names of a library's entries."""
    return sorted(path.stem for path in library.glob("*.toml"))


def read_over_base(path: Path, library: Path, kind: str) -> dict[str, Any]:
    """A file's plain data laid over its base, and that over its own base. Raises BadInput.

    Title and summary of a base are not taken over: they say what the base is.
    """
    return _over_base(path, library, kind, ())


def _over_base(path: Path, library: Path, kind: str, seen: tuple[Path, ...]) -> dict[str, Any]:
    here = path.resolve()
    if here in seen:
        chain = " > ".join(place.stem for place in (*seen, here))
        raise BadInput([Problem(f"{kind}.base", "must not lead back to the file", chain)])
    plain = read_toml(path)
    _check_format(plain)
    about = plain.get(kind)
    base = about.get("base") if isinstance(about, Mapping) else None
    if not isinstance(base, str):
        return plain
    below = _over_base(_base_of(path, base, library, kind), library, kind, (*seen, here))
    return still_true(below, overlaid(_without_words(below, kind), plain), kind)


def _without_words(below: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """A base without its title and summary: what is laid over it goes by its own, or by its name."""
    about = below.get(kind)
    if not isinstance(about, Mapping):
        return dict(below)
    own = {key: value for key, value in about.items() if key not in ITS_OWN}
    return {**below, kind: own}


def _base_of(path: Path, base: str, library: Path, kind: str) -> Path:
    """The file of a base: a path is told from the file that names it."""
    if base.endswith(".toml") or "/" in base:
        return path.parent / base
    try:
        return resolve(base, library, kind)
    except BadInput as found:
        raise BadInput([replace(p, address=f"{kind}.base") for p in found.problems]) from None


def _check_format(plain: Mapping[str, Any]) -> None:
    """A file without a format is of today's; there is no older one that could be brought up to date."""
    found = plain.get("format", FORMAT)
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= FORMAT:
        newer = isinstance(found, int) and found > FORMAT
        hint = "written by a newer stakhanov" if newer else ""
        shown = f'"{found}"' if isinstance(found, str) else str(found).lower()
        raise BadInput([Problem("format", f"must be {FORMAT}", shown, hint)])
