"""A class is read from its folder; what cannot be read is told with file, line and rule, all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from stakhanov.foundation.problem import BadInput
from stakhanov.guide import Guide, library, load
from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.check import checked
from stakhanov.guide.live import filled, lives


def read(folder: Path) -> Guide:
    guide, faults = load(folder)
    assert guide is not None
    assert faults == []
    return guide


def faults_of(folder: Path) -> list[Finding]:
    return load(folder)[1]


def test_a_class_is_read_whole(example: Path) -> None:
    guide = read(example)
    assert guide.id == "soviet-labour"
    assert guide.about.years == (1917, 1991)
    assert [page.term.id for page in guide.ordered()] == ["stakhanovite-movement", "padded-reports"]
    date_of_record = guide.fact("eorh.date")
    assert date_of_record is not None
    assert date_of_record.value == date(1935, 8, 31)
    assert guide.fact("eorh.unheard") is None
    assert guide.sources["usual-page"].evidence is False
    assert guide.experiments["rare-audits"].own


def test_a_term_has_its_claims_joined_to_spans_of_prose(example: Path) -> None:
    page = read(example).page("stakhanovite-movement")
    assert page is not None
    text = page.path.read_text(encoding="utf-8").splitlines()
    span = page.prose.span("record")
    assert span is not None
    assert text[span.line - 1].startswith("1. [On the night")
    assert span.text.startswith("On the night of 30–31 August 1935 the miner")
    assert span.section == "Must know"
    [(start, end)] = span.wrong
    assert span.text[start:end] == "four times"
    [link] = page.prose.links
    assert (link.href, text[link.line - 1][:8]) == ("term:padded-reports", "See also")
    assert (
        text[page.line_of("claims", "record", "values", 3) - 1].strip().startswith('- {text: "14"')
    )


def test_live_values_wait_for_a_run(example: Path) -> None:
    guide = read(example)
    page = guide.page("padded-reports")
    assert page is not None
    assert "… % of reported output" in guide.sentence(page, "audits")
    assert guide.sentence(page, "unheard") == ""


def test_an_experiment_that_ships_needs_no_copy(example: Path) -> None:
    term = example / "terms" / "padded-reports.md"
    text = term.read_text(encoding="utf-8")
    term.write_text(
        text.replace("id: rare-audits, expect", "id: padding, expect"), encoding="utf-8"
    )
    guide = read(example)
    assert set(guide.experiments) == {"padding", "rare-audits"}
    assert not guide.experiments["padding"].own


def test_every_fault_is_told_at_once_with_its_line(example: Path) -> None:
    about = example / "class.toml"
    about.write_text(
        about.read_text(encoding="utf-8").replace("minutes = 40", "minutes = 0"), encoding="utf-8"
    )
    sources = example / "sources.toml"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace(
            'tier = "scholarly"\nlocator', 'tier = "rumour"\nlocator'
        ),
        encoding="utf-8",
    )
    term = example / "terms" / "padded-reports.md"
    text = term.read_text(encoding="utf-8")
    text = text.replace("kind: mechanism", "kind: rumour").replace("weight", "wait")
    term.write_text(text.replace("gist:", "jist:"), encoding="utf-8")
    found = faults_of(example)
    assert {one.rule for one in found} == {"format"}
    told = {}
    for one in found:
        name = one.file.removeprefix("soviet-labour/")
        lines = (example / name).read_text(encoding="utf-8").splitlines()
        told[name, lines[one.line - 1].strip()] = one.message
    assert set(told) == {
        ("class.toml", "minutes = 0"),
        ("sources.toml", 'tier = "rumour"'),
        ("terms/padded-reports.md", "jist: Reporting output that was never produced."),
        ("terms/padded-reports.md", "kind: rumour"),
    }
    assert any("did you mean gist" in one.message for one in found)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("no front matter at all\n", 1, "must start with front matter"),
        ("---\nid: [open\n---\n", 3, "must be YAML"),
        ("---\nid: a\nid: b\ntitle: T\n---\n", 3, "must be YAML"),
        ("---\n- a list\n---\n", 2, "must be a table"),
        ("---\nid: a\ntitle: !!python/object:os.system x\n---\n", 3, "must be YAML"),
        ("---\nid: a\n", 1, "must start with front matter"),
        ("---\n---\n", 2, "must be a table"),
        ("", 1, "must start with front matter"),
        ("---\nid: Not Kebab\ntitle: T\n---\n", 2, "must be lower-case words"),
        ("---\nid: a\ntitle: T\nyears: [1935]\n---\n", 4, "years"),
    ],
)
def test_broken_front_matter_is_told(example: Path, text: str, line: int, says: str) -> None:
    (example / "terms" / "broken.md").write_text(text, encoding="utf-8")
    found = faults_of(example)
    assert found
    assert all(one.file == "soviet-labour/terms/broken.md" for one in found)
    assert found[0].line == line
    assert any(says in one.message for one in found)
    guide, _ = load(example)
    assert guide is not None
    assert len(guide.pages) == 2


def test_front_matter_is_yaml_1_2(example: Path) -> None:
    """A shift of 5:45 is no number and `no` no truth value, as they were in YAML 1.1."""
    text = "---\nid: shift\ntitle: no\naliases: [yes, 5:45]\n---\n\nBody.\n"
    (example / "terms" / "shift.md").write_text(text, encoding="utf-8")
    page = read(example).page("shift")
    assert page is not None
    assert page.term.title == "no"
    assert page.term.aliases == ("yes", "5:45")


def test_text_that_is_not_utf_8_is_told(example: Path) -> None:
    (example / "terms" / "latin.md").write_bytes(b"---\nid: a\ntitle: caf\xe9\n---\n")
    [found] = faults_of(example)
    assert "must be text in UTF-8" in found.message


def test_a_mark_of_byte_order_and_other_line_ends_do_no_harm(example: Path) -> None:
    term = example / "terms" / "padded-reports.md"
    text = term.read_text(encoding="utf-8")
    term.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    page = read(example).page("padded-reports")
    assert page is not None
    span = page.prose.span("audits")
    assert span is not None
    assert text.splitlines()[span.line - 1].startswith("1. [Padding falls")


def test_text_from_right_to_left_is_kept(example: Path) -> None:
    body = (
        "---\nid: norm\ntitle: قاعدة\nclaims: {d: {kind: attribution, evidence: [eorh]}}\n---\n\n"
        "[كمية العمل]{#d}\n"
    )
    (example / "terms" / "norm.md").write_text(body, encoding="utf-8")
    guide = read(example)
    page = guide.page("norm")
    assert page is not None
    assert guide.sentence(page, "d") == "كمية العمل"


def test_a_class_without_terms_is_a_class(example: Path) -> None:
    for path in (example / "terms").iterdir():
        path.unlink()
    assert read(example).pages == ()


def test_a_place_without_a_class_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="must be a class or a folder of classes"):
        library(tmp_path)
    with pytest.raises(BadInput, match="no folder"):
        library(tmp_path / "nowhere")


def test_classes_in_one_folder_know_of_each_other(example: Path) -> None:
    other = example.parent / "other"
    other.mkdir()
    (other / "class.toml").write_text('id = "other"\ntitle = "Other"\n', encoding="utf-8")
    whole = library(example.parent)
    assert set(whole.asked) == {"soviet-labour", "labour-history", "other"}
    alone = library(example)
    assert alone.asked == ("soviet-labour",)
    assert "other" in alone.guides


def test_two_classes_may_not_share_an_id(example: Path) -> None:
    other = example.parent / "other"
    other.mkdir()
    text = '\n\nid = "soviet-labour"\ntitle = "Other"\n'
    (other / "class.toml").write_text(text, encoding="utf-8")
    [found] = library(example.parent).faults
    assert found.rule == "duplicate-id"


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 2}', '{"experiments": 3}'])
def test_a_lock_that_nobody_wrote_is_told(example: Path, text: str) -> None:
    (example / "results.lock.json").write_text(text, encoding="utf-8")
    [found] = faults_of(example)
    assert found.file == "soviet-labour/results.lock.json"


def test_a_broken_experiment_is_told_and_the_rest_is_read(example: Path) -> None:
    path = example / "experiments" / "rare-audits.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('arm = "many"', 'arm = "most"'), encoding="utf-8"
    )
    [found] = faults_of(example)
    assert found.file == "soviet-labour/experiments/rare-audits.toml"
    assert "must name an arm" in found.message
    assert 'arm = "most"' in path.read_text(encoding="utf-8").splitlines()[found.line - 1]


LAUGHS = "see: &a0 [x, x, x, x, x, x, x, x, x]\nmore:\n" + "".join(
    f"  a{step}: &a{step} [{', '.join([f'*a{step - 1}'] * 9)}]\n" for step in range(1, 9)
)


@pytest.mark.parametrize(
    "front",
    [
        f"id: a\ntitle: T\n{LAUGHS}aliases: *a8\n",  # nine to the ninth entries
        "id: a\ntitle: &t [*t]\n",
        "id: a\ntitle: " + "[" * 3000 + "]" * 3000 + "\n",
        "id: a\ntitle: " + "{a: " * 3000 + "}" * 3000 + "\n",
        "id: a\0\n",
        "id: a\ntitle: T\nyears: [" + "9" * 5000 + ", 1]\n",
    ],
    ids=["laughs", "itself", "lists", "tables", "nought", "digits"],
)
def test_front_matter_that_means_harm_is_told(example: Path, front: str) -> None:
    (example / "terms" / "harm.md").write_text(f"---\n{front}---\n", encoding="utf-8")
    found = faults_of(example)
    assert found
    assert {(one.file, one.rule) for one in found} == {("soviet-labour/terms/harm.md", "format")}
    assert all(len(one.message) < 400 for one in found)


@pytest.mark.parametrize(
    "body",
    [
        "{{" + " " * 50_000 + "x",
        "{{ a" * 20_000,
        "[" * 20_000,
        "<a " * 20_000,
        "9" * 100_000,
        "[a]{#b}" * 3000,
    ],
    ids=["blanks", "braces", "brackets", "tags", "digits", "spans"],
)
def test_prose_that_means_harm_is_read(example: Path, body: str) -> None:
    (example / "terms" / "harm.md").write_text(
        f"---\nid: harm\ntitle: T\n---\n{body}\n", encoding="utf-8"
    )
    page = read(example).page("harm")
    assert page is not None
    assert page.body.startswith(body[:10])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{a.b.c}}", "0.3136"),
        ("{{ a.b.c | percent }}", "31.4"),
        ("{{a.b.c|percent 0}}", "31"),
        ("{{a.b.c | round 2}}", "0.31"),
    ],
)
def test_a_live_value_is_printed_as_it_asks(text: str, shown: str) -> None:
    assert filled(f"({text})", {"a.b.c": 0.31357}.get) == f"({shown})"


def test_a_form_that_there_is_not_is_none() -> None:
    assert [one.form for one in lives("{{a.b.c | percent 12}} {{a.b.c | promille}}")] == [
        "percent 12",
        "promille",
    ]


def test_a_page_that_cannot_be_read_is_told_once(locked: Path) -> None:
    """What points to it is no second fault."""
    page = locked / "terms" / "padded-reports.md"
    page.write_text(page.read_text("utf-8").replace("claims:\n", "claims: [\n", 1), "utf-8")
    found = [one for one in checked(library(locked), engine="today") if one.level == "error"]
    assert [(one.rule, one.file) for one in found] == [
        ("format", "soviet-labour/terms/padded-reports.md")
    ]
