"""Threefry against its published words, by way of a second implementation of any number of rounds.

The known answers are those of the file `kat_vectors` of Random123 (D. E. Shaw Research). Two of them need a
key of four words, while runs use two: so the published words prove the implementation here, and that one is
held against the rule word by word.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.engine.backends.choose import choose
from stakhanov.engine.draws import Key, Luck, Purpose
from stakhanov.engine.kernels.threefry import threefry

WORD = 2**32 - 1
ROTATIONS = ((10, 26), (11, 21), (13, 27), (23, 5), (6, 20), (17, 11), (25, 10), (18, 20))

ZERO, ONES = (0,) * 4, (WORD,) * 4
PI = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344)
MORE_PI = (0xA4093822, 0x299F31D0, 0x082EFA98, 0xEC4E6C89)

PUBLISHED = [
    (13, ZERO, ZERO, (0x531C7E4F, 0x39491EE5, 0x2C855A92, 0x3D6ABF9A)),
    (13, ONES, ONES, (0xC4189358, 0x1C9CC83A, 0xD5881C67, 0x6A0A89E0)),
    (13, PI, MORE_PI, (0x4AA71D8F, 0x734738C2, 0x431FC6A8, 0xAE6DEBF1)),
    (20, ZERO, ZERO, (0x9C6CA96A, 0xE17EAE66, 0xFC10ECD4, 0x5256A7D8)),
    (20, ONES, ONES, (0x2A881696, 0x57012287, 0xF6C7446E, 0xA16A6732)),
    (20, PI, MORE_PI, (0x59CD1DBB, 0xB8879579, 0x86B5D00C, 0xAC8B6D84)),
    (72, ZERO, ZERO, (0x93171DA6, 0x9220326D, 0xB392B7B1, 0xFF58A002)),
    (72, ONES, ONES, (0x60743F3D, 0x9961E684, 0xAAB21C34, 0x8C65FB7D)),
    (72, PI, MORE_PI, (0x09930ADF, 0x7F27BD55, 0x9ED68CE1, 0x97F803F6)),
]


def by_the_paper(counter: tuple[int, ...], key: tuple[int, ...], rounds: int) -> tuple[int, ...]:
    """Threefry-4x32 with any number of rounds and a key of four words, one word after the other."""
    schedule = [*key, 0x1BD11BDA ^ key[0] ^ key[1] ^ key[2] ^ key[3]]
    x = [(word + part) & WORD for word, part in zip(counter, schedule, strict=False)]
    for number in range(rounds):
        even = number % 2 == 0
        pairs = ((0, 1), (2, 3)) if even else ((0, 3), (2, 1))
        for (a, b), by in zip(pairs, ROTATIONS[number % 8], strict=True):
            x[a] = (x[a] + x[b]) & WORD
            x[b] = ((x[b] << by | x[b] >> (32 - by)) & WORD) ^ x[a]
        if number % 4 == 3:
            turn = number // 4 + 1
            x = [(word + schedule[(place + turn) % 5]) & WORD for place, word in enumerate(x)]
            x[3] = (x[3] + turn) & WORD
    return tuple(x)


@pytest.mark.parametrize(("rounds", "counter", "key", "expected"), PUBLISHED)
def test_the_second_implementation_gives_the_published_words(
    rounds, counter, key, expected
) -> None:
    assert by_the_paper(counter, key, rounds) == expected


WORDS = st.integers(0, WORD)


@given(st.tuples(WORDS, WORDS, WORDS, WORDS), st.tuples(WORDS, WORDS))
def test_the_rule_gives_the_words_of_the_second_implementation(counter, key) -> None:
    found = threefry(
        *(np.array([word], np.uint32) for word in counter),
        (np.uint32(key[0]), np.uint32(key[1])),
    )
    assert tuple(int(word[0]) for word in found) == by_the_paper(counter, (*key, 0, 0), 13)


@given(
    WORDS,
    st.integers(0, 10_000),
    st.sampled_from(list(Purpose)),
    st.integers(0, 400),
    st.integers(0, 2**64 - 1),
)
def test_a_draw_is_the_word_at_its_address(who, period, purpose, shift, seed) -> None:
    """Worker, period, shift and purpose are the counter; the seed's two words are the key."""
    found = Luck(Key.of(seed)).words(np.array([who], np.uint32), period, purpose, shift)
    key = (seed & WORD, seed >> 32, 0, 0)
    counter = (who, period, shift, int(purpose))
    assert tuple(int(word[0]) for word in found) == by_the_paper(counter, key, 13)


@pytest.mark.parametrize("backend", ["cpu", "reference"])
def test_every_backend_mixes_the_same_words(backend) -> None:
    people = np.random.default_rng(2).integers(0, WORD, 300, dtype=np.uint32)
    key = Key.of(2**63 + 17)
    found = np.array(choose(backend).mix(people, 41, 7, 2, key))
    expected = [by_the_paper((int(who), 41, 7, 2), (*key, 0, 0), 13) for who in people]
    assert np.array_equal(found.T, np.array(expected, np.uint32))


def test_purposes_never_share_a_number() -> None:
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose)
