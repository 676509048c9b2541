"""A term's file: front matter in YAML 1.2, body in Markdown; every fault told with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from stakhanov.foundation.declaration import declared
from stakhanov.foundation.problem import BadInput
from stakhanov.guide.finding import Finding
from stakhanov.guide.front_matter import nodes_of, values_of
from stakhanov.guide.prose import Prose, prose_of
from stakhanov.guide.terms import Term

FENCE = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)


@dataclass(frozen=True)
class Page:
    """A term as it was read."""

    path: Path
    term: Term
    front: str
    body: str
    prose: Prose

    @property
    def body_line(self) -> int:
        """The file's line on which the body starts."""
        return self.front.count("\n") + 3

    @property
    def experiments(self) -> set[str]:
        """Names of the experiments that the front matter or a link names."""
        linked = {link.href[4:] for link in self.prose.links if link.href.startswith("lab:")}
        return self.term.experiments | linked

    def line_of(self, *steps: str | int) -> int:
        """The line of an entry of the front matter, by keys and indices; the nearest known one."""
        return yaml_line(self.front, steps) + 1


def read_page(path: Path, shown: str) -> tuple[Page | None, list[Finding]]:
    """The page in a file, or what is wrong with it; `shown` is the file as findings name it."""

    def fault(line: int, message: str) -> tuple[None, list[Finding]]:
        return None, [Finding(shown, line, "format", message)]

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return fault(1, f"must be text in UTF-8; found a byte that is not, at {error.start}")
    except OSError as error:
        return fault(1, f"must be a file one may read; found {(error.strerror or '').lower()}")
    text = text.replace("\r\n", "\n")
    match = FENCE.match(text)
    if match is None:
        return fault(1, "must start with front matter between lines of three dashes; found none")
    front, body = match[1], text[match.end() :]
    try:
        plain = values_of(front)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark is not None else 1
        said = " ".join(str(error.problem or error.context or "a fault").split("\n")[0].split())
        return fault(line, f"front matter: must be YAML; found {said}")
    except (YAMLError, ValueError, RecursionError) as error:
        return fault(1, f"front matter: must be YAML; found {str(error).splitlines()[0]}")
    if not isinstance(plain, dict):
        return fault(2, "front matter: must be a table of keys; found none")
    try:
        term = declared(Term, plain)
    except BadInput as error:
        return None, [
            Finding(shown, yaml_line(front, _steps(one.address)) + 1, "format", str(one))
            for one in error.problems
        ]
    line = front.count("\n") + 3
    return Page(path, term, front, body, prose_of(body, line)), []


def _steps(address: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in address.split(".")]


def yaml_line(text: str, steps: Sequence[str | int]) -> int:
    """The line (from 1) of an entry of a YAML text, or of the nearest entry above it."""
    here = nodes_of(text)
    line = 0
    for step in steps:
        found = _entry(here, step)
        if found is None:
            break
        line, here = found
    return line + 1


def _entry(here: Node | None, step: str | int) -> tuple[int, Node] | None:
    """The line and the node of an entry of a table or a list."""
    if isinstance(here, MappingNode):
        for key, value in here.value:
            if key.value == str(step):
                return key.start_mark.line, value
    if isinstance(here, SequenceNode) and isinstance(step, int) and 0 <= step < len(here.value):
        return here.value[step].start_mark.line, here.value[step]
    return None
