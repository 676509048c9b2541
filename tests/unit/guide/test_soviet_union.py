"""The class "soviet-union": whole, clean, and no quantity that its table of facts does not hold."""

from __future__ import annotations

import csv
import re
import shutil
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stakhanov.guide.finding import Level
from stakhanov.guide.guides import Guide
from stakhanov.guide.lint.check import checked
from stakhanov.guide.load import SHIPPED, library
from stakhanov.guide.prose import Span

FOLDER = SHIPPED / "soviet-union"
HISTORY = Path(__file__).resolve().parents[4] / "shared" / "history"
ROWS = Path(__file__).parent / "soviet_union_rows.toml"
#: Grades of rows that were recalled or never seen: no guide may state them.
RECALLED = {"UB", "UC", "DU"}
SCALES = {"thousand": 1e3, "million": 1e6}
WORDS = {"two": 2.0, "five": 5.0, "six": 6.0, "ten": 10.0, "fivefold": 5.0}
#: What the usual page says or leaves out, by its row: the claims that answer it and words they hold.
ANSWERS: dict[str, tuple[tuple[str, ...], str]] = {
    "C01": (("definition",), "campaign of the Soviet party and state"),
    "C02": (("record", "staged"), "Alexei Stakhanov"),
    "C03": (("rewards", "norms", "resistance"), "raise everybody's norms"),
    "C04": (("plan",), "second Five-Year Plan"),
    "C05": (("crew",), "two timbermen"),
    "C06": (("record",), "30–31 August 1935"),
    "C07": (("record", "crew"), "14.6"),
    "C08": (("emulation", "records-race"), "higher stage of socialist emulation"),
    "C09": (("rewards",), "better flats"),
    "C10": (("minority", "growth"), "24.6 %"),
    "C11": (("cult",), "posters"),
    "C12": (("spread", "stakhanov-days", "coal-failed"), "4.7 times"),
    "C13": (("resistance",), "139 cases"),
    "C14": (("padding", "slack"), "1943 to 1962"),
    "C15": (("growth",), "overstate growth"),
    "C16": (("violence",), "killings"),
    "C17": (("cult",), "books"),
    "C18": (("cult", "pull-wears-off"), "in our model"),
    "C19": (("afterlife",), "emulation went on"),
    "C20": (("failing", "norms"), "85–90 %"),
    "C21": (("tired", "held-back"), "worn out or sulky"),
    "C22": (("course-years",), "revolution of 1917"),
    "C23": (("laws",), "1,633,526"),
    "C24": (("norms", "norm-bites"), "31.7 %"),
}


@pytest.fixture(scope="module")
def guide() -> Guide:
    return library(FOLDER).guides["soviet-union"]


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    """The table of facts and the series by row; skipped where they are not at hand."""
    if not (HISTORY / "facts.csv").is_file():
        pytest.skip("the table of facts is not at hand (looked in ../shared/history)")
    with (HISTORY / "facts.csv").open(encoding="utf-8", newline="") as file:
        found = {row["id"]: row for row in csv.DictReader(file)}
    with (HISTORY / "series.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[f"{row['series']} {row['period']}"] = {**row, "statement": row["series"]}
    return found


def quantities(guide: Guide) -> dict[str, Any]:
    """The facts that measure something: everything but dates and years."""
    return {
        f"{name}.{key}": fact.value
        for name, work in guide.sources.items()
        if work.evidence
        for key, fact in work.facts.items()
        if not isinstance(fact.value, date) and not _year(fact.value)
    }


def _year(value: object) -> bool:
    if isinstance(value, str):
        return all(_year(int(part)) for part in re.findall(r"\d+", value))
    return isinstance(value, int) and 1913 <= value <= 1991


def numbers(row: Mapping[str, str]) -> set[float]:
    """Every number that a row states, in its words and its value, in units and scaled to persons."""
    text = re.sub(r"(?<=\d)-(?=\d)", " ", f"{row['statement']} {row['value']}".replace(",", ""))
    said = {float(part) for part in re.findall(r"\d+(?:\.\d+)?", text)}
    said |= {value for word, value in WORDS.items() if re.search(rf"\b{word}\b", text, re.I)}
    text += f" {row.get('population', '')}"
    for scale, times in SCALES.items():
        said |= {float(part) * times for part in re.findall(rf"(\d+(?:\.\d+)?) {scale}", text)}
        if scale in row.get("unit", ""):
            said |= {number * times for number in said}
    return said


def test_the_class_is_a_class(guide: Guide) -> None:
    """At least 20 terms, each with a definition, facts and questions, each taught in a unit."""
    assert len(guide.pages) >= 20
    taught = [term for unit in guide.about.unit for term in unit.terms]
    assert sorted(taught) == sorted(page.term.id for page in guide.pages)
    for page in guide.pages:
        sections = [span.section for span in page.prose.spans]
        assert sections.count("Definition") == 1, page.term.id
        assert 4 <= sections.count("Must know") <= 5, page.term.id
        assert len(page.term.questions) >= 3, page.term.id
        assert page.term.gist, page.term.id


def test_nothing_is_found_against_it() -> None:
    found = [one for one in checked(library(FOLDER)) if one.level is Level.ERROR]
    assert [str(one) for one in found] == []


def test_every_quantity_has_its_row(guide: Guide) -> None:
    with ROWS.open("rb") as file:
        listed = {f"{s}.{k}" for s, facts in tomllib.load(file).items() for k in facts}
    assert listed == set(quantities(guide))


def test_every_quantity_is_what_its_row_says(guide: Guide, rows: dict[str, dict[str, str]]) -> None:
    with ROWS.open("rb") as file:
        table = tomllib.load(file)
    for name, value in quantities(guide).items():
        source, _, key = name.partition(".")
        given = table[source][key]
        row = given if isinstance(given, dict) else rows[given]
        assert row["trust"] not in RECALLED, name
        for part in value if isinstance(value, tuple) else (value,):
            assert any(abs(part - said) < 1e-9 * said for said in numbers(row)), (name, part)


def test_recalled_rows_can_be_told(rows: dict[str, dict[str, str]]) -> None:
    """The table has rows that no guide may state, so that the test above can fail."""
    assert rows["A14"]["trust"] in RECALLED
    assert numbers(rows["A14"]) >= {152.0, 97.0}


def test_every_line_of_the_usual_page_is_answered(guide: Guide) -> None:
    page = guide.page("stakhanovite-movement")
    assert page is not None
    for row, (claims, words) in ANSWERS.items():
        spans = [page.prose.span(claim) for claim in claims]
        assert None not in spans, (row, claims)
        assert words in " ".join(span.text for span in spans if span), row


def test_no_line_of_the_usual_page_is_forgotten() -> None:
    path = HISTORY / "seed_claims.csv"
    if not path.is_file():
        pytest.skip("the lines of the usual page are not at hand (looked in ../shared/history)")
    with path.open(encoding="utf-8", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == set(ANSWERS)


def test_the_record_is_told_as_it_was(guide: Guide) -> None:
    """102 t on a norm of 7 by three men: 14.57 norms, 4.857 a head; never four times."""
    page = guide.page("stakhanovite-movement")
    assert page is not None
    record, crew = page.prose.span("record"), page.prose.span("crew")
    assert record is not None
    assert crew is not None
    assert {"102 t", "7 t", "about 14 times", "14.6"} <= found_in(record)
    assert f"{102 / 7:.1f}" in record.text
    assert f"{102 / 7 / 3:.1f}" in crew.text
    four = record.text.index("four times")
    assert record.is_wrong(four, four + len("four times"))
    assert {d.source for d in page.term.claims["record"].dispute} >= {"time-later", "ukraine-1993"}


def found_in(span: Span) -> set[str]:
    """The phrases of the record's sentence that must stand in it."""
    return {p for p in ("102 t", "7 t", "about 14 times", "14.6") if p in span.text}


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("terms/stakhanovite-movement.md", "about 14 times", "about four times", "number"),
        (
            "terms/stakhanovite-movement.md",
            "102 t of coal in one",
            "120 t of coal in one",
            "number",
        ),
        ("sources.toml", "value = 1633526", "value = 163352", "number-disagrees"),
        ("terms/norm-revision.md", "rates by 15.7 % (14.6", "rates by 17.5 % (14.6", "number"),
    ],
)
def test_a_planted_error_is_caught(
    tmp_path: Path, file: str, old: str, new: str, rule: str
) -> None:
    copy = tmp_path / "soviet-union"
    shutil.copytree(FOLDER, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    found = [one for one in checked(library(copy)) if one.level is Level.ERROR]
    assert any(one.rule.startswith(rule) for one in found)


def test_works_are_cited_and_not_the_places_where_they_were_seen(guide: Guide) -> None:
    for name, work in guide.sources.items():
        assert not work.url, name
        assert not work.seen_at, name
        assert work.author or work.container or work.year or work.note, name
