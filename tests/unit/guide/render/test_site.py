"""The site reads without scripts, opens from the file system, and says what the guide and its lock say."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import pytest

from stakhanov.experiments.load import load as load_experiment
from stakhanov.foundation.problem import BadInput
from stakhanov.guide import library
from stakhanov.guide.live import printed
from stakhanov.guide.measured import titled
from stakhanov.guide.render.site import build

MOVEMENT = "soviet-labour/stakhanovite-movement.html"
PADDED = "soviet-labour/padded-reports.html"
CLASS = "soviet-labour/index.html"
VOID = {"meta", "link", "input", "br", "hr", "path", "rect"}


class Reader(HTMLParser):
    """Elements of a page: their attributes, and whether they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self.feed(text)
        self.close()
        assert self.open == [], "every element must be closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1] == tag, f"{tag} must close {self.open[-1]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(self.open), data))

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    def text(self, *without: str) -> str:
        kept = [word for stack, word in self.words if not {*without, "script", "style"} & {*stack}]
        return " ".join("".join(kept).split())


@pytest.fixture
def site(locked: Path, tmp_path: Path) -> Path:
    place = tmp_path / "site"
    build(library(locked.parent), place)
    return place


def page(site: Path, name: str) -> Reader:
    return Reader((site / name).read_text(encoding="utf-8"))


def pages(site: Path) -> Iterator[tuple[Path, Reader]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Reader(path.read_text(encoding="utf-8"))


def test_every_page_is_whole_and_no_name_stands_twice(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path, _ in pages(site)}
    assert {"index.html", "search.html", "soviet-labour/index.html", MOVEMENT, PADDED} <= names
    for path, read in pages(site):
        twice = {name for name, number in Counter(read.ids()).items() if number > 1}
        assert not twice, path
        tags = [tag for tag, _ in read.elements]
        assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
        assert ("html", {"lang": "en"}) in read.elements


def test_every_link_leads_somewhere_in_the_folder(site: Path) -> None:
    seen = {path.resolve(): set(read.ids()) for path, read in pages(site)}
    for path, read in pages(site):
        for tag, attrs in read.elements:
            target = attrs.get("href") or attrs.get("src")
            if target is None or tag not in ("a", "link", "script") or urlsplit(target).scheme:
                continue
            name, anchor = urldefrag(target)
            there = (path.parent / name).resolve() if name else path.resolve()
            assert there.is_file(), (path, target)
            assert not anchor or anchor in seen[there], (path, target)


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for path, read in pages(site):
        for tag, attrs in read.elements:
            if tag != "a":
                given = [attrs[name] for name in ("href", "src", "srcset", "data") if name in attrs]
                assert not [one for one in given if urlsplit(one).scheme], path
    style = (site / "static" / "guide.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_every_claim_has_a_badge_with_a_name_and_a_panel(site: Path) -> None:
    for name, claims in ((MOVEMENT, 4), (PADDED, 2)):
        read = page(site, name)
        spans = [attrs["id"] for tag, attrs in read.elements if attrs.get("class") == "claim"]
        buttons = [attrs for tag, attrs in read.elements if "data-claim" in attrs]
        assert len(spans) == len(buttons) == claims
        assert [one["data-claim"] for one in buttons] == spans
        panels = {attrs["id"] for _, attrs in read.elements if "popover" in attrs}
        assert {one["popovertarget"] for one in buttons} <= panels
        assert all(one["aria-label"].startswith("Evidence: ") for one in buttons)


def test_all_is_there_without_scripts(site: Path) -> None:
    text = page(site, MOVEMENT).text()
    for words in (
        "A Soviet campaign, begun in 1935,",
        "102 tonnes of coal in a shift",
        "How did the campaign serve the aims",
        "gave the state a lever for lifting norms",
        "Lewis H. Siegelbaum (1988). Stakhanovism",
        "102 ÷ 7 = 14.57",
        "eleven would need a norm of 9 t",
        "goes back to: press report of September 1935",
        "Labour history: pay by results",
    ):
        assert words in text


def test_the_usual_error_stands_only_struck_out(site: Path) -> None:
    read = page(site, MOVEMENT)
    assert "14 times" in read.text()
    whole, without = read.text("s"), read.text()
    assert "four times (a common error)" in without
    prose = whole.partition("Before you read")[2].partition("Evidence")[0]
    assert "four times" not in prose.replace("about four times", "")
    panel = whole.partition("disputed quantity")[2].partition("Who says so")[0]
    assert "14 times" in panel
    assert "four times" not in panel
    assert "“four” is quoted as an error" in without


def test_live_numbers_are_those_of_the_lock(site: Path) -> None:
    text = (site / PADDED).read_text(encoding="utf-8")
    live = re.findall(r'class="live" title="([^"]*)">([^<]*)<', text)
    where, number = live[0]
    assert "95 %: 2.0 to 4.3; 3 seeds" in where.replace("\u00a0", " ")
    assert number == "3.1"
    assert "{{" not in text
    told = 'aria-label="Padded share, share. rare: 0.0314; many: 0.00002. In our model."'
    assert text.count(told) == 2  # for a screen and for a telephone, one of which is shown
    assert "0.0199 to 0.0428" in text
    assert "What it does not:" in text


def test_the_declaration_of_a_run_goes_with_the_site(site: Path) -> None:
    assert (
        load_experiment(site / "soviet-labour" / "experiments" / "rare-audits.toml").workers == 200
    )
    assert "stakhanov experiment rare-audits.toml" in page(site, PADDED).text()


def test_a_class_is_taken_away_as_files_and_tells_what_changed(
    locked: Path, tmp_path: Path
) -> None:
    place = tmp_path / "site"
    build(library(locked), place)
    assert "No claim had to be corrected so far." in page(place, CLASS).text()
    term = locked / "terms" / "stakhanovite-movement.md"
    correction = "corrected: [{on: 2026-03-05, said: It began in 1934., why: A slip of ours.}]"
    text = term.read_text(encoding="utf-8").replace(
        "    kind: attribution\n", f"    kind: attribution\n    {correction}\n", 1
    )
    term.write_text(text, encoding="utf-8")
    build(library(locked), place)
    read = page(place, CLASS)
    changed = read.text().partition("What changed")[2]
    assert changed.startswith(
        " 2026-03-05, Stakhanovite movement: it said “It began in 1934.”. A slip of ours."
    )
    files = [attrs["href"] for tag, attrs in read.elements if "download" in attrs]
    found = {Path(name).suffix: (place / "soviet-labour" / name).read_bytes() for name in files}
    assert zipfile.is_zipfile(io.BytesIO(found[".apkg"]))
    terms = {path.stem for path in (locked / "terms").iterdir()}
    assert {one["id"] for one in json.loads(found[".json"])["terms"]} == terms
    assert ElementTree.fromstring(found[".xml"]).tag == "quiz"
    assert found[".gift"].decode("utf-8").count("::") >= len(terms)


def test_a_class_that_was_never_run_says_so(example: Path, tmp_path: Path) -> None:
    build(library(example), tmp_path / "site")
    text = page(tmp_path / "site", PADDED).text()
    assert "Nobody has run it yet." in text
    assert "Experiment: not run" in text
    assert "in our model …" in text


def test_a_claim_that_fails_and_a_bar_that_moved_show_on_the_badge(
    locked: Path, tmp_path: Path
) -> None:
    lock = locked / "results.lock.json"
    text = lock.read_text(encoding="utf-8").replace('"holds": true', '"holds": false')
    lock.write_text(text, encoding="utf-8")
    file = locked / "experiments" / "rare-audits.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('op = "<"', 'op = "<="'), encoding="utf-8"
    )
    build(library(locked), tmp_path / "site")
    text = page(tmp_path / "site", PADDED).text()
    assert "Experiment: fails, bar moved" in text
    assert "The bar was changed after its first result was known." in text


def test_markup_in_a_guide_is_text_on_its_page(locked: Path, tmp_path: Path) -> None:
    term = locked / "terms" / "padded-reports.md"
    evil = "<script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3))"
    text = term.read_text(encoding="utf-8").replace("Predict first.", evil)
    text = text.replace(
        "gist: Reporting", 'gist: "</script><script>alert(4)</script>"\nkind: term\n# '
    )
    text = text.replace("\nkind: term\ngist", "\ngist")
    text = text.replace("prompt: Why does", "prompt: </script><b>Why</b> does")
    term.write_text(text, encoding="utf-8")
    place = tmp_path / "site"
    build(library(locked), place)
    read = page(place, PADDED)
    assert "<script>alert(1)</script>" in read.text()
    assert not [tag for tag, attrs in read.elements if tag in ("img", "b") or "onerror" in attrs]
    assert not [
        attrs for _, attrs in read.elements if attrs.get("href", "").startswith("javascript")
    ]
    scripts = [attrs for tag, attrs in read.elements if tag == "script"]
    assert [one.get("src", "data") for one in scripts] == [
        "../static/theme.js",
        "data",
        "../static/keys.js",
        "../static/reading.js",
    ]
    index = (place / "static" / "index.js").read_text(encoding="utf-8")
    assert "</script>" not in index


def test_machines_read_the_term_and_its_quiz(site: Path) -> None:
    text = (site / MOVEMENT).read_text(encoding="utf-8")
    [raw] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    data = json.loads(raw)
    assert data["@context"] == "https://schema.org"
    term, quiz = data["@graph"]
    assert (term["@type"], term["name"]) == ("DefinedTerm", "Stakhanovite movement")
    assert term["description"].startswith("A Soviet campaign, begun in 1935")
    assert term["inDefinedTermSet"]["@type"] == "DefinedTermSet"
    assert quiz["@type"] == "Quiz"
    [question] = quiz["hasPart"]
    assert question["acceptedAnswer"]["text"].startswith("The plan wanted more output")


def test_the_index_is_a_script_of_data(site: Path) -> None:
    text = (site / "static" / "index.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix("window.GUIDE_INDEX=").removesuffix(";\n"))
    assert {row["u"] for row in rows} == {
        MOVEMENT,
        PADDED,
        "labour-history/stakhanovite-movement.html",
    }
    assert all((site / row["u"]).is_file() for row in rows)
    assert "стахановское движение" in rows[0]["a"] + rows[1]["a"] + rows[2]["a"]
    assert [
        tag
        for tag, attrs in page(site, "search.html").elements
        if attrs.get("src") == "static/index.js"
    ]


def test_an_earlier_name_leads_to_the_page(locked: Path, tmp_path: Path) -> None:
    term = locked / "terms" / "padded-reports.md"
    text = term.read_text(encoding="utf-8")
    term.write_text(text.replace("kind: term\n", "kind: term\nwas: [padding]\n"), encoding="utf-8")
    place = tmp_path / "site"
    build(library(locked), place)
    assert "url=padded-reports.html" in (place / "soviet-labour" / "padding.html").read_text()


def test_a_build_is_the_same_again_and_takes_away_what_is_gone(
    locked: Path, tmp_path: Path
) -> None:
    place = tmp_path / "site"
    build(library(locked), place)
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    build(library(locked), place)
    assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    (place / "notes.html").write_text("mine", encoding="utf-8")
    (locked / "terms" / "padded-reports.md").unlink()
    build(library(locked), place)
    assert not (place / PADDED).exists()
    assert (place / "notes.html").read_text(encoding="utf-8") == "mine"


def test_a_folder_of_somebody_else_is_refused(locked: Path, tmp_path: Path) -> None:
    place = tmp_path / "papers"
    place.mkdir()
    (place / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="must be a new or empty folder"):
        build(library(locked), place)
    assert [path.name for path in place.iterdir()] == ["thesis.txt"]


def test_a_class_without_terms_has_a_page(example: Path, tmp_path: Path) -> None:
    for path in (example / "terms").iterdir():
        path.unlink()
    build(library(example), tmp_path / "site")
    assert "No terms yet." in page(tmp_path / "site", "soviet-labour/index.html").text()


def test_a_term_from_right_to_left_keeps_its_order(example: Path, tmp_path: Path) -> None:
    body = (
        "---\nid: norm\ntitle: قاعدة\nclaims: {d: {kind: attribution, evidence: [eorh]}}\n---\n\n"
        "[كمية العمل]{#d}\n"
    )
    (example / "terms" / "norm.md").write_text(body, encoding="utf-8")
    build(library(example), tmp_path / "site")
    read = page(tmp_path / "site", "soviet-labour/norm.html")
    assert ("h1", {"dir": "auto"}) in read.elements
    assert ("div", {"class": "body", "dir": "auto"}) in read.elements
    assert "كمية العمل" in read.text()


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        ("true_output", "True output"),
        ("norm_level@last", "Norm level, last period"),
        ("effort_mean@0", "Effort, first period"),
        ("effort_mean@3", "Effort, period 3"),
        ("quit_rate@12..23", "Quits, periods 12 to 23"),
        ("morale_mean@1937-01..1937-12", "Morale, 1937-01 to 1937-12"),
    ],
)
def test_a_measure_says_when_it_is_read(measure: str, title: str) -> None:
    said, _, when = titled(measure).partition(", ")
    assert when == title.partition(", ")[2]
    assert said
    assert "_" not in said


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (30_721.4, "30,721"),
        (9_999.6, "10,000"),
        (1.23456, "1.235"),
        (6.863e-7, "0.0000007"),
        (0, "0"),
    ],
)
def test_a_number_is_printed_without_an_exponent(value: float, shown: str) -> None:
    assert printed(value) == shown


def test_a_badge_counts_works_that_repeat_one_report_once(locked: Path, tmp_path: Path) -> None:
    """Of three works behind the record two go back to one report of the press."""
    build(library(locked), tmp_path / "one")
    text = (tmp_path / "one" / MOVEMENT).read_text("utf-8")
    assert "2 sources in 3 works, disputed" in text
    assert "3 sources" not in text
