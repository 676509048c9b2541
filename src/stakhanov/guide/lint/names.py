"""Names: everything that is named exists, and nothing shares a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput
from stakhanov.guide.derive import references
from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.registry import ClassDesk, Desk, known, on_classes, on_pages
from stakhanov.guide.terms import Claim
from stakhanov.guide.theories import answer_of

SOURCE = known("unknown-source", "a claim names a work or a fact that sources.toml does not have")
EXPERIMENT = known(
    "unknown-experiment", "a page names an experiment, an expectation, a result or a form not there"
)
TWICE = known("duplicate-id", "two things of one kind share an id")
FILE = known("id-matches-file", "a term's file is not called by its id")
Named = tuple[str, tuple[str | int, ...]]


@on_pages
def file_of(desk: Desk) -> Iterable[Finding]:
    """A file whose name is not its term's."""
    term, stem = desk.page.term.id, desk.page.path.stem
    if term != stem:
        yield desk.at(FILE, f"id must be the file's name, {stem}; found {term}", "id")


@on_pages
def twice(desk: Desk) -> Iterable[Finding]:
    """Two spans, two questions or two key points with one id."""
    seen: set[str] = set()
    for span in desk.page.prose.spans:
        if span.id in seen:
            message = f"the span {span.id} must stand once; found it again"
            yield desk.at(TWICE, message, line=span.line)
        seen.add(span.id)
    questions: set[str] = set()
    for index, question in enumerate(desk.page.term.questions):
        if question.id in questions or question.id in desk.page.term.claims:
            message = f"the question {question.id} must have an id of its own; found another"
            yield desk.at(TWICE, message, "questions", index)
        questions.add(question.id)
        points = [point.id for point in question.points]
        for place, point in enumerate(points):
            if point in points[:place]:
                message = f"the key point {point} must stand once in a question; found it again"
                yield desk.at(TWICE, message, "questions", index, "points", place)


@on_classes
def terms_twice(desk: ClassDesk) -> Iterable[Finding]:
    """Two terms with one id, now or earlier, and terms that stand in two units."""
    seen: dict[str, str] = {}
    for page in desk.guide.pages:
        for name in (page.term.id, *page.term.was):
            if name in seen and seen[name] != page.path.name:
                message = f"the id {name} must be one term's for ever; found it in {seen[name]} too"
                shown = desk.guide.shown(page.path)
                yield Finding(shown, page.line_of("id"), TWICE, message)
            seen.setdefault(name, page.path.name)
    placed: set[str] = set()
    for index, unit in enumerate(desk.guide.about.unit):
        for term in unit.terms:
            if term in placed:
                message = f"the term {term} must stand in one unit, once; found it again"
                yield desk.at(TWICE, message, "class.toml", "unit", index, "terms")
            placed.add(term)


@on_pages
def unknown_sources(desk: Desk) -> Iterable[Finding]:
    """Works and facts that are not in sources.toml."""
    works = desk.guide.sources
    for name, claim, _ in desk.claims():
        for work, steps in _works(claim):
            if work not in works:
                message = (
                    f"{name}: {work} must be a work of sources.toml; found none{_near(work, works)}"
                )
                yield desk.at(SOURCE, message, "claims", name, *steps)
        for fact, steps in _facts(claim):
            if desk.guide.fact(fact) is None:
                source = works.get(fact.partition(".")[0])
                known_ones = (
                    [f"{fact.partition('.')[0]}.{key}" for key in source.facts] if source else ()
                )
                message = f"{name}: {fact} must be a fact of sources.toml; found none{_near(fact, known_ones)}"
                yield desk.at(SOURCE, message, "claims", name, *steps)


@on_pages
def mixed_up(desk: Desk) -> Iterable[Finding]:
    """Disputes whose fact is another work's."""
    for name, claim, _ in desk.claims():
        for index, dispute in enumerate(claim.dispute):
            if dispute.fact and dispute.fact.partition(".")[0] != dispute.source:
                message = (
                    f"{name}: the dispute's fact must be of {dispute.source}; found {dispute.fact}"
                )
                yield desk.at(SOURCE, message, "claims", name, "dispute", index)


def _works(claim: Claim) -> Iterator[Named]:
    for index, work in enumerate(claim.evidence):
        yield work, ("evidence", index)
    for index, dispute in enumerate(claim.dispute):
        yield dispute.source, ("dispute", index)


def _facts(claim: Claim) -> Iterator[Named]:
    for index, value in enumerate(claim.values):
        for fact in (*value.fact, *references(value.derive)):
            yield fact, ("values", index)
        if value.quotes_error:
            yield value.quotes_error, ("values", index)
    for index, dispute in enumerate(claim.dispute):
        if dispute.fact:
            yield dispute.fact, ("dispute", index)


@on_pages
def unknown_experiments(desk: Desk) -> Iterable[Finding]:
    """Experiments, expectations, results and closed forms that are not there."""
    term, there = desk.page.term, desk.guide.experiments
    named: list[Named] = [
        (question.experiment, ("questions", index, "experiment"))
        for index, question in enumerate(term.questions)
        if question.experiment
    ]
    if term.try_ is not None:
        named.append((term.try_.experiment, ("try", "experiment")))
    for name, claim in term.claims.items():
        if claim.experiment is not None:
            named.append((claim.experiment.id, ("claims", name, "experiment")))
    for name, steps in named:
        if name not in there:
            message = f"{name} must be an experiment of the class or of the laboratory; found none"
            yield desk.at(EXPERIMENT, message, *steps)
    for name, claim in term.claims.items():
        yield from _bound(desk, name, claim)


def _bound(desk: Desk, name: str, claim: Claim) -> Iterator[Finding]:
    """What a claim takes from an experiment or a closed form."""
    if claim.experiment is not None and claim.experiment.id in desk.guide.experiments:
        declared = desk.guide.experiments[claim.experiment.id]
        if declared.expectation(claim.experiment.expect) is None:
            ids = [one.id for one in declared.experiment.expectations]
            found = claim.experiment.expect or "none"
            message = (
                f"{name}: expect must name an expectation of {declared.id}; found {found}"
                f" ({hint_of(found, ids)})"
            )
            yield desk.at(EXPERIMENT, message, "claims", name, "experiment")
    for index, value in enumerate(claim.values):
        if value.result and not _is_result(desk, value.result):
            message = (
                f"{name}: {value.result} must be EXPERIMENT.ARM.MEASURE or EXPERIMENT.expect.NAME;"
                f" found no such result"
            )
            yield desk.at(EXPERIMENT, message, "claims", name, "values", index)
    if claim.theory is not None:
        try:
            answer_of(claim.theory)
        except (BadInput, ArithmeticError, ValueError, TypeError) as error:
            message = (
                f"{name}: the closed form must have an answer; found {str(error).splitlines()[0]}"
            )
            yield desk.at(EXPERIMENT, message, "claims", name, "theory")


def _is_result(desk: Desk, reference: str) -> bool:
    parts = reference.split(".", 2)
    if len(parts) != 3 or parts[0] not in desk.guide.experiments:
        return False
    declared = desk.guide.experiments[parts[0]]
    if parts[1] == "expect":
        return declared.expectation(parts[2]) is not None
    told = {*declared.experiment.measures}
    told |= {one.measure for one in declared.experiment.expectations}
    return parts[1] in declared.experiment.arms and parts[2] in told


def _near(name: str, known_ones: Iterable[str]) -> str:
    hint = hint_of(name, known_ones, "")
    return f" ({hint})" if hint else ""
