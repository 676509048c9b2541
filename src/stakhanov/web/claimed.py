"""What the study guides claim on the strength of an experiment, so that a run can say whether it agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stakhanov.web import shelf


@dataclass(frozen=True)
class Claimed:
    """A claim of a guide. `expectation`: the one that it stands on, all of them where it names none."""

    course: str
    term: str
    link: str
    text: str
    expectation: str


@cache
def claims_on(experiment: str) -> tuple[Claimed, ...]:
    """The claims that rest on an experiment, class by class, their live values printed."""
    return tuple(one for name, one in _all() if name == experiment)


def _all() -> Iterator[tuple[str, Claimed]]:
    for guide in shelf.shelf().guides.values():
        for page in guide.ordered():
            for name, claim in page.term.claims.items():
                if claim.experiment is None:
                    continue
                link = f"/guides/{guide.id}/{page.term.id}.html#{name}"
                text = " ".join(guide.sentence(page, name).split())
                course, term = guide.about.title, page.term.title
                yield (
                    claim.experiment.id,
                    Claimed(course, term, link, text, claim.experiment.expect),
                )
