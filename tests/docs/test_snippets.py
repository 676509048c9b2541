"""The code that pages show runs: Python, commands of the shell, declared files.

Sizes are made small, for a page shows a nation where a hundred people prove the snippet. Blocks of one page
run in its order in one empty folder, and see what earlier ones left. A block of text or of output says so.
"""

from __future__ import annotations

import ast
import math
import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stakhanov
from stakhanov.cli.main import main
from stakhanov.experiments.load import load as load_experiment
from tests.docs.pages import PAGES, ROOT, Block, blocks, name_of

SHOWN = [page for page in PAGES if any(block.language != "text" for block in blocks(page))]
#: Options that make a command small; the last of two counts.
SMALL = {
    "run": "--workers 60 --periods 3 --threads 1",
    "compare": "--workers 60 --periods 2 --replicates 2 --threads 1",
    "sweep": "--workers 60 --periods 2 --replicates 2 --threads 1",
    "decompose": "--workers 60 --periods 2 --replicates 2 --rule strain --rule prizes --threads 1",
    "calibrate": "--workers 100 --periods 2 --draws 2 --threads 1",
    "optimise": "--workers 60 --periods 2 --replicates 1 --trials 4 --fresh 2 --threads 1",
    "sensitivity": "--workers 60 --periods 2 --trajectories 2 --samples 2 --threads 1",
}
#: Packages of extras that a page's code needs.
NEEDED = {"find-what-matters.md": "SALib", "search-for-better-rules.md": "optuna"}
#: Commands that may find, small as they are here, that something does not hold.
MAY_FAIL = ("experiment", "break", "calibrate")


def smaller(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same with few people and periods."""

    def called(*given: Any, **named: Any) -> Any:
        few = {"workers": min(named.get("workers") or 60, 60), "periods": 3}
        if "replicates" in named:
            few["replicates"] = 2
        return function(*given, **{**named, **few})

    return called


def run_python(block: Block, names: dict[str, Any]) -> None:
    """Run a block; a number in the comment behind an expression must be its value."""
    for statement in ast.parse(block.text).body:
        lines = block.text.splitlines()[statement.lineno - 1 : statement.end_lineno]
        told = re.search(r"#\s*(-?\d+\.\d+)\s*$", lines[-1])
        code = ast.get_source_segment(block.text, statement) or ""
        if told and isinstance(statement, ast.Expr):
            places = len(told.group(1).partition(".")[2])
            value = float(eval(code, names))
            assert math.isclose(value, float(told.group(1)), abs_tol=0.51 * 10.0**-places), lines
        else:
            exec(compile(ast.Module([statement], []), name_of(block.page), "exec"), names)


def run_line(line: str) -> None:
    """One line of a shell block."""
    words = shlex.split(line, comments=True)
    if not words:
        return
    if words[0] == "make":
        targets = re.findall(
            r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
        )
        assert set(words[1:2]) <= set(targets), line
    elif words[0] == "stakhanov":
        status = main([*words[1:], *shlex.split(SMALL.get(words[1], ""))])
        assert status == 0 or (status == 1 and words[1] in MAY_FAIL), line
    elif words[:2] == ["python", "-m"]:
        assert (ROOT / words[2].replace(".", "/") / "__main__.py").exists(), line
    else:
        assert (ROOT / words[0]).exists(), f"what is {line!r}?"


def keep_file(block: Block) -> None:
    """Write a declared file under the name it gives itself, and read it as what it is."""
    plain = tomllib.loads(block.text)
    tables = (chapter for chapter in plain.values() if isinstance(chapter, dict))
    place = Path(f"{plain['id'] if 'id' in plain else next(tables)['name']}.toml")
    place.write_text(block.text, encoding="utf-8")
    if "id" in plain:
        assert load_experiment(place).id == plain["id"]
    elif "workforce" in plain:
        assert stakhanov.load_workforce(place).name
    else:
        assert stakhanov.load(place).name


@pytest.mark.parametrize("page", SHOWN, ids=name_of)
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    if page.name in NEEDED:
        pytest.importorskip(NEEDED[page.name], reason="an extra of this page is not installed")
    for name in ("simulate", "compare", "sensitivity", "optimise", "calibrate"):
        monkeypatch.setattr(stakhanov, name, smaller(getattr(stakhanov, name)), raising=False)
    names: dict[str, Any] = {"stakhanov": stakhanov, "sk": stakhanov}
    for block in blocks(page):
        language, _, place = block.language.partition(" ")
        if place and language in ("toml", "markdown"):  # the block is a file, and says which
            Path(place).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            run_python(block, names)
        elif block.language == "toml":
            keep_file(block)
        elif block.language in ("", "sh"):
            for line in block.text.splitlines():
                run_line(line)
        else:
            assert block.language == "text", (
                f"{name_of(page)}:{block.line}: what is {block.language!r}?"
            )


def test_the_readme_shows_something() -> None:
    readme = [block.language for block in blocks(ROOT / "README.md")]
    assert "python" in readme
    assert readme.count("") >= 2
