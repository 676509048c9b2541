"""GIFT read back by a small reader written from the description of the format, not from the writer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from stakhanov.guide.export.gift import plain, questions
from stakhanov.guide.practice.cards import Card, Deck


@dataclass
class Read:
    title: str
    before: str
    after: str
    right: list[str]
    wrong: list[str]
    feedback: str


def unescaped(text: str) -> str:
    """`\\n` is a line, any other stroke back takes the meaning from the mark after it."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text, flags=re.S)


def parts(text: str, mark: str) -> list[str]:
    """Split at a mark that no stroke back stands before."""
    found, last, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text.startswith(mark, place):
            found.append(text[last:place])
            place = last = place + len(mark)
        else:
            place += 1
    return [*found, text[last:]]


def read(text: str) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("//")]
        body = "\n".join(line for line in lines if not line.startswith("//"))
        if body.startswith("$CATEGORY:"):
            continue
        assert "\n" not in body
        _, title, rest = parts(body, "::")
        before, inner = parts(rest.removeprefix("[plain]"), "{")
        inner, after = parts(inner, "}")
        answers, *feedback = parts(inner, "####")
        right, wrong = [], []
        for one in parts(answers, "="):
            first, *others = parts(one, "~")
            right.append(first.strip())
            wrong += [other.strip() for other in others]
        name = re.search(r"\[id:([^]]*)]", comments[0])
        assert name is not None
        found[name[1]] = Read(
            unescaped(title),
            unescaped(before),
            unescaped(after),
            [unescaped(one) for one in right[1:]],
            [unescaped(one) for one in wrong],
            unescaped(feedback[0]),
        )
    return found


def test_every_kind_is_read_back(deck: Deck) -> None:
    found = read(questions(deck))
    gap = found["soviet-labour/stakhanovite-movement#record"]
    assert gap.before.endswith("was credited with ")
    assert gap.after.startswith(" tonnes of coal")
    assert gap.right == ["102"]
    assert found["soviet-labour/stakhanovite-movement#record/2"].right == ["14"]
    assert found["soviet-labour/padded-reports#definition"].right == [
        "Padded reports",
        "padding",
        "приписки",
    ]
    essay = found["soviet-labour/stakhanovite-movement?q-plans"]
    assert essay.right == essay.wrong == []
    assert "lever for lifting norms" in essay.feedback
    assert "Siegelbaum" in essay.feedback


def test_marks_of_the_format_are_only_text(odd: Deck) -> None:
    found = read(questions(odd))
    assert found["c/t?q"].before.strip() == odd.title
    choice = found["c/t?r"]
    assert (choice.right, choice.wrong) == ([odd.title], ["<i>", "no"])
    assert choice.feedback == odd.title
    assert found["c/t#a"].right == ["102"]
    assert (found["c/t#a"].before, found["c/t#a"].after) == (f"{odd.title} ", f" {odd.title}")


def test_the_category_comes_first(deck: Deck) -> None:
    first = questions(deck).split("\n")[0]
    assert (
        first
        == "$CATEGORY: $course$/top/Soviet labour, 1917–1991/The second Five-Year Plan (1933–1937)"
    )


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp"), include_characters="\n")
    )
)
def test_any_text_comes_back(text: str) -> None:
    assert unescaped(plain(text)) == text
    card = Card("c/t?q", "t", "t", "short", f"x{text}", f"x{text}", first="c/t?q")
    back = read(questions(Deck("c", "t", (card,))))["c/t?q"]
    assert back.before.removesuffix(" ") == f"x{text}"
    assert back.feedback == f"x{text}"
    assert replace(card) == card
