"""A class as one JSON object: terms, claims with their evidence, questions with their key points, the exam."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from stakhanov.guide.guides import Guide
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.cards import Card, deck_of, evidence_of
from stakhanov.guide.terms import Claim, Question

FORMAT = 1


def data(guide: Guide) -> dict[str, Any]:
    """The class as data. `format` tells which keys there are; text has its live values printed."""
    about = guide.about
    cited = {
        name for page in guide.pages for one in page.term.claims.values() for name in one.evidence
    }
    chosen = [card for card in deck_of(guide).cards if card.kind not in ("claim", "question")]
    return {
        "format": FORMAT,
        "kind": "stakhanov class",
        "id": guide.id,
        "title": about.title,
        "years": list(about.years) if about.years else None,
        "language": about.language,
        "licence": about.licence,
        "exam": about.exam.plain(),
        "units": [
            {"id": one.id, "title": one.title, "terms": list(one.terms)} for one in about.unit
        ],
        "sources": {
            name: {"cited": source.cited(), "tier": source.tier}
            for name, source in sorted(guide.sources.items())
            if name in cited
        },
        "terms": [_term(guide, page, chosen) for page in guide.ordered()],
    }


def _term(guide: Guide, page: Page, chosen: list[Card]) -> dict[str, Any]:
    term = page.term
    return {
        "id": term.id,
        "title": term.title,
        "aliases": list(term.aliases),
        "years": list(term.years) if term.years else None,
        "see": list(term.see),
        "also_in": [one.plain() for one in term.also_in],
        "claims": [_claim(guide, page, name, claim) for name, claim in term.claims.items()],
        "questions": [_question(guide, page, one) for one in term.questions],
        "choosing": [_choosing(card) for card in chosen if card.term == term.id],
    }


def _choosing(card: Card) -> dict[str, Any]:
    """A card that is made of a claim: what it rests on, a chart to read, look-alikes to tell apart."""
    return {
        "id": card.id,
        "kind": card.kind,
        "prompt": card.prompt,
        "choices": card.choices.plain() if card.choices is not None else None,
        "answer": card.answer,
        "chart": asdict(card.chart) if card.chart is not None else None,
    }


def _claim(guide: Guide, page: Page, name: str, claim: Claim) -> dict[str, Any]:
    return {
        "id": f"{guide.id}/{page.term.id}#{name}",
        "kind": claim.kind,
        "text": " ".join(guide.sentence(page, name).split()),
        "sources": list(claim.evidence),
        "experiment": claim.experiment.id if claim.experiment is not None else None,
        "evidence": list(evidence_of(guide, claim)),
        "disputed": [one.plain() for one in claim.dispute],
        "corrected": [one.plain() for one in claim.corrected],
    }


def _question(guide: Guide, page: Page, question: Question) -> dict[str, Any]:
    plain = question.plain()
    points = [
        {"id": p.id, "weight": p.weight, "claim": p.claim or None, "any": list(p.any)}
        for p in question.points
    ]
    return {
        "id": f"{guide.id}/{page.term.id}?{question.id}",
        "sorts": list(question.cards),
        "prompt": question.prompt,
        "model": " ".join(question.model.split()),
        "points": points,
        "choices": plain.get("choices"),
    }
