"""A caution: something that is allowed, and what may come of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Caution:
    """Something allowed, with what people will do about it or why it may not be meant."""

    address: str
    sentence: str

    def __str__(self) -> str:
        """The sentence under its address."""
        return f"{self.address}: {self.sentence}"
