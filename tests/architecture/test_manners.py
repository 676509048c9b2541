"""Only one file prints, and the project names nothing of the machines that it was made on."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "stakhanov"
PRINTER = SOURCE / "cli" / "output.py"
PRINTING = {"print", "pprint", "echo", "secho"}
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".yaml",
    ".yml",
    ".json",
    ".csv",
    ".sh",
    "",
}
#: Hosts of package registries and paths of machines, put together here so that this file does not hold them.
FORBIDDEN = [
    *(
        "".join(parts)
        for parts in (
            ("pypi", r"\.", "org"),
            ("python", "hosted"),
            ("npm", r"js\."),
            ("deb", r"ian\.", "org"),
        )
    ),
    *(rf"(?<![\w.<]){'/'}{name}/" for name in ("work", "farm", "root", "home/[a-z]")),
    r"\bTO" + r"DO\b",
    r"\bFIX" + r"ME\b",
]


def tracked() -> Iterator[Path]:
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("this is no clone: git does not list the files")
    for name in done.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix in TEXT:
            yield path


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            if name in PRINTING:
                yield node.lineno, name
        if isinstance(node, ast.Attribute) and node.attr in STREAMS:
            yield node.lineno, node.attr


def test_only_one_file_prints() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line} {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path != PRINTER
        for line, name in calls(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_the_project_speaks_of_itself_only() -> None:
    pattern = re.compile("|".join(FORBIDDEN))
    found = []
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert not found


def test_pins_are_names_and_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert not [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]
