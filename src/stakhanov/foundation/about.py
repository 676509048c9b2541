"""What people read of a parameter: its title, its unit, where its value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["measured", "published", "assumed"]


@dataclass(frozen=True)
class About:
    """Said once, where the parameter is declared; labels, help, forms and reference read it from there."""

    title: str
    unit: str = ""
    grade: Grade | None = None
    source: str = ""
    default: str = ""  # in words, where the default is worked out from other values
