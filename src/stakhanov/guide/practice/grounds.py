"""What a claim rests on, as a question: works, disputed works, a run of our model, a closed form."""

from __future__ import annotations

from collections.abc import Iterator

from stakhanov.guide.guides import Guide
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.choosing import Choosing
from stakhanov.guide.terms import Choices, Claim

#: Answers that are offered beside the right one.
OTHERS = 3
#: Works named in one answer; of more only the number is told.
NAMED = 2
GRADES = {
    "works": "Works say so: that it happened, or was said, is a matter for sources.",
    "disputed": "Works say so, and others differ: the page tells both.",
    "run": "A run supports what happens in our model, never that it happened anywhere.",
    "form": "A closed form holds of what it assumes, and of nothing else.",
    "both": "Works say so; the model shows under which assumptions it comes about.",
}


def grounds(guide: Guide, page: Page) -> Iterator[Choosing]:
    """What disputed claims of a page rest on, and its first claim on a model: there it is mistaken."""
    modelled = False
    for name, claim in page.term.claims.items():
        is_modelled = claim.experiment is not None or claim.theory is not None
        if not claim.dispute and (modelled or not is_modelled):
            continue
        modelled = modelled or is_modelled
        sentence = " ".join(guide.sentence(page, name).split())
        right, wrong = rests_on(guide, claim), _others(guide, page, claim)
        if not sentence or not right or not wrong:
            continue
        span = page.prose.span(name)
        yield Choosing(
            "evidence",
            name,
            "recall",
            f"What does this rest on? {sentence}",
            Choices(right=right, wrong=wrong),
            GRADES[grade(guide, claim)],
            f"{' '.join(span.text.split()) if span is not None else ''} {right}",
        )


def grade(guide: Guide, claim: Claim) -> str:
    """What kind of evidence a claim has, as a word of `GRADES`; empty where it has none."""
    works = any(name in guide.sources and guide.sources[name].evidence for name in claim.evidence)
    if claim.dispute and works:
        return "disputed"
    if claim.experiment is not None or claim.theory is not None:
        return "both" if works else "run" if claim.experiment is not None else "form"
    return "works" if works else ""


def rests_on(guide: Guide, claim: Claim) -> str:
    """The evidence of a claim in a few words; empty where it has none."""
    works = [
        f"{who}{work.title}{f' ({work.year})' if work.year else ''}"
        for name in claim.evidence
        if (work := guide.sources.get(name)) is not None and work.evidence
        for who in (f"{work.author}: " if work.author else "",)
    ]
    named = "; ".join(works[:NAMED])
    if len(works) > NAMED:
        named = f"{named}; and {len(works) - NAMED} more"
    models = []
    if claim.experiment is not None:
        found = guide.experiments.get(claim.experiment.id)
        models.append(
            f"a run of our model, “{found.experiment.title if found else claim.experiment.id}”"
        )
    if claim.theory is not None:
        models.append(f"a closed form, {claim.theory.name}")
    model = " and ".join(models)
    if named and model:
        return f"{named}; and {model}"
    return named or (f"{model[:1].upper()}{model[1:]}, alone" if model else "")


def _others(guide: Guide, page: Page, claim: Claim) -> tuple[str, ...]:
    """Evidence of other claims, near ones first, other grades before the same; none shares a witness."""
    right, mine = rests_on(guide, claim), _witnesses(claim)
    ordered = guide.ordered()
    place = next(number for number, one in enumerate(ordered) if one is page)
    near = [
        other for one in ordered[place:] + ordered[:place] for other in one.term.claims.values()
    ]
    disputing = [Claim(kind="attribution", evidence=(one.source,)) for one in claim.dispute]
    found: list[str] = []
    grades = {grade(guide, claim)}
    rest: list[str] = []
    for other in [*disputing, *near]:
        said = rests_on(guide, other)
        if not said or said == right or said in found or mine & _witnesses(other):
            continue
        if other in disputing or grade(guide, other) not in grades:
            grades.add(grade(guide, other))
            found.append(said)
        elif said not in rest:
            rest.append(said)
        if len(found) == OTHERS:
            break
    return tuple(dict.fromkeys([*found, *rest]))[:OTHERS]


def _witnesses(claim: Claim) -> set[str]:
    found = set(claim.evidence)
    if claim.experiment is not None:
        found.add(f"run {claim.experiment.id}")
    return found | ({f"form {claim.theory.name}"} if claim.theory is not None else set())
