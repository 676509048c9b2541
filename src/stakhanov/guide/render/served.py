"""What the pages of a site that is served have beside those of a static one: ways to its parts, and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stakhanov.guide.guides import Guide
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.answers import judged
from stakhanov.guide.practice.marking import PointLine, Stretch, lines, stretches
from stakhanov.guide.terms import Question

#: Letters of a prediction in one's own words.
LONGEST_GUESS = 200


@dataclass(frozen=True)
class Way:
    """A way to another part of the site; `whole`: to the experiment itself, and not to one of its arms."""

    href: str
    title: str
    whole: bool = False


@dataclass(frozen=True)
class Served:
    """A site around the guides: the ways in its head, and those from a class's experiment to where it runs."""

    head: tuple[Way, ...]
    ways: Callable[[str, str], tuple[Way, ...]]


@dataclass(frozen=True)
class Answered:
    """What a reader wrote to a review question, and what the judge says."""

    answer: str
    chosen: bool
    right: bool
    said: tuple[Stretch, ...]
    points: tuple[PointLine, ...]


@dataclass(frozen=True)
class Reading:
    """What a reader has said on a page so far: the prediction by experiment, the answer by question."""

    predicted: Mapping[str, str] = field(default_factory=dict)
    answered: Mapping[str, Answered] = field(default_factory=dict)


def predicted(guide: Guide, page: Page, given: Mapping[str, str]) -> dict[str, str]:
    """Predictions out of a form, `predict-EXPERIMENT`; others are left aside.

    The place of an option from 1, or the reader's own words where a page gives nothing to choose from.
    """
    found = {}
    for name in page.experiments & set(guide.experiments):
        options, said = options_of(page, name), given.get(f"predict-{name}", "")
        if not options and said.strip():
            found[name] = " ".join(said.split())[:LONGEST_GUESS]
        elif said.isascii() and said.isdigit() and 1 <= int(said[:3]) <= len(options):
            found[name] = options[int(said[:3]) - 1]
    return found


def options_of(page: Page, experiment: str) -> tuple[str, ...]:
    """What may be predicted of an experiment on a page; none where its question asks for words."""
    tried = page.term.try_
    return tried.options if tried is not None and tried.experiment == experiment else ()


def answered(question: Question, said: str, prompt: str, model: str) -> Answered:
    """What the judge says of an answer to a review question; `prompt` and `model` have their live values."""
    if question.choices is not None:
        right = said.strip() == question.choices.right
        return Answered(said, True, right, (Stretch(said),), ())
    verdicts = judged(said, question.points, prompt)
    points = tuple(lines(verdicts, said, question.points, model, prompt))
    return Answered(
        said, False, all(one.found for one in points), stretches(said, verdicts), points
    )
