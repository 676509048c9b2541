"""Templates to pages: everything from outside is escaped, figures are drawn by our own charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from stakhanov import __version__
from stakhanov.summary.page import number, style

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")

#: Places of the site, as every page lists them.
LINKS = (
    ("/", "Tour"),
    ("/guides/index.html", "Study guides"),
    ("/learn", "Learn"),
    ("/laboratory", "Laboratory"),
    ("/check", "Data check"),
)

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["number"] = number
_ENVIRONMENT.globals["version"] = __version__
_ENVIRONMENT.globals["links"] = LINKS
_ENVIRONMENT.globals["here"] = ""


def rendered(template: str, **values: Any) -> str:
    """A template with its values in place."""
    return _ENVIRONMENT.get_template(template).render(**values)


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as an answer."""
    return HTMLResponse(rendered(template, **values), status)


def sheet() -> str:
    """The style sheet of every page: that of reports, and what a site needs beside it."""
    return f"{style()}\n{(STATIC / 'site.css').read_text(encoding='utf-8')}"
