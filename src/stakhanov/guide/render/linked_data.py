"""Terms and questions as machines read them: JSON-LD of schema.org."""

from __future__ import annotations

import json
from typing import Any

from stakhanov.guide.guides import Guide
from stakhanov.guide.live import filled
from stakhanov.guide.pages import Page

CONTEXT = "https://schema.org"
LICENCES = {"CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}


def term_data(guide: Guide, page: Page) -> str:
    """A term as DefinedTerm, and its review questions as Quiz."""
    term = page.term
    defined: dict[str, Any] = {
        "@type": "DefinedTerm",
        "@id": f"#{term.id}",
        "name": term.title,
        "termCode": term.id,
        "description": guide.sentence(page, "definition") or term.gist,
        "inDefinedTermSet": _set(guide),
        "inLanguage": guide.about.language,
        "license": LICENCES.get(guide.about.licence, guide.about.licence),
    }
    if term.aliases:
        defined["alternateName"] = list(term.aliases)
    graph = [defined]
    if term.questions:
        graph.append(_quiz(guide, page))
    return _script({"@context": CONTEXT, "@graph": graph})


def class_data(guide: Guide) -> str:
    """A class as DefinedTermSet."""
    terms = [
        {"@type": "DefinedTerm", "name": page.term.title, "url": f"{page.term.id}.html"}
        for page in guide.ordered()
    ]
    return _script({"@context": CONTEXT, **_set(guide), "hasDefinedTerm": terms})


def _set(guide: Guide) -> dict[str, Any]:
    return {"@type": "DefinedTermSet", "name": guide.about.title, "url": "index.html"}


def _quiz(guide: Guide, page: Page) -> dict[str, Any]:
    return {
        "@type": "Quiz",
        "name": f"Review questions: {page.term.title}",
        "about": {"@id": f"#{page.term.id}"},
        "educationalLevel": guide.about.level or None,
        "hasPart": [
            {
                "@type": "Question",
                "eduQuestionType": "Open ended",
                "text": filled(one.prompt, guide.lock.number),
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": filled(one.model.strip(), guide.lock.number),
                },
            }
            for one in page.term.questions
        ],
    }


def _script(data: dict[str, Any]) -> str:
    """As a script element may hold it: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
