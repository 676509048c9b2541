"""What stands behind each claim: a badge in a word or two, and a panel that says all of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from stakhanov.guide.derive import derived, references
from stakhanov.guide.experiments import Declared
from stakhanov.guide.guides import Guide, alone
from stakhanov.guide.lint.numbers import shown
from stakhanov.guide.lint.runs import found
from stakhanov.guide.lock import Held, Ran, bar_of, said
from stakhanov.guide.pages import Page
from stakhanov.guide.render.body import keep_together, with_live
from stakhanov.guide.sources import Source
from stakhanov.guide.terms import Claim
from stakhanov.guide.theories import evaluated, form_of

TIERS = {
    "archive": "archival document",
    "data": "data set",
    "scholarly": "scholarly work",
    "reference": "reference work",
    "secondary": "secondary work",
    "press": "press",
    "web": "web page",
    "under-review": "under review",
}


@dataclass(frozen=True)
class Witness:
    """A work that supports a claim."""

    key: str
    cited: str
    tier: str
    origin: str = ""
    url: str = ""


@dataclass(frozen=True)
class RunPanel:
    """The run behind a claim."""

    id: str
    title: str
    expected: str
    found: str
    holds: bool | None
    sizes: str
    moved: str = ""
    limits: str = ""


@dataclass(frozen=True)
class FormPanel:
    """The closed form behind a claim."""

    name: str
    title: str
    formula: str
    source: str
    value: str


@dataclass(frozen=True)
class Badge:
    """A claim's badge and the panel that it opens. `kind` is a word for its colour and sign."""

    claim: str
    kind: str
    label: str
    sentence: str
    what: str
    witnesses: tuple[Witness, ...]
    arithmetic: tuple[str, ...]
    disputes: tuple[tuple[str, str, str], ...]  # who, what they say, our arithmetic
    run: RunPanel | None
    form: FormPanel | None
    corrections: tuple[tuple[str, str, str], ...]
    note: str = ""


def badges(guide: Guide, page: Page) -> dict[str, Badge]:
    """The badge of every claim that has a sentence, in the order of the prose."""
    found_ones: dict[str, Badge] = {}
    for span in page.prose.spans:
        claim = page.term.claims.get(span.id)
        found_ones[span.id] = _badge(guide, page, span.id, claim or Claim(kind="attribution"))
    return found_ones


def _badge(guide: Guide, page: Page, name: str, claim: Claim) -> Badge:
    witnesses = tuple(
        _witness(key, work)
        for key in claim.evidence
        if (work := guide.sources.get(key)) is not None and work.evidence
    )
    run = _run(guide, claim)
    form = _form(claim)
    kind, label = _label(claim, _counted(witnesses), run, form)
    return Badge(
        claim=name,
        kind=kind,
        label=label,
        sentence=_sentence(guide, page, name),
        what=claim.kind,
        witnesses=witnesses,
        arithmetic=tuple(_arithmetic(guide, claim)),
        disputes=tuple(_disputes(guide, claim)),
        run=run,
        form=form,
        corrections=tuple((one.on.isoformat(), one.said, one.why) for one in claim.corrected),
        note=claim.note,
    )


def _sentence(guide: Guide, page: Page, name: str) -> str:
    """A claim as a sentence of its own, the errors that it quotes struck out."""
    span = page.prose.span(name)
    if span is None:
        return ""
    text, parts, last = alone(span.text), [], 0
    ahead = len(span.text) - len(span.text.lstrip())
    for low, high in ((low - ahead, high - ahead) for low, high in sorted(span.wrong)):
        parts += [escape(text[last:low]), f'<s class="wrong">{escape(text[low:high])}</s>']
        last = high
    return keep_together(with_live("".join((*parts, escape(text[last:]))), guide))


def _counted(witnesses: tuple[Witness, ...]) -> str:
    """How many independent witnesses there are: works that repeat one report are one. Empty for none."""
    count = len({one.origin or one.key for one in witnesses})
    works = f" in {len(witnesses)} works" if count < len(witnesses) else ""
    return f"{count} source{'' if count == 1 else 's'}{works}" if count else ""


def _label(
    claim: Claim, sources: str, run: RunPanel | None, form: FormPanel | None
) -> tuple[str, str]:
    """A badge in words; colour says nothing that the words do not."""
    model = "experiment" if run is not None else "closed form" if form is not None else ""
    if sources and model:
        kind, words = "both", f"{sources} and {model}"
    elif sources:
        kind, words = "source", sources
    elif model:
        kind, words = "experiment", model
    else:
        kind, words = "unsourced", "unsourced"
    if run is not None and run.holds is not True:
        kind = "stale"
        words += ": not run" if run.holds is None else ": fails"
    if run is not None and run.moved:
        words += ", bar moved"
    if claim.dispute:
        kind, words = "disputed", f"{words}, disputed"
    if claim.corrected:
        words += f", corrected {max(one.on for one in claim.corrected).isoformat()}"
    return kind, words[:1].upper() + words[1:]


def _witness(key: str, work: Source) -> Witness:
    return Witness(key, work.cited(), TIERS[work.tier], work.origin, work.url or _doi(work))


def _doi(work: Source) -> str:
    return f"https://doi.org/{work.doi}" if work.doi else ""


def _arithmetic(guide: Guide, claim: Claim) -> list[str]:
    """How each number of a claim comes about, in lines."""
    lines = []
    for value in claim.values:
        if value.quotes_error:
            lines.append(f"“{value.text}” is quoted as an error.")
        for reference in value.fact:
            fact = guide.fact(reference)
            if fact is not None:
                work = guide.sources[reference.partition(".")[0]]
                unit = f" {fact.unit}" if fact.unit else ""
                where = f", {fact.locator}" if fact.locator else ""
                lines.append(f"“{value.text}”: {shown(fact.value)}{unit} in {_short(work)}{where}.")
        if value.derive:
            lines.append(_derivation(guide, value.text, value.derive))
        if value.theory:
            number = evaluated(claim.theory, value.theory)
            if number is not None:
                lines.append(f"“{value.text}”: the closed form gives {number:.6g}.")
    return [keep_together(line) for line in lines]


def _derivation(guide: Guide, text: str, expression: str) -> str:
    plain = expression
    for reference in references(expression):
        fact = guide.fact(reference)
        if fact is not None:
            plain = plain.replace(reference, shown(fact.value))
    try:
        result = f"{derived(expression, lambda name: float(guide.fact(name).value)):.4g}"  # type: ignore[union-attr, arg-type]
    except (ValueError, AttributeError, TypeError):
        return f"“{text}”: {plain}."
    return f"“{text}”: {plain.replace('*', '×').replace('/', '÷')} = {result}."


def _disputes(guide: Guide, claim: Claim) -> list[tuple[str, str, str]]:
    return [
        (
            guide.sources[one.source].cited() if one.source in guide.sources else one.source,
            one.says,
            one.ours,
        )
        for one in claim.dispute
    ]


def _short(work: Source) -> str:
    if work.author and work.year:
        return f"{work.author.split(';')[0].split()[-1]} {work.year}"
    return f"“{work.title}”"


def _run(guide: Guide, claim: Claim) -> RunPanel | None:
    if claim.experiment is None or claim.experiment.id not in guide.experiments:
        return None
    declared = guide.experiments[claim.experiment.id]
    expectation = declared.expectation(claim.experiment.expect)
    ran = guide.lock.experiments.get(declared.id)
    held = ran.expectations.get(claim.experiment.expect) if ran is not None else None
    return RunPanel(
        id=declared.id,
        title=declared.experiment.title,
        expected=said(expectation) if expectation is not None else "",
        found=found(held) if held is not None else "",
        holds=held.holds if held is not None else None,
        sizes=sizes(ran) if ran is not None else "",
        moved=_moved(held, declared, claim.experiment.expect),
        limits=declared.experiment.does_not_support,
    )


def _moved(held: Held | None, declared: Declared, expect: str) -> str:
    expectation = declared.expectation(expect)
    if held is None or expectation is None or held.first == bar_of(expectation):
        return ""
    return "The bar was changed after its first result was known."


def sizes(ran: Ran) -> str:
    """How large a locked run was, and when it was made."""
    seeds = len(ran.seeds)
    return (
        f"{ran.workers:,} workers, {ran.periods} periods, {seeds} seed{'' if seeds == 1 else 's'};"
        f" run on {ran.on} by stakhanov {ran.engine}"
    )


def _form(claim: Claim) -> FormPanel | None:
    if claim.theory is None or (form := form_of(claim.theory.name)) is None:
        return None
    number = evaluated(claim.theory)
    return FormPanel(
        name=form.name,
        title=form.title,
        formula=form.formula,
        source=form.source,
        value="" if number is None else f"{number:.6g}",
    )
