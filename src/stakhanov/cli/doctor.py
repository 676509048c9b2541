"""`stakhanov doctor`: versions, processor, memory, caches, extras, folders one can write to."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.options import Json
from stakhanov.cli.output import Table


def doctor(*, as_json: Json = False) -> None:
    """Say what this machine and this installation have to offer."""
    found: dict[str, Any] = {
        "versions": _versions(),
        "machine": _machine(),
        "compiled_rules": _compiled(),
        "extras_missing": _extras_missing(),
        "folders": [_folder(name, place) for name, place in _places()],
    }
    found["problems"] = list(_problems(found))
    output.answer(found, *_screen(found), as_json=as_json)
    if found["problems"]:
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _versions() -> dict[str, str]:
    """What is needed and which version of it is here; the package says what it needs."""
    from stakhanov.foundation.record import versions

    found = dict(versions())
    for needed in metadata.requires("stakhanov") or ():
        if "extra ==" not in needed:
            name = _name(needed)
            found[name] = _version(name)
    return found


def _extras_missing() -> dict[str, list[str]]:
    """Packages that are not here, by the extra that brings them."""
    missing: dict[str, list[str]] = {}
    for needed in metadata.requires("stakhanov") or ():
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", needed)
        if extra and _version(_name(needed)) == MISSING:
            missing.setdefault(extra.group(1), []).append(_name(needed))
    return missing


MISSING = "not installed"


def _name(needed: str) -> str:
    """The package's name in a requirement such as `numpy<3,>=2.2`."""
    match = re.match(r"[\w.-]+", needed)
    return match.group() if match else needed


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return MISSING


def _machine() -> dict[str, Any]:
    from stakhanov.engine.estimate import memory_of_machine
    from stakhanov.foundation.record import machine

    found = {**machine(), "memory_bytes": memory_of_machine()}
    if find_spec("numba") is not None:
        from stakhanov.engine.compile import vector_width

        found["vector_bits"] = vector_width()
    return found


def _compiled() -> dict[str, Any]:
    """Where compiled rules are kept, and whether they are there already."""
    from stakhanov.engine.kernel_cache import cache_folder

    folder = cache_folder() if find_spec("numba") is not None else None
    files = [path for path in folder.rglob("*.nbc") if path.is_file()] if folder else []
    return {
        "folder": str(folder) if folder else None,
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
    }


def _places() -> list[tuple[str, Path]]:
    folder = _compiled()["folder"]
    cache = [("compiled rules", Path(folder))] if folder else []
    return [("here", Path.cwd()), *cache, ("temporary files", Path(tempfile.gettempdir()))]


def _folder(name: str, place: Path) -> dict[str, Any]:
    """Whether one can write to a folder, or make it, and how much room there is."""
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    return {
        "name": name,
        "folder": str(place),
        "writable": _writable(there),
        "free_bytes": shutil.disk_usage(there).free,
    }


def _writable(folder: Path) -> bool:
    if not os.access(folder, os.W_OK):
        return False
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _problems(found: dict[str, Any]) -> list[str]:
    missing = [name for name, version in found["versions"].items() if version == MISSING]
    locked = [one["folder"] for one in found["folders"] if not one["writable"]]
    homeless = [] if found["compiled_rules"]["folder"] else ["compiled rules"]
    return [
        *(f"{name}: must be installed; found nothing" for name in missing),
        *(f"{folder}: must be a folder one may write to; found a locked one" for folder in locked),
        *(f"{name}: must have a home to be kept in; found none" for name in homeless),
    ]


def _screen(found: dict[str, Any]) -> list[str | Table]:
    machine, rules = found["machine"], found["compiled_rules"]
    kept = f"{rules['files']} files, {output.size(rules['bytes'])}, in {rules['folder']}"
    extras = [f"{extra} ({', '.join(names)})" for extra, names in found["extras_missing"].items()]
    rows = [
        ("system", f"{machine['system']} on {machine['architecture']}"),
        ("processor", str(machine["processor"])),
        ("cores", str(machine["cores"])),
        ("vectors", f"{machine.get('vector_bits', 'unknown')} bits"),
        ("memory", output.size(machine["memory_bytes"])),
        (
            "compiled rules",
            kept if rules["files"] else f"none yet; the first run fills {rules['folder']}",
        ),
        ("extras missing", ", ".join(extras) or "none"),
        *((f"folder: {one['name']}", _told(one)) for one in found["folders"]),
        *sorted(found["versions"].items()),
    ]
    problems = found["problems"] or ["everything that is needed is here"]
    return [Table(("what", "found"), rows), "", *problems]


def _told(one: dict[str, Any]) -> str:
    state = "writable" if one["writable"] else "locked"
    return f"{one['folder']}: {state}, {output.size(one['free_bytes'])} free"
