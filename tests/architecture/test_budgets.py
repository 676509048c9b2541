"""Files and functions stay small, and every file is called by what it is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "stakhanov"
FILES = sorted(SOURCE.rglob("*.py"))
LONG, WALL = 300, 500
LONG_BODY, BODY_WALL = 25, 60
#: Bodies over the wall, with the lines they may have: one loop over marks that falls apart if it is parted.
POSITIONAL = 5
#: Rules of the engine take states and quantities, not options, and machine code takes them by position.
POSITIONAL_OF_RULES = 8
BAGS = {
    "base",
    "common",
    "helper",
    "helpers",
    "manager",
    "misc",
    "shared",
    "tools",
    "util",
    "utils",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{path.relative_to(SOURCE)} {node.name}", node


def length(function: Function) -> int:
    """Lines of the body after the docstring."""
    first, *rest = function.body
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and rest:
        first = rest[0]
    return (function.end_lineno or function.lineno) - first.lineno + 1


def taken_by_position(function: Function) -> int:
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def test_no_file_is_over_the_wall_and_few_are_long() -> None:
    sizes = {
        str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines())
        for path in FILES
    }
    assert not {name: size for name, size in sizes.items() if size > WALL}
    long = {name: size for name, size in sizes.items() if size > LONG}
    assert len(long) <= len(sizes) / 10, long


def test_no_body_is_over_the_wall_and_few_are_long() -> None:
    sizes = [(name, length(function)) for name, function in functions()]
    assert not [(name, size) for name, size in sizes if size > BODY_WALL]
    long = [(name, size) for name, size in sizes if size > LONG_BODY]
    assert len(long) <= len(sizes) / 10, long


def test_no_public_function_takes_much_by_position() -> None:
    assert not [
        (name, taken_by_position(function))
        for name, function in functions()
        if not function.name.startswith("_")
        and taken_by_position(function)
        > (POSITIONAL_OF_RULES if name.startswith("engine/") else POSITIONAL)
    ]


def test_no_file_is_a_bag() -> None:
    assert not [str(path) for path in FILES if {path.stem, path.parent.name} & BAGS]
