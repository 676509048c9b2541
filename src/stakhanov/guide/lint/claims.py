"""Claims and their evidence: every sentence rests on something that may carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.guides import Guide
from stakhanov.guide.lint.registry import Desk, known, on_pages
from stakhanov.guide.sources import SOLE
from stakhanov.guide.terms import Claim

UNSOURCED = known("unsourced-claim", "a claim has no entry, or nothing that may carry it")
ORPHAN = known("orphan-claim", "an entry has no span in the prose")
FEW = known("too-few-sources", "a claim has fewer independent sources than the policy asks")
SIMULATED = known("history-by-simulation", "an event, a quantity or a name rests on a run alone")
UNMARKED = known("unmarked-model", "a claim rests on a model alone and does not say so")
HISTORY = ("event", "quantity", "attribution")
IN_MODEL = re.compile(r"\bin (?:our|the|this) (?:model|laboratory|simulation)s?\b", re.I)
IN_THEORY = re.compile(r"\bin (?:our|the|this) model\b|\bin theory\b", re.I)
CONDITIONAL = re.compile(r"\b(?:would|could|might|had)\b", re.I)


@on_pages
def unsourced(desk: Desk) -> Iterable[Finding]:
    """Spans without entry, and entries without evidence."""
    names = desk.page.term.claims
    level = Level.WARN if desk.drafting else Level.ERROR
    for span in desk.page.prose.spans:
        if span.id not in names:
            message = f"the span {span.id} must have an entry under claims; found none"
            yield replace(desk.at(UNSOURCED, message, line=span.line), level=level)
    for name, claim in names.items():
        if not _carried(desk, claim):
            only = ": only a work under review" if claim.evidence else ""
            message = f"{name} must rest on a source or an experiment; found none{only}"
            yield replace(desk.at(UNSOURCED, message, "claims", name), level=level)


def _carried(desk: Desk, claim: Claim) -> bool:
    known_ones = [desk.guide.sources[s] for s in claim.evidence if s in desk.guide.sources]
    unknown = len(known_ones) < len(claim.evidence)  # told by another rule
    sourced = unknown or any(source.evidence for source in known_ones)
    return sourced or claim.experiment is not None or claim.theory is not None


@on_pages
def orphan(desk: Desk) -> Iterable[Finding]:
    """Entries whose sentence is gone."""
    for name, _, span in desk.claims():
        if span is None:
            message = f"{name} must have a span in the prose, as [...]{{#{name}}}; found none"
            yield desk.at(ORPHAN, message, "claims", name)


def origins_of(guide: Guide, claim: Claim) -> set[str]:
    """Independent witnesses of a claim: works that repeat one report are one."""
    works = {name: guide.sources.get(name) for name in claim.evidence}
    return {work.origin or name for name, work in works.items() if work and work.evidence}


@on_pages
def few(desk: Desk) -> Iterable[Finding]:
    """Too few witnesses for the kind of claim."""
    least = desk.guide.about.policy.min_sources
    for name, claim, _ in desk.claims():
        if claim.kind not in HISTORY or not claim.evidence:
            continue
        asked = getattr(least, claim.kind)
        count = len(origins_of(desk.guide, claim))
        if count == 0 or count >= asked:
            continue
        works = [desk.guide.sources[s] for s in claim.evidence if s in desk.guide.sources]
        if claim.kind == "quantity" and any(work.tier in SOLE for work in works):
            continue
        shared = " (works that share an origin count once)" if len(works) > count else ""
        message = f"{name} must have {asked} independent sources; found {count}{shared}"
        yield desk.at(FEW, message, "claims", name, "evidence")


@on_pages
def simulated(desk: Desk) -> Iterable[Finding]:
    """History on the strength of a simulation; models that do not say that they are one."""
    for name, claim, span in desk.claims():
        modelled = claim.experiment is not None or claim.theory is not None
        if not modelled or claim.evidence:
            continue
        if claim.kind in HISTORY:
            message = (
                f"{name} is a claim of {claim.kind} and must have a source; found only a model"
            )
            yield desk.at(SIMULATED, message, "claims", name, "kind")
        elif span is not None and not _marked(claim, span.text):
            words = "in our model" if claim.experiment else "in theory"
            message = f'{name} rests on a model alone and must say "{words}"; found it unsaid'
            yield desk.at(UNMARKED, message, line=span.line)


@on_pages
def conditional(desk: Desk) -> Iterable[Finding]:
    """What did not happen is told in the conditional, on an experiment."""
    for name, claim, span in desk.claims():
        if claim.kind != "counterfactual":
            continue
        if claim.experiment is None:
            message = f"{name} is a counterfactual and must rest on an experiment; found none"
            yield desk.at(UNMARKED, message, "claims", name)
        if span is not None and not CONDITIONAL.search(span.text):
            message = f"{name} is a counterfactual and must say would, could or might; found none"
            yield desk.at(UNMARKED, message, line=span.line)


def _marked(claim: Claim, text: str) -> bool:
    return bool((IN_MODEL if claim.experiment else IN_THEORY).search(text))
