"""Classes and terms are begun, mended and described."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from stakhanov.foundation.problem import BadInput
from stakhanov.guide import library, load
from stakhanov.guide.lint.check import checked
from stakhanov.guide.pages import FENCE
from stakhanov.guide.repair import repaired
from stakhanov.guide.scaffold import new_class, new_term
from stakhanov.guide.schemas import SCHEMAS, schema

MOVEMENT = "terms/stakhanovite-movement.md"


def test_a_new_class_with_a_new_term_has_only_what_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "mining"
    new_class(folder, 'Mining: the "old" days, 1930–1940')
    new_term(folder, "hewer")
    new_term(folder, "timberman", "Timberman")
    guide, faults = load(folder)
    assert guide is not None
    assert faults == []
    assert guide.about.title == 'Mining: the "old" days, 1930–1940'
    assert guide.about.years == (1930, 1940)
    assert guide.about.unit[0].terms == ("hewer", "timberman")
    assert {one.rule for one in checked(library(folder))} == {"unsourced-claim"}
    assert {one.level for one in checked(library(folder))} == {"warn"}


def test_nothing_is_written_over(example: Path) -> None:
    with pytest.raises(BadInput, match="must be a folder that is not there yet"):
        new_class(example)
    with pytest.raises(BadInput, match="must be a term that is not there yet"):
        new_term(example, "padded-reports")
    with pytest.raises(BadInput, match=r"must be lower-case words.*norm-revision would do"):
        new_term(example, "Norm revision")
    with pytest.raises(BadInput, match="must be the folder of a class"):
        new_term(example / "terms", "norm-revision")


def test_a_mended_class_has_its_entries_and_keeps_its_comments(locked: Path) -> None:
    place = locked / MOVEMENT
    sound = place.read_text(encoding="utf-8")
    text = sound.replace('      - {text: "7", fact: [monuments.norm_t]}\n', "")
    text = text.replace("kind: quantity\n", "kind: quantity  # the record itself\n")
    text = text.replace("See also", "[A sentence of its own.]{#more} See also")
    text = text.replace(text[text.index("also_in:") : text.index("before:")], "")
    place.write_text(text, encoding="utf-8")
    about = locked / "class.toml"
    about.write_text(
        about.read_text(encoding="utf-8").replace(', "padded-reports"]', "]  # in order"),
        encoding="utf-8",
    )
    before = {one.rule for one in checked(library(locked))}
    assert {"number-unbound", "missing-also-in", "term-without-unit", "unsourced-claim"} <= before
    done = [one.what for one in repaired(library(locked))]
    assert sorted(done) == [
        "also_in: labour-history/stakhanovite-movement",
        "claims.more",
        "claims.record.values: 7",
        "unit second-plan: padded-reports",
    ]
    mended = place.read_text(encoding="utf-8")
    assert "# the record itself" in mended
    assert "# in order" in about.read_text(encoding="utf-8")
    assert FENCE.sub("", mended) == FENCE.sub("", text)
    found = checked(library(locked))
    assert [(one.rule, "more" in one.message) for one in found] == [("unsourced-claim", True)]
    assert repaired(library(locked)) == []


def test_a_number_that_two_facts_could_mean_is_left_to_its_author(locked: Path) -> None:
    sources = locked / "sources.toml"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(
        text.replace("later_t = 227", "later_t = 227\nshift_h = 7"), encoding="utf-8"
    )
    place = locked / MOVEMENT
    text = place.read_text(encoding="utf-8")
    place.write_text(
        text.replace('      - {text: "7", fact: [monuments.norm_t]}\n', ""), encoding="utf-8"
    )
    assert repaired(library(locked)) == []


def test_a_trial_writes_nothing(locked: Path) -> None:
    place = locked / MOVEMENT
    text = place.read_text(encoding="utf-8").replace(
        '      - {text: "7", fact: [monuments.norm_t]}\n', ""
    )
    place.write_text(text, encoding="utf-8")
    assert len(repaired(library(locked), write=False)) == 1
    assert place.read_text(encoding="utf-8") == text


def plain_of(folder: Path, kind: str) -> dict[str, Any]:
    """A file of a class as an editor sees it: dates are texts there."""
    if kind == "term":
        match = FENCE.match((folder / MOVEMENT).read_text(encoding="utf-8"))
        assert match is not None
        plain = YAML(typ="safe").load(match[1])
    else:
        name = {"experiment": "experiments/rare-audits.toml"}.get(kind, f"{kind}.toml")
        plain = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads(json.dumps(plain, default=str))
    return found


@pytest.mark.parametrize("kind", SCHEMAS)
def test_an_editor_accepts_the_small_class_and_refuses_a_key_that_is_not(
    example: Path, kind: str
) -> None:
    told = schema(kind)
    jsonschema.Draft202012Validator.check_schema(told)
    plain = plain_of(example, kind)
    jsonschema.validate(plain, told)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**plain, "titel": "x"}, told)
