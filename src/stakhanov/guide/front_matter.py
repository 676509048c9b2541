"""Front matter as YAML 1.2: what is plain is read at once, what is rare by the package that knows all of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from ruamel.yaml.nodes import Node

try:
    CParser: Any = import_module("ruamel.yaml.cyaml").CParser
except ImportError:  # no compiled parser for this machine
    CParser = None

#: Entries of a front matter, those included that a name stands for, and how deep they lie.
MOST_ENTRIES, DEEPEST = 100_000, 30
TOO_MUCH = f"more than {MOST_ENTRIES:,} entries, or {DEEPEST} within each other"
CONSTANTS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
CONSTANTS |= dict.fromkeys(("true", "True", "TRUE"), True)
CONSTANTS |= dict.fromkeys(("false", "False", "FALSE"), False)
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: A plain text with any other character is no number, no date and no sign of the language.
OTHER = re.compile(r"[^0-9+\-._eExoabcdfABCDEFtTZnNiIyYsS:<=\s]|\s[a-y]")


class _Rare(Exception):
    """Something that is not read here: names for parts, tags, unusual numbers, faults."""


def values_of(text: str) -> Any:
    """A text as plain values. Raises YAMLError, or ValueError where it has more parts than a page may."""
    if CParser is not None:
        try:
            return _plain(text)
        except (_Rare, YAMLError):  # the slower reader knows it, or says where it fails
            pass
    found = YAML(typ="safe", pure=True).load(io.StringIO(text))
    if _beyond(found, MOST_ENTRIES, DEEPEST) < 0:
        raise ValueError(TOO_MUCH)
    return found


@lru_cache(maxsize=8)
def nodes_of(text: str) -> Node | None:
    """A text as nodes that know their lines: asked for only where a line is told."""
    for pure in (False, True):
        try:
            found: Node | None = YAML(typ="safe", pure=pure).compose(io.StringIO(text))
        except (YAMLError, RecursionError, ValueError):
            continue
        return found
    return None


def _plain(text: str) -> Any:
    """The values of a text that has nothing rare in it."""
    top: list[Any] = []
    open_: list[list[Any] | dict[Any, Any]] = [top]
    keys: list[Any] = [None]
    for count, event in enumerate(_events(text)):
        if count > MOST_ENTRIES or len(open_) > DEEPEST:
            raise ValueError(TOO_MUCH)
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            open_.pop()
            keys.pop()
            continue
        made = _made(event)
        _put(made, open_[-1], keys)
        if isinstance(made, (dict, list)):
            open_.append(made)
            keys.append(None)
    if len(top) > 1:
        raise _Rare
    return top[0] if top else None


def _put(made: Any, here: list[Any] | dict[Any, Any], keys: list[Any]) -> None:
    """A value where it belongs; in a table its key comes before it, as a tuple of one until then."""
    if isinstance(here, list):
        here.append(made)
    elif keys[-1] is None:
        if isinstance(made, (dict, list)) or made in here:
            raise _Rare
        keys[-1] = (made,)
    else:
        here[keys[-1][0]] = made
        keys[-1] = None


def _events(text: str) -> Iterator[Any]:
    """What the compiled parser tells of scalars, lists and tables."""
    parser = CParser(io.StringIO(text))
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        if event is None:
            return
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _Rare
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            if event.tag is not None:
                raise _Rare
            yield event
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            yield event


def _made(event: Any) -> Any:
    if isinstance(event, MappingStartEvent):
        return {}
    if isinstance(event, SequenceStartEvent):
        return []
    return _scalar(event.value) if event.implicit[0] else event.value


def _scalar(text: str) -> Any:
    """A plain text as YAML 1.2 takes it."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if OTHER.search(text):
        return text
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    if match := DATE.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if text[0].isalpha() and "." not in text:  # letters begin no number but .inf and .nan
        return text
    raise _Rare


def _beyond(part: Any, left: int, deeper: int) -> int:
    """How many more entries there may be; below nought as soon as there are too many."""
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    left = left - 1 if deeper else -1
    for one in inside:
        if left < 0:
            break
        left = _beyond(one, left, deeper - 1)
    return left
