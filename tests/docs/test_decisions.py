"""A decision says what the question was and what was chosen, in half a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, name_of

DECISIONS = sorted((ROOT / "decisions").iterdir())


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_has_a_question_and_a_choice(page: Path) -> None:
    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", page.name)
    title, *lines = page.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# \S.*[^.]", title)
    text = "\n".join(lines)
    question, choice = text.find("**Question.** "), text.find("**Choice.** ")
    assert 0 <= question < choice
    assert text[question:choice].strip().endswith(("?", "."))
    assert len(lines) <= 60


def test_decisions_are_counted() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
