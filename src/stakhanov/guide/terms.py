"""The front matter of a term's page: what each of its claims rests on, and what it asks."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from stakhanov.foundation.declaration import Declaration
from stakhanov.guide.classes import Sort
from stakhanov.guide.ids import Id

Kind = Literal["event", "attribution", "quantity", "mechanism", "counterfactual"]
Text = Annotated[str, Field(min_length=1)]
#: What a value may be bound to; exactly one of them decides, `derive` may stand beside `fact`.
BINDINGS = ("fact", "derive", "result", "theory", "quotes_error", "bare")


class Value(Declaration):
    """A number of the prose, and what it is bound to.

    `fact`: facts of sources, as `source.key`; `derive`: arithmetic over facts; `result`: what a run
    found, as `experiment.arm.measure` or `experiment.expect.name`; `theory`: an answer of the claim's
    closed form; `quotes_error`: a known error, only inside a `.wrong` span; `bare`: why the number
    measures nothing, such as the name of a plan.
    """

    text: Text
    fact: tuple[str, ...] = ()
    derive: str = ""
    result: str = ""
    theory: str = ""
    quotes_error: str = ""
    bare: str = ""

    @model_validator(mode="after")
    def _bound(self) -> Value:
        given = [name for name in BINDINGS if getattr(self, name)]
        if not given:
            raise ValueError(f"must be bound by one of {', '.join(BINDINGS)}")
        if len(given) > 1 and set(given) != {"fact", "derive"}:
            raise ValueError(f"must be bound in one way, not by {' and '.join(given)}")
        return self


class Dispute(Declaration):
    """A source that says otherwise, and our arithmetic."""

    source: str
    says: Text
    fact: str = ""
    ours: str = ""


class Bound(Declaration):
    """The experiment behind a claim, and the expectation on which it stands."""

    id: Id
    expect: str = ""


class ClosedForm(Declaration):
    """A closed form of the theory at one point."""

    name: Text
    set: dict[str, int | float | str] = {}


class Correction(Declaration):
    """A change of what a claim says, for those who learned it before."""

    on: date
    said: Text
    why: Text


class Claim(Declaration):
    """One sentence of the prose, by the name of its span.

    `cloze`: what a card leaves out of it; `apart`: look-alikes in the class of which it is not true.
    """

    kind: Kind
    evidence: tuple[str, ...] = ()
    experiment: Bound | None = None
    theory: ClosedForm | None = None
    values: tuple[Value, ...] = ()
    dispute: tuple[Dispute, ...] = ()
    cloze: tuple[str, ...] = ()
    apart: tuple[Id, ...] = ()
    locator: str = ""
    note: str = ""
    outside_years: str = ""
    corrected: tuple[Correction, ...] = ()
    was: tuple[Id, ...] = ()


class Point(Declaration):
    """A key point of an answer: any group of word beginnings that stand near each other."""

    id: Id
    weight: Annotated[float, Field(gt=0.0)] = 1.0
    claim: str = ""
    any: Annotated[tuple[Text, ...], Field(min_length=1)]


class Choices(Declaration):
    """A question's answers to choose from."""

    right: Text
    wrong: Annotated[tuple[Text, ...], Field(min_length=1)]


class Question(Declaration):
    """A review question with its model answer and key points."""

    id: Id
    prompt: Text
    cards: tuple[Sort, ...] = ("short",)
    experiment: str = ""
    model: Text
    points: Annotated[tuple[Point, ...], Field(min_length=1)]
    choices: Choices | None = None
    was: tuple[Id, ...] = ()


class Elsewhere(Declaration):
    """The same term in another class, and the angle that class takes."""

    class_: Annotated[Id, Field(alias="class")]
    term: Id
    angle: str = ""


class Before(Declaration):
    """A question asked before reading: one tap."""

    ask: Text
    options: Annotated[tuple[Text, ...], Field(min_length=2)]
    answer: Annotated[int, Field(ge=0)]
    why: str = ""

    @model_validator(mode="after")
    def _among(self) -> Before:
        if self.answer >= len(self.options):
            raise ValueError("must have an answer among its options, counted from 0")
        return self


class Try(Declaration):
    """An experiment to run: predict first; what it supports and what it does not."""

    experiment: Id
    predict: Text
    options: Annotated[tuple[Text, ...], Field(min_length=2)] = ("More", "Less", "The same")
    move: tuple[str, ...] = ()
    supports: Text
    not_supported: Text


class Reviewed(Declaration):
    """Who read the page last."""

    by: str = ""
    on: date | None = None
    status: Literal["draft", "reviewed"] = "draft"


class Term(Declaration):
    """The front matter as a whole."""

    id: Id
    title: Text
    kind: Literal["term", "person", "event", "law", "place"] = "term"
    gist: str = ""
    aliases: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    see: tuple[Id, ...] = ()
    also_in: tuple[Elsewhere, ...] = ()
    before: Before | None = None
    claims: dict[Id, Claim] = {}
    questions: tuple[Question, ...] = ()
    try_: Annotated[Try | None, Field(alias="try")] = None
    reviewed: Reviewed = Reviewed()
    was: tuple[Id, ...] = ()

    @property
    def experiments(self) -> set[str]:
        """Names of the experiments that the page rests on, asks about or lets a reader try."""
        named = {claim.experiment.id for claim in self.claims.values() if claim.experiment}
        named |= {question.experiment for question in self.questions if question.experiment}
        return named | ({self.try_.experiment} if self.try_ else set())
