"""Pseudonyms: RFC 2104 by another road, and a key that is made once and kept to its owner."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.pseudonyms import key_from, key_in, pseudonym


def by_hand(name: str, key: bytes) -> str:
    """HMAC written out: H(K ^ opad || H(K ^ ipad || text)), for a key of at most a block."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + name.encode()).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).hexdigest()


def test_a_pseudonym_is_the_keyed_digest() -> None:
    assert pseudonym("Стаханов", b"key") == "w-" + by_hand("Стаханов", b"key")[:16]


def test_a_key_is_made_once(tmp_path: Path) -> None:
    place = tmp_path / "key"
    made = key_from(place)
    assert key_from(place) == made
    assert len(made) == 64
    assert place.stat().st_mode & 0o077 == 0


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("abc", encoding="utf-8")
    with pytest.raises(BadInput, match="must hold a key of 32 characters or more; found 3"):
        key_from(tmp_path / "key")


def test_a_key_for_a_table_that_is_refused_is_taken_away_again(tmp_path: Path) -> None:
    place = tmp_path / "key"
    refused = BadInput([Problem("table", "must have rows", "none")])
    with pytest.raises(BadInput), key_in(place):
        raise refused
    assert not place.exists()
    with key_in(place) as key:
        assert key == place.read_text(encoding="utf-8").strip().encode()
    with pytest.raises(BadInput), key_in(place):
        raise refused
    assert key_from(place) == key


def test_a_place_that_can_have_no_key_is_told(tmp_path: Path) -> None:
    for place, found in ((tmp_path, "is a directory"), (tmp_path / "no" / "key", "no such file")):
        with pytest.raises(BadInput, match=f"must be a file with a key, .*; found {found}"):
            key_from(place)
