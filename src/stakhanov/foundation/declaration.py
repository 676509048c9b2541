"""Declarations: checked, frozen, in the words of the campaign; and how their problems are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, Self, TypeVar, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from rapidfuzz import process

from stakhanov.foundation.about import About
from stakhanov.foundation.address import assigned, leaves
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import digest_of


class Declaration(BaseModel):
    """A table of a declared file. Frozen; unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True
    )

    def plain(self) -> dict[str, Any]:
        """As plain data: what the file says, with defaults filled in and nothing that is not there."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


D = TypeVar("D", bound=Declaration)


@dataclass(frozen=True)
class Parameter:
    """One row of the reference: everything people read of an address."""

    address: str
    title: str
    unit: str
    bounds: str
    default: str
    grade: str
    source: str


def declared(kind: type[D], plain: Mapping[str, Any]) -> D:
    """Check plain data as a declaration. Raises BadInput with every problem."""
    try:
        return kind.model_validate(plain)
    except ValidationError as error:
        raise BadInput(problem_of(kind, found) for found in error.errors()) from None


def problem_of(kind: type[BaseModel], error: ErrorDetails) -> Problem:
    """One finding of the checker in our words, under the address that the file uses."""
    steps = [
        step
        for step in error["loc"]
        if isinstance(step, int) or not step.startswith(("list[", "int", "function-"))
    ]
    address = ".".join(str(step) for step in steps) or "file"
    found = _shown(error["input"])
    context = error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        known = sorted(_keys_at(kind, steps[:-1]))
        near = process.extractOne(str(steps[-1]), known) if known else None
        hint = (
            f"did you mean {near[0]}?"
            if near and near[1] >= 50
            else f"known here: {', '.join(known)}"
        )
        return Problem(address, "must be a key that is known here", f"`{steps[-1]}`", hint)
    if error["type"] == "missing":
        return Problem(address, "must be given", "nothing")
    sentence = _MUST.get(error["type"], _said)
    return Problem(address, sentence({**context, "msg": error["msg"]}), found)


def _said(context: Mapping[str, Any]) -> str:
    """A sentence of our own validators, or the checker's."""
    said = str(context.get("error", context["msg"]))
    return said[0].lower() + said[1:]


_MUST: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than": lambda c: f"must be above {_number(c['gt'])}",
    "greater_than_equal": lambda c: f"must be at least {_number(c['ge'])}",
    "less_than": lambda c: f"must be below {_number(c['lt'])}",
    "less_than_equal": lambda c: f"must be at most {_number(c['le'])}",
    "finite_number": lambda _: "must be a finite number",
    "float_type": lambda _: "must be a number",
    "float_parsing": lambda _: "must be a number",
    "int_type": lambda _: "must be a whole number",
    "int_parsing": lambda _: "must be a whole number",
    "int_from_float": lambda _: "must be a whole number",
    "bool_type": lambda _: "must be true or false",
    "bool_parsing": lambda _: "must be true or false",
    "string_type": lambda _: "must be text",
    "string_too_short": lambda _: "must not be empty",
    "literal_error": lambda c: f"must be one of {c['expected'].replace(chr(39), '')}",
    "tuple_type": lambda _: "must be a list",
    "list_type": lambda _: "must be a list",
    "model_type": lambda _: "must be a table",
    "dict_type": lambda _: "must be a table",
    "too_short": lambda c: f"must have at least {c['min_length']} entries",
}


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _keys_at(kind: type[BaseModel], steps: Iterable[str | int]) -> set[str]:
    """Keys that a table at this place of the file may have."""
    here: type[BaseModel] | None = kind
    for step in steps:
        if here is None:
            return set()
        if isinstance(step, str) and (field := _field(here, step)) is not None:
            here = table_of(field.annotation)
    return {field.alias or name for name, field in here.model_fields.items()} if here else set()


def _field(kind: type[BaseModel], key: str) -> FieldInfo | None:
    for name, field in kind.model_fields.items():
        if key in (name, field.alias):
            return field
    return None


def table_of(annotation: Any) -> type[BaseModel] | None:
    """The table that a field holds, itself or in a list; None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, list, Union, UnionType, Annotated):
        for inner in get_args(annotation):
            if (found := table_of(inner)) is not None:
                return found
    return None


def parameters(kind: type[BaseModel], prefix: str = "") -> Iterator[Parameter]:
    """Every parameter of a declaration, in the order of the file."""
    for name, field in kind.model_fields.items():
        key = field.alias or name
        address = f"{prefix}.{key}" if prefix else key
        inner = table_of(field.annotation)
        many = get_origin(field.annotation) is tuple
        if inner is not None:
            yield from parameters(inner, f"{address}.*" if many else address)
        else:
            yield _parameter(address, field)


def _parameter(address: str, field: FieldInfo) -> Parameter:
    about = next((item for item in field.metadata if isinstance(item, About)), About(""))
    default = "" if field.is_required() else _default(field)
    grade = about.grade or ""
    return Parameter(address, about.title, about.unit, _bounds(field), default, grade, about.source)


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    return (
        "none"
        if value in (None, (), {})
        else _number(value)
        if not isinstance(value, bool)
        else str(value).lower()
    )


def _bounds(field: FieldInfo) -> str:
    low = high = ""
    for item in field.metadata:
        if isinstance(item, Ge):
            low = f"{item.ge} to"
        elif isinstance(item, Gt):
            low = f"above {item.gt}"
        elif isinstance(item, Le):
            high = f"{item.le}"
        elif isinstance(item, Lt):
            high = f"below {item.lt}"
    if low.endswith(" to") and not high:
        return f"at least {low[:-3]}"
    return f"{low} {high}".strip()


class Whole(Declaration):
    """A whole file: values change by address, and two files differ by address."""

    @cached_property
    def digest(self) -> str:
        """Digest of what the file says, defaults included."""
        return digest_of(self.plain())

    def with_(self, changes: Mapping[str, Any]) -> Self:
        """The same with other values at some addresses, checked again. Raises BadInput."""
        return declared(type(self), assigned(self.plain(), changes))

    def difference(self, other: Self) -> dict[str, tuple[Any, Any]]:
        """The addresses at which two differ, with both values; None where one has nothing."""
        mine, theirs = leaves(self.plain()), leaves(other.plain())
        return {
            address: (mine.get(address), theirs.get(address))
            for address in sorted(mine.keys() | theirs.keys())
            if mine.get(address) != theirs.get(address)
        }
