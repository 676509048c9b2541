"""Lines of entries in TOML files, for findings: found by the headings and keys of the text."""

from __future__ import annotations

import re


def toml_line(text: str, *steps: str | int) -> int:
    """The line (from 1) of an entry, or of the nearest heading above it."""
    best, wanted = 1, [str(step) for step in steps if not isinstance(step, int)]
    indices = [step for step in steps if isinstance(step, int)]
    heading: list[str] = []
    seen: dict[str, int] = {}
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if match := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?", line):
            heading = _keys(match[1])
            if line.lstrip().startswith("[["):
                seen[match[1]] = seen.get(match[1], -1) + 1
            reached = _shared(heading, wanted)
            if "[[" in line and indices and seen[match[1]] != indices[0]:
                reached = 0
                heading = ["\0"]
            if reached == len(heading) and reached > depth:
                best, depth = number, reached
        elif match := re.match(r"\s*([\w\-\"'.]+)\s*=", line):
            keys = heading + _keys(match[1])
            reached = _shared(keys, wanted)
            if reached == len(keys) and reached > depth:
                best, depth = number, reached
    return best


def _keys(text: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", text)]


def _shared(keys: list[str], wanted: list[str]) -> int:
    count = 0
    for mine, theirs in zip(keys, wanted, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
