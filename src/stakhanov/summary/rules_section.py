"""The campaign in sentences, as a part of a page."""

from __future__ import annotations

from html import escape

from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import Section

#: A paragraph with more lines than this is a list.
LIST = 3


def rules_section(opened: OpenRun) -> Section:
    """What the campaign says, the rules that changed on the way, and what to mind."""
    about = opened.campaign.campaign
    first, *paragraphs = opened.campaign.explain().split("\n\n")
    if about.title and not first.startswith(about.title):
        paragraphs = [first, *paragraphs]
    said = f"The rules of {about.name} as declared, and their changes."
    return Section("rules", "The campaign in sentences", said, *map(_told, paragraphs))


def _told(paragraph: str) -> str:
    lines = paragraph.splitlines()
    if len(lines) <= LIST:
        return f"<p>{escape(' '.join(lines))}</p>"
    head = f"<p>{escape(lines.pop(0))}</p>" if lines[0].endswith(":") else ""
    return f"{head}<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
