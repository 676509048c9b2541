"""How to make a run again: the command, and what works for any run from its record."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from stakhanov import campaign, workforce
from stakhanov.foundation.address import leaves
from stakhanov.foundation.problem import BadInput

if TYPE_CHECKING:
    from stakhanov.engine.results import Run

#: What a value that is set takes with it: dated changes of it, and what branches have of their own.
FOLLOW = ("changes", "branches")
#: More differences than these are a file, not a command.
MOST_SETTINGS = 8

PYTHON = """\
import stakhanov as sk
from stakhanov import campaign, workforce

record = sk.Run.load(".").record
sizes = {name: record[name] for name in ("workers", "periods", "seed", "sample")}
rules, people = campaign.checked(record["campaign"]), workforce.checked(record["workforce"])
again = sk.simulate(rules, people, **sizes{BRANCH})
assert again.record["digest"] == record["digest"]"""


def script_of(run: Run) -> str:
    """Lines of Python that make any run again, from the folder of its page."""
    branch = run.record.get("branch")
    on = f", branch=({branch['run']!r}, {branch['period']})" if branch else ""
    return PYTHON.replace("{BRANCH}", on)


class Declared(Protocol):
    """A campaign or a workforce."""

    @property
    def digest(self) -> str:
        """Digest of what it says."""

    def plain(self) -> dict[str, Any]:
        """What it says."""

    def held(self, values: Mapping[str, Any]) -> Declared:
        """The same with other values for good, as the command line sets them."""


def command_of(run: Run) -> str | None:
    """The command that makes the run again; None where its rules are in no library.

    A run that goes on from another names that one.
    """
    record = run.record
    needed = {"campaign_digest", "workforce_digest", "workers", "periods", "seed", "sample"}
    if not needed <= set(record):
        return None
    rules = _named(campaign.load, record["campaign"], record["campaign_digest"], "campaign")
    people = _named(workforce.load, record["workforce"], record["workforce_digest"], "workforce")
    if rules is None or people is None:
        return None
    words = ["stakhanov", "run", rules[0], "--workforce", people[0]]
    for name in ("workers", "periods", "seed", "sample"):
        words += [f"--{name}", str(record[name])]
    for address, value in (rules[1] | people[1]).items():
        words += ["--set", f"{address}={_written(value)}"]
    if record.get("branch"):
        words += ["--from", str(record["branch"]["run"]), "--at", str(record["branch"]["period"])]
    return shlex.join(words)


def _named(
    load: Callable[[str], Declared], plain: Mapping[str, Any], digest: str, kind: str
) -> tuple[str, dict[str, Any]] | None:
    """The library's name of what was declared, and the values that differ from it."""
    name = str(plain[kind]["name"])
    try:
        known = load(name)
        if known.digest == digest:
            return name, {}
        before, now = leaves(known.plain()), leaves(dict(plain))
        dropped = _dated(known.plain()) - _dated(plain)
        values = {
            address: value
            for address, value in now.items()
            if (before.get(address) != value or address in dropped)
            and address.partition(".")[0] not in FOLLOW
        }
        plainly = all(isinstance(value, (str, int, float, bool)) for value in values.values())
        if len(values) <= MOST_SETTINGS and plainly and known.held(values).digest == digest:
            return name, values
    except BadInput:
        return None
    return None


def _dated(plain: Mapping[str, Any]) -> set[str]:
    """Addresses that dated changes set."""
    return {address for change in plain.get("changes", ()) for address in change["set"]}


def _written(value: object) -> str:
    """A value as the command line reads it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
