"""The search index: a script, so that it works from the file system."""

from __future__ import annotations

import json
from typing import Any

from stakhanov.guide.guides import Guide, Library


def index_script(library: Library) -> str:
    """Terms with what a reader may look for, as a script that says where they are."""
    rows = [row for guide in library.each() for row in _rows(guide)]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"window.GUIDE_INDEX={text};\n"


def _rows(guide: Guide) -> list[dict[str, Any]]:
    return [
        {
            "t": page.term.title,
            "a": list(page.term.aliases),
            "g": page.term.gist,
            "c": guide.about.title,
            "u": f"{guide.id}/{page.term.id}.html",
            "x": " ".join(guide.sentence(page, span.id) for span in page.prose.spans),
        }
        for page in guide.ordered()
    ]
