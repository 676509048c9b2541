"""The record of a result: digests of what went in and came out, versions, machine."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGES = ("numpy", "numba", "polars", "scipy", "pydantic")


def canonical(plain: Any) -> bytes:
    """Plain data as JSON bytes, one form for equal data: 1.0 is written as 1."""
    text = json.dumps(
        _whole(plain), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return text.encode("utf-8")


def _whole(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {key: _whole(value) for key, value in plain.items()}
    if isinstance(plain, (list, tuple)):
        return [_whole(value) for value in plain]
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def digest_of(plain: Any) -> str:
    """SHA-256 of plain data, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(plain)).hexdigest()


def versions() -> dict[str, str]:
    """Versions of the program and of what it computes with."""
    found = {"stakhanov": _version("stakhanov"), "python": platform.python_version()}
    return found | {name: _version(name) for name in PACKAGES}


@cache
def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def machine() -> dict[str, Any]:
    """The processor and how much of it there is."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "processor": processor(),
        "cores": os.cpu_count() or 1,
    }


@cache
def processor() -> str:
    """The processor's name as the system tells it."""
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
