"""JSON Schemas of a class's files, from the declarations that read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from stakhanov.guide.classes import About
from stakhanov.guide.sources import Source
from stakhanov.guide.terms import Term

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _experiment() -> dict[str, Any]:
    from stakhanov.experiments.declaration import Experiment

    return Experiment.model_json_schema(by_alias=True)


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "class": lambda: About.model_json_schema(by_alias=True),
    "sources": lambda: TypeAdapter(dict[str, Source]).json_schema(by_alias=True),
    "term": lambda: Term.model_json_schema(by_alias=True),
    "experiment": _experiment,
}


def schema(kind: str) -> dict[str, Any]:
    """The schema of `class.toml`, `sources.toml`, a term's front matter or an experiment."""
    return {"$schema": DIALECT, **SCHEMAS[kind]()}
