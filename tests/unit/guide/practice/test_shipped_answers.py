"""The judge on the classes that ship: it finds what it should, and little in answers to something else."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest

from stakhanov.guide.practice.answers import GLUE, Outcome, judged
from stakhanov.guide.practice.cards import Card, deck_of
from stakhanov.guide.practice.words import words_of
from stakhanov.guide.shelf import called, names

FOUND = Outcome.FOUND


def questions(name: str) -> list[Card]:
    return [card for card in deck_of(called(name)).cards if card.points]


def mistyped(text: str, luck: random.Random) -> str:
    """Two neighbours swapped in every word of seven letters and more."""

    def swapped(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < 7:
            return word
        at = luck.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return re.sub(r"[A-Za-z]+", swapped, text)


def strangers(asked: list[Card]) -> Iterator[tuple[Card, Card]]:
    """A question and one on another term that neither refers to."""
    for one in asked:
        for other in asked:
            if one.term != other.term and one.term not in other.see and other.term not in one.see:
                yield one, other


@pytest.mark.parametrize("name", names())
def test_every_model_answer_is_found_and_typing_errors_do_not_hide_it(name: str) -> None:
    luck = random.Random(1)
    for card in questions(name):
        for answer in (card.answer, mistyped(card.answer, luck)):
            lost = [
                v.point for v in judged(answer, card.points, card.prompt) if v.outcome is not FOUND
            ]
            assert not lost, (card.id, answer)


@pytest.mark.parametrize("name", names())
def test_an_answer_to_another_question_finds_little(name: str) -> None:
    """One pair in seven; what is found there is mostly a point of one word that both answers have."""
    counted: Counter[Outcome] = Counter()
    for one, other in islice(strangers(questions(name)), 0, None, 7):
        counted.update(v.outcome for v in judged(other.answer, one.points, one.prompt))
    assert counted[FOUND] / counted.total() < 0.08


@pytest.mark.parametrize("name", names())
def test_a_list_of_its_words_does_not_find_several_points(
    name: str,
) -> None:
    for card in questions(name):
        listed = " ".join(point.any[0] for point in card.points)
        verdicts = judged(listed, card.points, card.prompt)
        bare = not {word.text for word in words_of(listed)} & GLUE
        if len(verdicts) > 1 and bare:
            assert sum(v.outcome is FOUND for v in verdicts) <= 1, (card.id, listed)
