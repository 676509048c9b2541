"""Front matter means the same whether it is read fast or by the package that knows all of YAML 1.2."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from stakhanov.guide import front_matter
from stakhanov.guide.front_matter import nodes_of, values_of
from stakhanov.guide.load import SHIPPED

ODD = [
    "012",
    "0x1F",
    "1_000",
    ".5",
    "5.",
    "+3",
    "1e5",
    "1.5e3",
    "3.3e-06",
    "no",
    "yes",
    "off",
    "y",
    "N",
    "5:45",
    "1918-1921",
    "1918–1921",
    "12e03",
    "1,633,526",
    "0o14",
    "0b11",
    "007",
    "1.",
    "e5",
    "Ex",
    "2026-11-25",
    "2026-1-4",
    "2001-12-14t21:59:43Z",
    "190:20:30",
    "1.2.3",
    ".inf",
    "-.Inf",
    ".nan",
    "nan",
    "Infinity",
    "~",
    "null",
    "NULL",
    "true",
    "False",
    "<<",
    "=",
    "-",
    "-0",
    "00",
    "-5.50",
    "b.c",
    "14.6%",
    "'quoted'",
    '"12"',
    "норма",
    "a#b",
    "[1,2]",
    "{a:1}",
    "{}",
    "[]",
    "!!str",
    "*x",
    "&x",
    "|",
]


def plain(text: str) -> str:
    """What the package gives in full, or that it is refused."""
    try:
        return repr(YAML(typ="safe", pure=True).load(io.StringIO(text)))
    except (YAMLError, ValueError):
        return "refused"


def ours(text: str) -> str:
    try:
        return repr(values_of(text))
    except (YAMLError, ValueError):
        return "refused"


@pytest.mark.parametrize("scalar", [*ODD, "12 t", "1943 to 1962", "1936 - 1938", "2020-13-45", ""])
@pytest.mark.parametrize("form", ["a: {}", "- {}", "{{a: {}, b: c}}", "{}: 1", "{}"])
def test_a_scalar_means_what_the_package_says(scalar: str, form: str) -> None:
    text = form.replace("{{", "\0").replace("}}", "\1").replace("{}", scalar)
    text = text.replace("\0", "{").replace("\1", "}")
    assert ours(text) == plain(text)


@given(st.text(alphabet="0123456789+-._eExtTZ:nulfase ~<=#'\"[]{},&*!|>%?@`\n", max_size=12))
def test_any_short_text_means_what_the_package_says(text: str) -> None:
    assert ours(f"a: {text}\nb: [{text}]") == plain(f"a: {text}\nb: [{text}]")


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2", "&x a: *x", "? [a]\n: b", "--- \na: 1\n--- \nb: 2\n", "a: [1", "# c", ""]
)
def test_what_is_rare_goes_to_the_package(text: str) -> None:
    assert ours(text) == plain(text)


def test_shipped_pages_mean_the_same_without_the_fast_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [
        path.read_text("utf-8").split("\n---\n")[0][4:] for path in SHIPPED.rglob("terms/*.md")
    ]
    fast: list[Any] = [values_of(text) for text in texts]
    monkeypatch.setattr(front_matter, "CParser", None)
    assert fast == [values_of(text) for text in texts]


def test_lines_are_those_of_the_text(tmp_path: Path) -> None:
    found = nodes_of("id: a\nclaims:\n  one:\n    kind: event\n")
    assert found is not None
    assert [key.start_mark.line for key, _ in found.value] == [0, 1]
    assert nodes_of("a: [1") is None
