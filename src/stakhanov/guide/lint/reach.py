"""Reach: the web addresses of works answered when they were tried last."""

from __future__ import annotations

from collections.abc import Iterable

from stakhanov.foundation.problem import BadInput
from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.lint.registry import ClassDesk, known, on_classes
from stakhanov.guide.web_addresses import NAME, read_addresses

SILENT = known(
    "unreachable-source", "a work's web address has not answered for 30 days", Level.WARN
)
#: Days for which an address may be silent.
MOST = 30


@on_classes
def silent(desk: ClassDesk) -> Iterable[Finding]:
    """Works whose addresses were tried in vain for too long, and a record that cannot be read."""
    try:
        known_ones = read_addresses(desk.guide.folder).addresses
    except BadInput as error:
        for one in error.problems:
            yield desk.at("format", f"{one.must}; found {one.found}", NAME)
        return
    for name, work in desk.guide.sources.items():
        tried = known_ones.get(work.url)
        if tried is not None and tried.silent > MOST:
            since = f"{tried.silent} days up to {tried.last}"
            message = f"{name}: {work.url} must answer; found it silent for {since}"
            yield desk.at(SILENT, message, "sources.toml", name, "url")
