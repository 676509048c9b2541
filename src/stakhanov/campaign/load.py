"""Campaign files: by name from the library, or by path."""

from __future__ import annotations

from pathlib import Path

from stakhanov.campaign.campaign import Campaign, checked
from stakhanov.foundation.toml import names_in, read_over_base, resolve

LIBRARY = Path(__file__).parent / "library"


def load(name: str | Path) -> Campaign:
    """A campaign by the name of a library entry or the path of a file. Raises BadInput."""
    return checked(read_over_base(resolve(name, LIBRARY, "campaign"), LIBRARY, "campaign"))


def library() -> list[str]:
    """Names of the campaigns that ship."""
    return names_in(LIBRARY)
