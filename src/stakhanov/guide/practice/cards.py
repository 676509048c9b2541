"""Cards of a class: of its claims and review questions, under names that are for ever."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stakhanov.guide.classes import Exam, Sort
from stakhanov.guide.guides import Guide
from stakhanov.guide.live import filled
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.chart_reading import charts_to_read
from stakhanov.guide.practice.choosing import MARK, Chart, Kind, look_alikes
from stakhanov.guide.practice.cloze import GAP, Gap, masked
from stakhanov.guide.practice.gaps import gaps_of
from stakhanov.guide.practice.grounds import grounds
from stakhanov.guide.terms import Choices, Claim, Correction, Point, Question

#: Seconds that a card of a sort costs until the learner's own times say more: assumptions.
SECONDS: Mapping[Sort, float] = {"recall": 20.0, "short": 60.0, "interpret": 90.0}
#: The claim that says what a term is: its card asks for the term.
DEFINITION = "definition"


@dataclass(frozen=True)
class Card:
    """Something to be asked again and again.

    `id`: class/term#claim, or class/term?question; `was`: its earlier names, `first` the oldest of them. A
    claim's card has its sentence as `answer` and `gaps` that may be left out of it, a definition the
    `names` that answer it, a question its key points. `learned` is what is learned, without numbers that a
    run renews; `evidence` says what it rests on. A card that is made of a claim beside the claim's own has
    `choices`, and where a run is read its `chart`, which `prompt` tells in words.
    """

    id: str
    term: str
    title: str
    sort: Sort
    prompt: str
    answer: str
    gaps: tuple[Gap, ...] = ()
    names: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    choices: Choices | None = None
    kind: Kind = "claim"
    chart: Chart | None = None
    rests_on: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    learned: str = ""
    corrected: tuple[Correction, ...] = ()
    was: tuple[str, ...] = ()
    first: str = ""
    unit: str = ""
    see: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The digest of what is learned."""
        return hashlib.sha256(self.learned.encode("utf-8")).hexdigest()[:16]

    @property
    def guess(self) -> float:
        """The chance to be right by guessing."""
        return 1.0 / (1 + len(self.choices.wrong)) if self.choices is not None else 0.0

    def hidden(self, gap: int) -> str:
        """What a gap leaves out."""
        return self.answer[self.gaps[gap].start : self.gaps[gap].end]

    def gapped(self, gap: int) -> str:
        """The sentence with one gap."""
        return self.answer[: self.gaps[gap].start] + GAP + self.answer[self.gaps[gap].end :]


@dataclass(frozen=True)
class Deck:
    """All cards of a class, in the order in which it is taught, and the exam that it prepares for.

    Not `whole`: those of some terms only, which say nothing of a test.
    """

    guide: str
    title: str
    cards: tuple[Card, ...]
    exam: Exam = field(default_factory=Exam)
    whole: bool = True

    @cached_property
    def by_name(self) -> dict[str, Card]:
        """Cards by name; earlier names lead to them too."""
        found = {name: card for card in self.cards for name in card.was}
        return found | {card.id: card for card in self.cards}

    def worths(self) -> dict[Sort, float]:
        """What a card of each sort counts in the exam, 1 on average over the cards; 1 where no exam is stated.

        A sort that the exam does not ask counts a tenth of the average: it is learned last.
        """
        count = Counter(card.sort for card in self.cards)
        shares = {sort: share.weight for sort, share in self.exam.blueprint.items() if count[sort]}
        if not shares:
            return dict.fromkeys(SECONDS, 1.0)
        each = {
            sort: weight / sum(shares.values()) / count[sort] for sort, weight in shares.items()
        }
        return {sort: max(0.1, each.get(sort, 0.0) * len(self.cards)) for sort in SECONDS}

    def of_terms(self, terms: frozenset[str]) -> Deck:
        """The cards of some terms only."""
        cards = tuple(card for card in self.cards if card.term in terms)
        return Deck(self.guide, self.title, cards, self.exam, whole=False)


def deck_of(guide: Guide) -> Deck:
    """The cards of a class."""
    units = {term: unit.title for unit in guide.about.unit for term in unit.terms}
    cards = [
        card
        for page in guide.ordered()
        for card in (
            *_claims(guide, page, units),
            *_chosen(guide, page, units),
            *_questions(guide, page, units),
        )
    ]
    return Deck(guide.id, guide.about.title, tuple(cards), guide.about.exam)


def _claims(guide: Guide, page: Page, units: Mapping[str, str]) -> Iterator[Card]:
    term = page.term
    for name, claim in term.claims.items():
        sentence = _sentence(guide, page, name)
        if not sentence:
            continue
        is_definition = name == DEFINITION
        gaps = () if is_definition else gaps_of(guide, page, name)
        yield Card(
            f"{guide.id}/{term.id}#{name}",
            term.id,
            term.title,
            "recall",
            masked(sentence, (term.title, *term.aliases)) if is_definition else sentence,
            sentence,
            gaps=gaps,
            names=(term.title, *term.aliases) if is_definition else (),
            rests_on=(name,),
            evidence=tuple(evidence_of(guide, claim)),
            learned=_plain(page, name),
            corrected=claim.corrected,
            was=_earlier(guide, page, "#", (name, *claim.was)),
            first=_oldest(guide, page, "#", (name, *claim.was)),
            unit=units.get(term.id, ""),
            see=term.see,
        )


def _chosen(guide: Guide, page: Page, units: Mapping[str, str]) -> Iterator[Card]:
    """Cards that ask something else of a claim: what it rests on, what its run shows, which term is meant."""
    term = page.term
    for make in (look_alikes, grounds, charts_to_read):
        for one in make(guide, page):
            claim = term.claims[one.claim]
            names = tuple(f"{name}{MARK}{one.kind}" for name in (one.claim, *claim.was))
            yield Card(
                f"{guide.id}/{term.id}#{names[0]}",
                term.id,
                term.title,
                one.sort,
                one.prompt,
                one.answer,
                choices=one.choices,
                kind=one.kind,
                chart=one.chart,
                rests_on=(one.claim,),
                evidence=tuple(evidence_of(guide, claim)),
                learned=one.learned,
                corrected=claim.corrected,
                was=_earlier(guide, page, "#", names),
                first=_oldest(guide, page, "#", names),
                unit=units.get(term.id, ""),
                see=(*term.see, *claim.apart),
            )


def _questions(guide: Guide, page: Page, units: Mapping[str, str]) -> Iterator[Card]:
    term = page.term
    for question in term.questions:
        claims = tuple(dict.fromkeys(one.claim for one in question.points if one.claim))
        yield Card(
            f"{guide.id}/{term.id}?{question.id}",
            term.id,
            term.title,
            question.cards[0] if question.cards else "short",
            _filled(guide, question.prompt),
            _filled(guide, question.model),
            points=question.points,
            choices=question.choices,
            kind="question",
            rests_on=claims,
            evidence=_behind(guide, page, claims),
            learned=_words(question),
            corrected=tuple(c for name in claims for c in _corrections(page, name)),
            was=_earlier(guide, page, "?", (question.id, *question.was)),
            first=_oldest(guide, page, "?", (question.id, *question.was)),
            unit=units.get(term.id, ""),
            see=term.see,
        )


def evidence_of(guide: Guide, claim: Claim) -> Iterator[str]:
    """What a claim rests on, one sentence each: works, experiments, closed forms; then who disputes it."""
    for name in claim.evidence:
        if name in guide.sources:
            yield guide.sources[name].cited()
    if claim.experiment is not None:
        found = guide.experiments.get(claim.experiment.id)
        title = found.experiment.title if found is not None else claim.experiment.id
        yield f"Experiment in our model: {title}"
    if claim.theory is not None:
        yield f"Closed form: {claim.theory.name}"
    for one in claim.dispute:
        source = guide.sources.get(one.source)
        who = source.cited().removesuffix(".") if source is not None else one.source
        yield f"Disputed: {who}: {one.says}{f'; {one.ours}' if one.ours else ''}"


def _behind(guide: Guide, page: Page, claims: tuple[str, ...]) -> tuple[str, ...]:
    found = (page.term.claims[name] for name in claims if name in page.term.claims)
    return tuple(dict.fromkeys(said for claim in found for said in evidence_of(guide, claim)))


def _corrections(page: Page, name: str) -> tuple[Correction, ...]:
    claim = page.term.claims.get(name)
    return claim.corrected if claim is not None else ()


def _sentence(guide: Guide, page: Page, name: str) -> str:
    return " ".join(guide.sentence(page, name).split())


def _plain(page: Page, name: str) -> str:
    """A sentence before its live values are printed: a new run of the same claim is nothing new to learn."""
    span = page.prose.span(name)
    return " ".join(span.text.split()) if span is not None else ""


def _words(question: Question) -> str:
    return " ".join(f"{question.prompt} {question.model}".split())


def _filled(guide: Guide, text: str) -> str:
    return " ".join(filled(text, guide.lock.number).split())


def _earlier(guide: Guide, page: Page, mark: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The earlier names of a card: those of its class and term and its own, in any combination."""
    classes = (guide.id, *guide.about.was)
    terms = (page.term.id, *page.term.was)
    every = (f"{c}/{t}{mark}{n}" for c in classes for t in terms for n in names)
    return tuple(every)[1:]


def _oldest(guide: Guide, page: Page, mark: str, names: tuple[str, ...]) -> str:
    """The oldest name of a card, by which programs elsewhere know it; earlier names are listed oldest first."""
    every = (guide.id, *guide.about.was), (page.term.id, *page.term.was), names
    about, term, name = (given[1] if len(given) > 1 else given[0] for given in every)
    return f"{about}/{term}{mark}{name}"
