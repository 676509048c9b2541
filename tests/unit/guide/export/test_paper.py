"""A paper holds no answer, its key holds all of them, and points are whole and sum to a hundred."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from stakhanov.guide.export.paper import key, points_of, question_paper
from stakhanov.guide.mock_tests.drawing import Item, Paper, drawn
from stakhanov.guide.practice.asking import Asked
from stakhanov.guide.practice.cards import Card, Deck


class Reader(HTMLParser):
    """What a browser shows, and which tags it opens."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.open = "", [], []  # type: tuple[str, list[str], list[str]]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)
        if tag not in ("br", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_paper_holds_no_answer_and_its_key_all(deck: Deck) -> None:
    paper = drawn(deck, 7)
    shown, answers = Reader(question_paper(deck, paper, 7)), Reader(key(deck, paper, 7))
    assert not shown.open
    assert not answers.open
    for item in paper.items:
        assert item.asked.right in answers.text
        if item.asked.gap is None:
            assert item.asked.right not in shown.text
    assert shown.text.count("_____") >= sum(item.asked.gap is not None for item in paper.items)
    assert "paper 7" in shown.text
    assert "paper 7" in answers.text
    assert "Siegelbaum" in answers.text


def test_markup_in_a_class_is_only_text(odd: Deck) -> None:
    paper = drawn(odd, 0)
    for page in (question_paper(odd, paper, 0), key(odd, paper, 0)):
        read = Reader(page)
        assert odd.title in read.text
        assert "<b> &" not in page
        assert "i" not in read.tags


def test_options_bear_letters(odd: Deck) -> None:
    choice = next(card for card in odd.cards if card.choices is not None)
    item = Item(Asked(choice, "ask", options=("no", odd.title, "<i>")), "recall", 1.0)
    assert "B: a <b>" in Reader(key(odd, Paper((item,), 5.0), 0)).text


@given(st.lists(st.floats(0.001, 1.0), min_size=1, max_size=60))
def test_points_are_whole_and_sum_to_a_hundred(weights: list[float]) -> None:
    card = Card("c/t#a", "t", "t", "recall", "ask", "answer")
    whole = sum(weights)
    items = tuple(Item(Asked(card, "ask"), "recall", weight / whole) for weight in weights)
    points = points_of(Paper(items, 10.0))
    assert sum(points) == 100
    assert all(abs(p - 100 * i.weight) < 1.0 for p, i in zip(points, items, strict=True))
    assert replace(items[0]) == items[0]


def test_what_is_left_goes_to_the_largest_fraction() -> None:
    card = Card("c/t#a", "t", "t", "recall", "ask", "answer")
    items = tuple(Item(Asked(card, "ask"), "recall", weight) for weight in (0.331, 0.3345, 0.3345))
    assert points_of(Paper(items, 10.0)) == [33, 34, 33]
