"""Pseudonyms: the same name gets the same word, and nobody without the key can tell whose it is."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from stakhanov.foundation.problem import BadInput, Problem

#: Hexadecimal digits of a pseudonym: 64 bits, so that a million names do not meet by chance.
DIGITS = 16
KEY_BYTES = 32


def pseudonym(name: str, key: bytes) -> str:
    """A name's pseudonym: HMAC-SHA256 with the key (RFC 2104), cut to 64 bits."""
    return "w-" + hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:DIGITS]


def is_pseudonym(name: str) -> bool:
    """Whether a name looks like one that was made here."""
    return re.fullmatch(rf"w-[0-9a-f]{{{DIGITS}}}", name) is not None


def pseudonyms(names: pl.Expr, key: bytes) -> pl.Expr:
    """A column of names as pseudonyms."""

    def replaced(part: pl.Series) -> pl.Series:
        known = {name: pseudonym(name, key) for name in part.unique().drop_nulls()}
        return part.replace_strict(known, default=None, return_dtype=pl.String)

    return names.map_batches(replaced, return_dtype=pl.String, is_elementwise=True)


@contextmanager
def key_in(place: Path | None) -> Iterator[bytes | None]:
    """The key in a file, for the time that a table is read with it; none where there is no place.

    A key that was made is taken away again where the table turns out to be bad. Raises BadInput.
    """
    if place is None:
        yield None
        return
    new = not place.exists()
    key = key_from(place)
    try:
        yield key
    except BadInput:
        if new:
            place.unlink(missing_ok=True)
        raise


def key_from(place: Path) -> bytes:
    """The key in a file; a new one, readable by its owner only, where there is none.

    Whoever has the key can make the pseudonym of a name that they guess: keep it apart from the table.
    Raises BadInput if the file holds less than a key, or cannot be read or made.
    """
    try:
        if not place.exists():
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(KEY_BYTES) + "\n")
        text = place.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        must = "must be a file with a key, or one that can be made"
        found = (error.strerror or str(error)).lower()
        raise BadInput([Problem(str(place), must, found)]) from None
    if len(text) < KEY_BYTES:
        must, found = (
            f"must hold a key of {KEY_BYTES} characters or more",
            f"{len(text)} characters",
        )
        raise BadInput([Problem(str(place), must, found)])
    return text.encode()
