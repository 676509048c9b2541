"""Planted defects: every rule of the linter catches what it is there for, and a sound class is clean.

A bug that is found in a guide adds a mutant here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from stakhanov.guide import library
from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.check import checked, rules

MOVEMENT = "terms/stakhanovite-movement.md"
PADDED = "terms/padded-reports.md"
CLASS = "class.toml"
SOURCES = "sources.toml"
EXPERIMENT = "experiments/rare-audits.toml"
LOCK = "results.lock.json"
NEW = "terms/new.md"
LINKS = "links.lock.json"


@dataclass(frozen=True)
class Mutant:
    """A text of a file that is replaced by another; nothing to replace means a new file."""

    rule: str
    file: str
    old: str
    new: str
    also: tuple[Mutant, ...] = ()

    def plant(self, folder: Path) -> None:
        for other in self.also:
            other.plant(folder)
        place = folder / self.file
        if not self.old:
            place.parent.mkdir(exist_ok=True)
            place.write_text(self.new, encoding="utf-8")
            return
        text = place.read_text(encoding="utf-8")
        assert self.old in text, "the mutant must find what it replaces"
        place.write_text(text.replace(self.old, self.new), encoding="utf-8")


SILENT = (
    '{"addresses": {"https://example.org/figes": '
    '{"first": "2026-01-01", "last": "2026-04-20", "reached": %s}}}'
)
WITH_URL = Mutant(
    "",
    SOURCES,
    'locator = "footnote on Stakhanov"',
    'locator = "footnote on Stakhanov"\nurl = "https://example.org/figes"',
)
EVIDENCE_OF_RECORD = "evidence: [eorh, siegelbaum, monuments]"
MUTANTS = [
    Mutant(
        "unsourced-claim",
        MOVEMENT,
        "evidence: [eorh, siegelbaum]\n    values",
        "evidence: []\n    values",
    ),
    Mutant("unsourced-claim", MOVEMENT, "evidence: [figes]", "evidence: [usual-page]"),
    Mutant("unsourced-claim", MOVEMENT, "]{#rewards}", "]{#prizes}"),
    Mutant("unsourced-claim", PADDED, "evidence: [harrison]", "evidence: []"),
    Mutant("orphan-claim", MOVEMENT, "]{#norms}", "]"),
    Mutant("orphan-claim", PADDED, "{#definition}", ""),
    Mutant(
        "number-unbound",
        MOVEMENT,
        "Record-setters were paid",
        "Record-setters were paid 3,000 roubles,",
    ),
    Mutant("number-unbound", MOVEMENT, "given goods", "given twice the goods"),
    Mutant(
        "number-unbound",
        MOVEMENT,
        "a reason to demand more per shift",
        "a reason to demand 40 % more per shift",
    ),
    Mutant("number-unbound", MOVEMENT, '      - {text: "7", fact: [monuments.norm_t]}\n', ""),
    Mutant("number-unbound", MOVEMENT, "gist: Records of a few", "gist: Records of 300 men"),
    Mutant(
        "number-unbound", PADDED, "]{#audits}", ", or {{rare-audits.rare.true_output}}]{#audits}"
    ),
    Mutant(
        "number-disagrees",
        SOURCES,
        "coal_t = 102\nquota_multiple = 14",
        "coal_t = 120\nquota_multiple = 14",
    ),
    Mutant("number-disagrees", SOURCES, "norm_t = { value = 7", "norm_t = { value = 5"),
    Mutant("number-disagrees", SOURCES, "date = 1935-08-31", "date = 1935-09-30"),
    Mutant(
        "number-disagrees",
        SOURCES,
        "[press-1970s.facts]\ncoal_t = 102\nquota_multiple = 11",
        "[press-1970s.facts]\ncoal_t = 102\nquota_multiple = 9",
    ),
    Mutant(
        "number-disagrees", MOVEMENT, "See also [padded", "Others say four times. See also [padded"
    ),
    Mutant(
        "number-disagrees",
        MOVEMENT,
        "gist: Records of a few",
        "gist: A man who mined four times his norm",
    ),
    Mutant("number-disagrees", MOVEMENT, "answer: 2", "answer: 1"),
    Mutant(
        "number-disagrees",
        PADDED,
        'rare-audits.rare.padded_share | percent}}", result: rare-audits.rare',
        'rare-audits.rare.padded_share | percent}}", result: rare-audits.many',
    ),
    Mutant("number-disagrees", PADDED, "| percent", "| promille"),
    Mutant("value-unused", MOVEMENT, "102 tonnes", "103 tonnes"),
    Mutant("value-unused", MOVEMENT, "[four times]{.wrong}", "many times"),
    Mutant("value-unused", MOVEMENT, 'cloze: ["102", "14"]', 'cloze: ["102", "fifteen"]'),
    Mutant(
        "value-unused",
        PADDED,
        "in our model {{rare-audits.rare.padded_share | percent}} %",
        "in our model 3.1 %",
    ),
    Mutant(
        "number-outside-claim",
        MOVEMENT,
        "See also [padded",
        "It spread to 3 million. See also [padded",
    ),
    Mutant("number-outside-claim", PADDED, "Predict first.", "Predict first, then run 10 seeds."),
    Mutant("undeclared-dispute", MOVEMENT, ", fact: press-1970s.quota_multiple,\n", ",\n"),
    Mutant("unknown-source", MOVEMENT, "source: press-1970s", "source: russian-life"),
    Mutant("undeclared-dispute", SOURCES, "helpers = 2", "helpers = 2\nnorm_t = 9"),
    Mutant(
        "undeclared-dispute", SOURCES, "[russian-life.facts]", "[russian-life.facts]\ncoal_t = 82"
    ),
    Mutant("too-few-sources", MOVEMENT, EVIDENCE_OF_RECORD, "evidence: [monuments]"),
    Mutant(
        "too-few-sources",
        SOURCES,
        'tier = "secondary"\n',
        'tier = "secondary"\norigin = "press report of September 1935"\n',
    ),
    Mutant("too-few-sources", CLASS, "event = 1", "event = 2"),
    Mutant("history-by-simulation", PADDED, "kind: mechanism", "kind: event"),
    Mutant("history-by-simulation", PADDED, "kind: mechanism", "kind: quantity"),
    Mutant("history-by-simulation", PADDED, "kind: mechanism", "kind: attribution"),
    Mutant("unmarked-model", PADDED, ": in our model {{", ": {{"),
    Mutant("unmarked-model", PADDED, "kind: mechanism", "kind: counterfactual"),
    Mutant("stale-result", LOCK, '"engine": "today"', '"engine": "yesterday"'),
    Mutant("stale-result", EXPERIMENT, "workers = 200", "workers = 300"),
    Mutant("stale-result", LOCK, '"on": "20', '"on": "19'),
    Mutant(
        "stale-result",
        PADDED,
        "id: rare-audits, expect: audits-deter",
        "id: padding, expect: audits-deter",
    ),
    Mutant("expectation-failed", LOCK, '"holds": true', '"holds": false'),
    Mutant("expectation-failed", LOCK, '"high": -0.0199', '"high": 0.0003'),
    Mutant("expectation-moved", EXPERIMENT, 'op = "<"', 'op = "<="'),
    Mutant("expectation-moved", EXPERIMENT, 'op = "<"', 'op = "<"\nmin_gap = 0.001'),
    Mutant("expectation-moved", LOCK, '"first": {\n', '"first": {\n"max_gap": 1,'),
    Mutant("dead-link", MOVEMENT, "(term:padded-reports)", "(term:padded-report)"),
    Mutant("dead-link", MOVEMENT, "see: [padded-reports]", "see: [norm-revision]"),
    Mutant(
        "dead-link",
        MOVEMENT,
        "class: labour-history, term: stakhanovite-movement",
        "class: labour-history, term: shock-work",
    ),
    Mutant("dead-link", MOVEMENT, "class: labour-history", "class: management"),
    Mutant("dead-link", MOVEMENT, "claim: rewards", "claim: reward"),
    Mutant("dead-link", PADDED, "(lab:rare-audits)", "(lab:frequent-audits)"),
    Mutant("dead-link", PADDED, "(lab:rare-audits)", "(../other.md)"),
    Mutant("dead-link", PADDED, "(lab:rare-audits)", "(#nowhere)"),
    Mutant(
        "dead-link",
        PADDED,
        "Predict first.",
        "Predict first. ![a picture](https://example.org/x.png)",
    ),
    Mutant("dead-link", CLASS, '"padded-reports"]', '"padded-reports", "norms"]'),
    Mutant(
        "missing-also-in",
        MOVEMENT,
        'also_in:\n  - {class: labour-history, term: stakhanovite-movement, angle: "pay by results"}\n',
        "",
    ),
    Mutant("missing-also-in", PADDED, "aliases: [padding", "aliases: [stakhanovite movement"),
    Mutant("date-in-range", MOVEMENT, "years: [1935, 1941]", "years: [1835, 1941]"),
    Mutant("date-in-range", CLASS, "(1933–1937)", "(1833–1937)"),
    Mutant("date-in-range", MOVEMENT, "30–31 August 1935", "30–31 August 1835"),
    Mutant("title-years", CLASS, "Soviet labour, 1917–1991", "Soviet labour, 1817–1991"),
    Mutant(
        "title-years",
        MOVEMENT,
        "title: Stakhanovite movement",
        "title: Stakhanovite movement, 1935–1939",
    ),
    Mutant("title-years", MOVEMENT, "years: [1935, 1941]", "years: [1941, 1935]"),
    Mutant("unknown-source", MOVEMENT, "evidence: [figes]", "evidence: [figs]"),
    Mutant("unknown-source", MOVEMENT, "fact: [monuments.norm_t]", "fact: [monuments.norm]"),
    Mutant(
        "unknown-source",
        MOVEMENT,
        "quotes_error: usual-page.quota_multiple",
        "quotes_error: usual-page.multiple",
    ),
    Mutant(
        "unknown-source",
        MOVEMENT,
        "monuments.coal_t / monuments.norm_t",
        "monuments.coal_t / monuments.norms",
    ),
    Mutant("unknown-source", SOURCES, "[press-1970s]\n", "[press-1980s]\n"),
    Mutant(
        "unknown-experiment",
        PADDED,
        "  experiment: rare-audits\n  predict",
        "  experiment: rare-audit\n  predict",
    ),
    Mutant("unknown-experiment", PADDED, "expect: audits-deter", "expect: audits-help"),
    Mutant(
        "unknown-experiment",
        PADDED,
        "result: rare-audits.many.padded_share",
        "result: rare-audits.most.padded_share",
    ),
    Mutant(
        "unknown-experiment",
        PADDED,
        "experiment: {id: rare-audits, expect: audits-deter}",
        "experiment: {id: rare-audits}",
    ),
    Mutant(
        "unknown-experiment",
        PADDED,
        "    kind: mechanism\n",
        "    kind: mechanism\n    theory: {name: tournamnt}\n",
    ),
    Mutant("unknown-address", PADDED, "move: [audits.probability]", "move: [audits.probabilty]"),
    Mutant("unknown-address", EXPERIMENT, '"norms.revision.up" = 0.0', '"norms.revison.up" = 0.0'),
    Mutant(
        "unknown-address", EXPERIMENT, '"audits.probability" = 0.6', '"audit.probability" = 0.6'
    ),
    Mutant("duplicate-id", MOVEMENT, "]{#rewards}", "]{#norms}"),
    Mutant("duplicate-id", MOVEMENT, "- id: q-plans", "- id: rewards"),
    Mutant(
        "duplicate-id",
        MOVEMENT,
        "{id: norms, weight: 2, claim: norms",
        "{id: incentive, weight: 2, claim: norms",
    ),
    Mutant("duplicate-id", PADDED, "id: padded-reports", "id: stakhanovite-movement"),
    Mutant("duplicate-id", CLASS, '"padded-reports"]', '"padded-reports", "padded-reports"]'),
    Mutant(
        "duplicate-id",
        PADDED,
        "id: padded-reports\n",
        "id: padded-reports\nwas: [stakhanovite-movement]\n",
    ),
    Mutant("id-matches-file", PADDED, "id: padded-reports", "id: padded-report"),
    Mutant(
        "id-matches-file", MOVEMENT, "id: stakhanovite-movement\ntitle", "id: stakhanovite\ntitle"
    ),
    Mutant("model-misses-point", MOVEMENT, "lifting norms", "new laws"),
    Mutant(
        "model-misses-point",
        PADDED,
        "with coal shipped or power used",
        "with something hard to fake",
    ),
    Mutant(
        "model-misses-point",
        PADDED,
        "A padder who is caught loses the bonus and pays a fine, so that padding stops",
        "Padding never stops",
    ),
    Mutant("fact-without-evidence", MOVEMENT, EVIDENCE_OF_RECORD, "evidence: [eorh, siegelbaum]"),
    Mutant(
        "fact-without-evidence",
        MOVEMENT,
        "evidence: [eorh, siegelbaum]\n    values",
        "evidence: [siegelbaum]\n    values",
    ),
    Mutant("unverified-fact", SOURCES, 'locator = "second paragraph"', 'status = "recalled"'),
    Mutant(
        "unverified-fact",
        SOURCES,
        "coal_t = 102\nnorm_t",
        'coal_t = { value = 102, status = "unverified" }\nnorm_t',
    ),
    Mutant("html-in-text", PADDED, "Predict first.", "Predict <b>first</b>."),
    Mutant("html-in-text", PADDED, "Predict first.", "<script>alert(1)</script>"),
    Mutant("html-in-text", PADDED, "Predict first.", "Predict first. <!-- a note -->"),
    Mutant("hidden-text", PADDED, "Predict first.", "Predict \u202etsrif\u202c."),
    Mutant("hidden-text", MOVEMENT, "title: Stakhanovite", "title: Stakhano\u200bvite"),
    Mutant("term-without-unit", CLASS, ', "padded-reports"]', "]"),
    Mutant("term-without-unit", NEW, "", "---\nid: new\ntitle: New\n---\n"),
    Mutant("class-without-terms", CLASS, "", 'id = "soviet-labour"\ntitle = "Empty"\n'),
    Mutant(
        "class-without-terms",
        CLASS,
        'id = "soviet-labour"',
        'id = "soviet-labour"\nwas = ["labour"]',
    ),
    Mutant(
        "single-source-class",
        SOURCES,
        'origin = "press report of September 1935"\n',
        "",
        (Mutant("", SOURCES, 'tier = "', 'origin = "one report"\ntier = "'),),
    ),
    Mutant(
        "single-source-class",
        MOVEMENT,
        EVIDENCE_OF_RECORD,
        "evidence: [figes]",
        (
            Mutant("", MOVEMENT, "evidence: [eorh, siegelbaum]", "evidence: [figes]"),
            Mutant("", MOVEMENT, "evidence: [figes, eorh]", "evidence: [figes]"),
            Mutant("", PADDED, "evidence: [harrison]", "evidence: [figes]"),
        ),
    ),
    Mutant("hard-to-read", CLASS, "tolerance = 0.05", "reading_grade = 2"),
    Mutant(
        "hard-to-read",
        MOVEMENT,
        "Record-setters were paid",
        "Notwithstanding incommensurability considerations regarding institutional remuneration"
        " arrangements characterising contemporaneous administrative hierarchies, record-setters,"
        " representing unquestionably exceptional individuals, universally acknowledged as"
        " extraordinarily productive contributors, were paid",
    ),
    Mutant("review-out-of-date", MOVEMENT, f"on: {date.today()}", "on: 2020-02-29"),
    Mutant(
        "review-out-of-date",
        MOVEMENT,
        f"on: {date.today()}",
        f"on: {date.today() - timedelta(days=3)}",
        (Mutant("", CLASS, "tolerance = 0.05", "review_max_age_days = 2"),),
    ),
    Mutant("review-without-reader", MOVEMENT, "status: draft", "status: reviewed"),
    Mutant("review-without-reader", MOVEMENT, f"on: {date.today()}", "on: 2999-01-01"),
    Mutant(
        "review-without-reader",
        PADDED,
        "aliases:",
        "reviewed: {by: A. Reader, status: reviewed}\naliases:",
    ),
    Mutant(
        "copied-sentence",
        "excerpts/figes.txt",
        "",
        "We read: record-setters were paid bonuses and given goods, better flats.",
    ),
    Mutant(
        "copied-sentence",
        "excerpts/harrison.txt",
        "",
        "REPORTS that claim output\nwhich was never produced, so that all is well",
    ),
    Mutant("excerpt-without-work", "excerpts/harison.txt", "", "Nothing.\n"),
    Mutant("excerpt-without-work", "excerpts/notes.txt", "", "Nothing.\n"),
    Mutant("unreachable-source", LINKS, "", SILENT % "null", (WITH_URL,)),
    Mutant("unreachable-source", LINKS, "", SILENT % '"2026-03-01"', (WITH_URL,)),
    Mutant("format", LINKS, "", '{"addresses": []}', (WITH_URL,)),
    Mutant("format", MOVEMENT, "claims:\n", "claims\n"),
    Mutant("format", CLASS, "tolerance = 0.05", "tolerance = 5"),
    Mutant("format", SOURCES, 'tier = "secondary"', 'tier = "hearsay"'),
    Mutant("format", EXPERIMENT, 'measure = "padded_share"', 'measure = "padding"'),
]
#: What a mutant needs beside its text.
WITHOUT_TERMS = "class-without-terms"


def found_in(folder: Path) -> list[Finding]:
    return checked(library(folder), engine="today")


def test_a_sound_class_is_clean(locked: Path) -> None:
    assert found_in(locked) == []
    assert checked(library(locked), release=True, engine="today") == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: f"{one.rule}: {one.new[:40]!r}")
def test_every_planted_defect_is_caught(locked: Path, mutant: Mutant) -> None:
    mutant.plant(locked)
    if mutant.rule == WITHOUT_TERMS:
        for path in (locked / "terms").iterdir():
            path.unlink()
    found = found_in(locked)
    assert mutant.rule in {one.rule for one in found}, [str(one) for one in found]
    for one in found:
        lines = (locked.parent / one.file).read_text(encoding="utf-8").splitlines()
        assert 1 <= one.line <= len(lines)
        assert "; found " in one.message


def test_every_rule_has_two_planted_defects_at_least() -> None:
    planted = Counter(mutant.rule for mutant in MUTANTS)
    assert {rule.name for rule in rules()} == set(planted)
    assert not {rule for rule, number in planted.items() if number < 2}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("roughly\n   14 times his norm", "roughly\n   four times his norm"),
        ("roughly\n   14 times his norm", "roughly\n   4 times his norm"),
        ("14 times his norm", "fourfold his norm"),
        ("[four times]{.wrong}", "four times"),
        (
            "Record-setters were paid bonuses",
            "Record-setters made four times the norm, were paid bonuses",
        ),
        ("Publicised records gave", "A record of four times the norm gave"),
        ("]{#definition}", "] He mined four times his quota. [It]{#definition}"),
    ],
)
def test_four_times_the_norm_is_caught_wherever_it_is_said(
    locked: Path, old: str, new: str
) -> None:
    """The usual page says that the first record was four times the quota; it was about fourteen."""
    Mutant("", MOVEMENT, old, new).plant(locked)
    errors = [one for one in found_in(locked) if one.level == "error"]
    assert {one.rule for one in errors} & {"number-disagrees", "number-unbound", "value-unused"}


def test_four_declared_as_the_value_of_the_record_is_caught(locked: Path) -> None:
    """Binding the wrong number to the right facts does not help."""
    Mutant("", MOVEMENT, "14 times his norm", "four times his norm").plant(locked)
    Mutant("", MOVEMENT, '{text: "14", fact', '{text: "four", fact').plant(locked)
    found = [one for one in found_in(locked) if one.rule == "number-disagrees"]
    assert any("eorh.quota_multiple; found 14" in one.message for one in found)
    assert any("found 14.57" in one.message for one in found)


def test_an_address_that_is_none_is_told_at_its_line(locked: Path) -> None:
    Mutant("", EXPERIMENT, '"audits.probability" = 0.6', '"audits.probabilty" = 0.6').plant(locked)
    [found] = [one for one in found_in(locked) if one.rule == "unknown-address"]
    assert "(did you mean audits.probability?)" in found.message
    text = (locked / EXPERIMENT).read_text(encoding="utf-8").splitlines()
    assert text[found.line - 1] == '"audits.probabilty" = 0.6'
