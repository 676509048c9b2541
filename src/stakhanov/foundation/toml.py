"""TOML files: read with every fault told by line, laid over their bases, found in a library by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import process

from stakhanov.foundation.address import overlaid
from stakhanov.foundation.problem import BadInput, Problem

FORMAT = 1


def read_toml(path: Path) -> dict[str, Any]:
    """The plain data of a file. Raises BadInput if it is not there, not text or not TOML."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise BadInput([Problem(str(path), "must be a file", "none")]) from None
    except IsADirectoryError:
        raise BadInput([Problem(str(path), "must be a file", "a folder")]) from None
    except PermissionError:
        raise BadInput(
            [Problem(str(path), "must be a file one may read", "a locked one")]
        ) from None
    except UnicodeDecodeError as error:
        raise BadInput(
            [Problem(str(path), "must be text in UTF-8", f"a byte that is not, at {error.start}")]
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput([_fault(path, str(error))]) from None


def _fault(path: Path, said: str) -> Problem:
    place = re.search(r"\(at line (\d+), column (\d+)\)|\(at end of document\)", said)
    what = said.partition(" (at ")[0]
    line = f":{place.group(1)}" if place and place.group(1) else ""
    return Problem(f"{path}{line}", "must be TOML", what[0].lower() + what[1:])


def resolve(name: str | Path, library: Path, kind: str) -> Path:
    """The file that a name or a path means: a path if there is such a file, else a library entry."""
    text = str(name)
    if text.endswith(".toml") or "/" in text or "\\" in text or isinstance(name, Path):
        return Path(name)
    entry = library / f"{text}.toml"
    if entry.exists():
        return entry
    if Path(text).is_file():
        return Path(text)
    known = names_in(library)
    near = process.extractOne(text, known)
    hint = (
        f"did you mean {near[0]}?" if near and near[1] >= 60 else f"there are: {', '.join(known)}"
    )
    raise BadInput([Problem(kind, f"must be the name of {_one(kind)} or a file", text, hint)])


def _one(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def names_in(library: Path) -> list[str]:
    """Names of a library's entries."""
    return sorted(path.stem for path in library.glob("*.toml"))


def read_over_base(path: Path, library: Path, kind: str) -> dict[str, Any]:
    """A file's plain data laid over its base, and that over its own base. Raises BadInput."""
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
    below = path.parent / base if base.endswith(".toml") else resolve(base, library, kind)
    return overlaid(_over_base(below, library, kind, (*seen, here)), plain)


def _check_format(plain: Mapping[str, Any]) -> None:
    found = plain.get("format", FORMAT)
    if not isinstance(found, int) or not 1 <= found <= FORMAT:
        hint = "written by a newer stakhanov" if isinstance(found, int) and found > FORMAT else ""
        raise BadInput([Problem("format", f"must be {FORMAT}", str(found), hint)])
