"""The catalogue of parameters: every address of a declared file with what people read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration, table_of


@dataclass(frozen=True)
class Parameter:
    """One row of the reference. `*` in an address stands for the entries of a list."""

    address: str
    title: str
    unit: str
    bounds: str
    default: str
    grade: str
    source: str
    low: float | None = None  # where a number may begin
    high: float | None = None  # and end
    whole: bool = False  # whole numbers only
    choices: tuple[str, ...] = ()  # words, where it is one of some


def parameters(kind: type[BaseModel], prefix: str = "") -> Iterator[Parameter]:
    """Every parameter of a declaration, in the order of the file."""
    for name, field in kind.model_fields.items():
        key = field.alias or name
        address = f"{prefix}.{key}" if prefix else key
        inner = table_of(field.annotation)
        many = _is_list(field.annotation)
        if inner is None or many or _about(field).title:
            yield _parameter(address, field)
        if inner is not None:
            yield from parameters(inner, f"{address}.*" if many else address)


def _is_list(annotation: Any) -> bool:
    """Whether a field holds a list, by itself or as one of its forms."""
    return get_origin(annotation) is tuple or any(
        get_origin(form) is tuple for form in get_args(annotation)
    )


def _about(field: FieldInfo) -> About:
    return next((item for item in field.metadata if isinstance(item, About)), About(""))


def _parameter(address: str, field: FieldInfo) -> Parameter:
    about = _about(field)
    default = "" if field.is_required() else about.default or _default(field)
    return Parameter(
        address,
        about.title,
        about.unit,
        _bounds(field),
        default,
        about.grade or "",
        about.source,
        *_ends(field),
        int in (field.annotation, *get_args(field.annotation)),
        get_args(field.annotation) if get_origin(field.annotation) is Literal else (),
    )


def _default(field: FieldInfo) -> str:
    return _told(field.get_default(call_default_factory=True, validated_data={}))


def _told(value: Any) -> str:
    """A default as the file would have it."""
    match value:
        case None | () | {}:
            return "none"
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(_told(entry) for entry in value)}]"
        case Declaration():
            given = value.model_dump(by_alias=True, exclude_unset=True)
            return "{" + ", ".join(f"{key} = {_told(one)}" for key, one in given.items()) + "}"
        case int():
            return str(value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _metadata(annotation: Any, own: list[Any]) -> Iterator[Any]:
    """What is said of a field and of the forms that its value may have."""
    yield from own
    for form in get_args(annotation):
        for item in getattr(form, "__metadata__", ()):
            yield from item.metadata if isinstance(item, FieldInfo) else (item,)


def _ends(field: FieldInfo) -> tuple[float | None, float | None]:
    """The least and the largest number, the bound itself where it is just not reached."""
    low: Any = None
    high: Any = None
    for item in _metadata(field.annotation, field.metadata):
        match item:
            case Ge():
                low = item.ge
            case Gt():
                low = item.gt
            case Le():
                high = item.le
            case Lt():
                high = item.lt
    numbers = (one if isinstance(one, (int, float)) else None for one in (low, high))
    least, largest = (None if one is None else float(one) for one in numbers)
    return least, largest


def _bounds(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return ", ".join(get_args(field.annotation))
    low, high = "", ""
    for item in _metadata(field.annotation, field.metadata):
        match item:
            case Ge():
                low = f"at least {_told(item.ge)}"
            case Gt():
                low = f"above {_told(item.gt)}"
            case Le():
                high = f"at most {_told(item.le)}"
            case Lt():
                high = f"below {_told(item.lt)}"
    if low.startswith("at least ") and high.startswith("at most "):
        return f"{low.removeprefix('at least ')} to {high.removeprefix('at most ')}"
    return ", ".join(part for part in (low, high) if part)
