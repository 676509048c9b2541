"""Declarations: checked, frozen, in the words of the campaign; and how their problems are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, Self, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from stakhanov.foundation.address import assigned, by_address, leaves, told_by_key
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import digest_of
from stakhanov.foundation.written import written


class Declaration(BaseModel):
    """A table of a declared file. Frozen; unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True
    )

    @model_validator(mode="before")
    @classmethod
    def _truth_is_no_number(cls, table: Any) -> Any:
        """True and false as words where a number is asked for: they would count as 1 and 0."""
        if not isinstance(table, Mapping):
            return table
        truths = [key for key, value in table.items() if value is True or value is False]
        words = {key: str(table[key]).lower() for key in truths if _is_number(_field(cls, key))}
        return {**table, **words} if words else table

    def plain(self) -> dict[str, Any]:
        """As plain data: what the file says, with defaults filled in and nothing that is not there."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def _is_number(field: FieldInfo | None) -> bool:
    """Whether a field is a number in one of its forms, and in none a truth or a text."""
    forms = set(_forms(field.annotation)) if field is not None else set()
    return bool(forms & {int, float}) and not forms & {bool, str}


def _forms(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Union, UnionType, Annotated):
        for inner in get_args(annotation):
            yield from _forms(inner)
    else:
        yield annotation


D = TypeVar("D", bound=Declaration)


def _a_step(name: str) -> str:
    if "." in name or name.isdigit():
        raise ValueError("must be a name without dots that is no number: it is part of addresses")
    return name


#: The name of an entry in a list; `prizes.premium.amount` leads to it.
EntryName = Annotated[str, Field(min_length=1), AfterValidator(_a_step)]


def _flat(table: Any) -> Any:
    return by_address(table) if isinstance(table, dict) else table


#: Values by address.
ByAddress = Annotated[dict[str, Any], BeforeValidator(_flat)]


def declared(kind: type[D], plain: Mapping[str, Any]) -> D:
    """Check plain data as a declaration. Raises BadInput with every problem."""
    try:
        return kind.model_validate(plain)
    except ValidationError as error:
        raise BadInput(_problems(kind, plain, error.errors())) from None


def _problems(
    kind: type[BaseModel], plain: Mapping[str, Any], errors: Iterable[ErrorDetails]
) -> list[Problem]:
    """Findings of the checker in our words; a value of several forms has one problem, not one a form."""
    found: dict[str, Problem] = {}
    for error in errors:
        steps = path_of(plain, error)
        problem = _problem(kind, ".".join(told_by_key(plain, steps)) or "file", steps, error)
        known = found.get(problem.address)
        if known is None:
            found[problem.address] = problem
        elif problem.must not in known.must:
            must = f"{known.must} or {problem.must.removeprefix('must be ')}"
            found[problem.address] = replace(known, must=must)
    told_deeper = {above for address in found for above in _above(address)}
    return [one for address, one in found.items() if address not in told_deeper]


def _above(address: str) -> Iterator[str]:
    """The values that a value is part of: what is wrong is told of the part, not of the whole too."""
    while "." in address:
        address = address.rpartition(".")[0]
        yield address


def path_of(plain: Any, error: ErrorDetails) -> list[str | int]:
    """The path in the file, without the steps by which the checker tells forms of a value apart."""
    steps: list[str | int] = []
    for place, step in enumerate(error["loc"]):
        last = place == len(error["loc"]) - 1
        if _leads_on(plain, step):
            plain = plain[step]
        elif not (last and error["type"] == "missing"):
            continue
        steps.append(step)
    return steps


def _leads_on(plain: Any, step: str | int) -> bool:
    if isinstance(plain, Mapping):
        return step in plain
    return isinstance(plain, (list, tuple)) and isinstance(step, int) and step < len(plain)


def _problem(
    kind: type[BaseModel], address: str, steps: list[str | int], error: ErrorDetails
) -> Problem:
    if error["type"] == "extra_forbidden":
        key = str(steps[-1])
        hint = hint_of(key, sorted(_keys_at(kind, steps[:-1])))
        if len(steps) > 1 and key in kind.model_fields:
            hint = f"{key} stands at the top, before any [table]"
        elif len(steps) == 1 and (deeper := list(_deeper(kind, key))):
            hint = f"did you mean {' or '.join(deeper)}?"
        return Problem(address, "must be a key that is known here", f"`{steps[-1]}`", hint)
    if error["type"] == "missing":
        return Problem(address, "must be given", "nothing")
    sentence = _MUST.get(error["type"], _said)
    context = error.get("ctx", {})
    hint = "[] is a list of nothing" if error["type"] in _OF_LISTS and not error["input"] else ""
    must = sentence({**context, "msg": error["msg"]})
    return Problem(address, must, _shown(error["input"]), hint)


def _said(context: Mapping[str, Any]) -> str:
    """A sentence of our own validators, or the checker's."""
    said = str(context.get("error", context["msg"]))
    return said[0].lower() + said[1:]


_OF_LISTS = ("tuple_type", "list_type")
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
    "date_type": lambda _: "must be a date such as 1936-01-31",
    "date_parsing": lambda _: "must be a date such as 1936-01-31",
    "date_from_datetime_parsing": lambda _: "must be a date such as 1936-01-31",
    "date_from_datetime_inexact": lambda _: "must be a date such as 1936-01-31",
    "timezone_aware": lambda _: "must be a moment with its time zone",
    "int_parsing_size": lambda _: "must be a whole number that 64 bits can hold",
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
    text = written(value)
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


def _deeper(kind: type[BaseModel], key: str, above: str = "") -> Iterator[str]:
    """Addresses that end in a key, in tables within tables but not in lists."""
    for name, field in kind.model_fields.items():
        address = f"{above}{field.alias or name}"
        if above and key in (name, field.alias):
            yield address
        if isinstance(inner := field.annotation, type) and issubclass(inner, BaseModel):
            yield from _deeper(inner, key, f"{address}.")


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
        """The addresses at which two differ, in the file's order, with both values.

        None stands where one of them has nothing at an address.
        """
        mine, theirs = (_values(whole.plain()) for whole in (self, other))
        chapters = list(type(self).model_fields)
        in_order = sorted({**mine, **theirs}, key=lambda a: chapters.index(a.partition(".")[0]))
        return {
            address: (mine.get(address), theirs.get(address))
            for address in in_order
            if mine.get(address) != theirs.get(address)
        }


def _values(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Values by address; a list or a table of nothing is nothing."""
    return {address: value for address, value in leaves(plain).items() if value not in ([], {})}
