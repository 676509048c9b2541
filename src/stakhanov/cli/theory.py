"""`stakhanov theory`: closed forms of economics at one point, with formula and source."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.theory import Form


def theory(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A closed form; without one, the list.")
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="A key's value; lists go with commas."),
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
    texts = gathered.texts("--set", given)
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
    near = difflib.get_close_matches(name, forms, n=1)
    hint = f"did you mean {near[0]}?" if near else "stakhanov theory lists them"
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
    value: float | dict[str, float] = 0.0
    with gathered:
        value = form.evaluate(**values)
    gathered.tell()
    if isinstance(value, dict):
        shown = [f"{key:8} {number:.9g}" for key, number in value.items()]
    else:
        shown = [f"value    {value:.9g}"]
    data = {**_card(form), "value": value}
    if isinstance(value, float) and math.isinf(value):  # JSON has null alone for it
        data["note"] = "the value is infinite"
    output.answer(data, *_text(form), *shown, as_json=as_json)


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
