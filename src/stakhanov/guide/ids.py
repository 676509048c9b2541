"""Names of classes, terms, claims, questions and experiments: they are for ever."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _kebab(text: str) -> str:
    if not PATTERN.fullmatch(text):
        raise ValueError("must be lower-case words, digits and single dashes")
    return text


Id = Annotated[str, AfterValidator(_kebab)]


def id_of(title: str) -> str:
    """A name made of a title: `Norm revision` gives `norm-revision`; empty where nothing is left."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))
