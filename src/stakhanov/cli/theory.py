"""`stakhanov theory`: closed forms of economics at one point, with formula and source."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.theory import Form
    from stakhanov.theory.forms import Along


def theory(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A closed form; without one, the list.")
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="A key's value, or several with commas: as many values come.",
        ),
    ] = None,
    about: Annotated[
        bool, typer.Option("--about", help="Say what the form asks for instead of evaluating it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Evaluate a closed form of economics, or list them all."""
    from stakhanov.theory import catalogue

    forms = catalogue()
    gathered = Gathered()
    texts = gathered.texts("--set", given, "several values go with commas: KEY=1,2,3")
    if name is None:
        if given:
            must = "must come with the name of a form"
            gathered.problems.append(Problem("--set", must, given[0]))
        gathered.tell()
        _list(forms, as_json=as_json)
        return
    if name not in forms:
        raise BadInput([*gathered.problems, _unknown(name, forms)])
    if about:
        gathered.tell()
        _about(forms[name], as_json=as_json)
        return
    values = {key.replace("-", "_"): text for key, text in texts.items()}
    _evaluate(forms[name], values, gathered, as_json=as_json)


def _unknown(name: str, forms: dict[str, Form]) -> Problem:
    hint = hint_of(name, forms, "stakhanov theory lists them")
    return Problem("theory", "must be the name of a closed form", name, hint)


def _list(forms: dict[str, Form], *, as_json: bool) -> None:
    data = {"forms": [{"name": form.name, "title": form.title} for form in forms.values()]}
    table = Table(("name", "what it says"), [(form.name, form.title) for form in forms.values()])
    after = "stakhanov theory NAME --about says what a form asks for."
    output.answer(data, table, "", after, as_json=as_json)


def _about(form: Form, *, as_json: bool) -> None:
    keys = [
        {
            "key": one.name,
            "meaning": one.title,
            "unit": one.unit,
            "must": one.must,
            "default": one.default,
        }
        for one in form.parameters
    ]
    table = Table(
        ("key", "default", "unit", "what it is", "what must hold"),
        [
            (one.name, _shown(one.default), one.unit or "-", one.title, one.must)
            for one in form.parameters
        ],
    )
    output.answer({**_card(form), "keys": keys}, *_text(form), "", table, as_json=as_json)


def _evaluate(form: Form, values: dict[str, str], gathered: Gathered, *, as_json: bool) -> None:
    along = None
    with gathered:
        along = form.evaluate_along(**values)
    gathered.tell()
    assert along is not None
    found: dict[str, Any] = dict(along.values)
    shown: list[str | Table] = ["", _table(along)]
    if not along.given:
        found = {key: numbers[0] for key, numbers in along.values.items()}
        shown = [f"{key:8} {number:.9g}" for key, number in found.items()]
    data = {
        **_card(form),
        **({"given": along.given} if along.given else {}),
        "value": found["value"] if list(found) == ["value"] else found,
    }
    told = [one for numbers in (along.given | along.values).values() for one in numbers]
    if any(map(math.isinf, told)):  # JSON has null alone for it
        data["note"] = "the value is infinite" if len(told) == 1 else "null is infinite"
    output.answer(data, *_text(form), *shown, as_json=as_json)


def _table(along: Along) -> Table:
    """A row for every value, with what was given for it."""
    columns = {**along.given, **along.values}
    rows = [tuple(f"{one:.9g}" for one in row) for row in zip(*columns.values(), strict=True)]
    return Table(tuple(columns), rows, numbers=tuple(columns))


def _card(form: Form) -> dict[str, Any]:
    return {
        "name": form.name,
        "title": form.title,
        "formula": form.formula,
        "gives": form.gives,
        "source": form.source,
    }


def _text(form: Form) -> list[str]:
    formula = form.formula.replace("\n", "\n         ")
    return [
        form.title,
        "",
        f"formula  {formula}",
        f"source   {form.source}",
        f"gives    {form.gives}",
    ]


def _shown(default: object) -> str:
    if default is None:
        return "(needed)"
    return f"{default:g}" if isinstance(default, float) else str(default)
