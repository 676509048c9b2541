"""The names that a researcher writes first are there, and everything public says what it is."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path

import stakhanov

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "stakhanov"


def test_the_package_offers_what_it_names() -> None:
    assert {"load", "simulate", "theory", "Run"} <= set(stakhanov.__all__)
    for name in stakhanov.__all__:
        assert getattr(stakhanov, name) is not None


def test_every_list_of_public_names_is_true() -> None:
    for path in sorted(SOURCE.rglob("__init__.py")):
        name = ".".join(path.parent.relative_to(SOURCE.parent).parts)
        module = import_module(name)
        missing = [one for one in getattr(module, "__all__", ()) if not hasattr(module, one)]
        assert not missing, name


def test_everything_public_has_a_sentence() -> None:
    silent = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = str(path.relative_to(SOURCE))
        if tree.body and not ast.get_docstring(tree):
            silent.append(place)
        silent += [
            f"{place}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert not silent


def test_signatures_that_scripts_rely_on() -> None:
    parameters = inspect.signature(stakhanov.simulate).parameters
    assert list(parameters)[:2] == ["campaign", "workforce"]
    by_name = {
        "workers",
        "periods",
        "seed",
        "threads",
        "backend",
        "sample",
        "out",
        "resume",
        "force",
        "branch",
        "on_period",
    }
    assert by_name <= set(parameters)
    assert all(parameters[name].kind is inspect.Parameter.KEYWORD_ONLY for name in by_name)
