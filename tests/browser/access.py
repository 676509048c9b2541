"""What axe finds wrong with a page for people who see, hear or move differently."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page

Scheme = Literal["light", "dark"]
#: A wide screen and a telephone, light and dark.
LOOKS: tuple[tuple[int, Scheme], ...] = (
    (1280, "light"),
    (1280, "dark"),
    (360, "dark"),
    (360, "light"),
)
GRAVE = ("serious", "critical")


def axe() -> str:
    """The script of axe-core, as its Python package has it."""
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")


def grave(page: Page) -> list[str]:
    """Serious and critical findings on a page as it is shown now, with everything unfolded."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    options = {"resultTypes": ["violations"], "preload": False}
    found = page.evaluate("(options) => axe.run(options)", options)
    return [
        f"{one['id']} ({one['impact']}), {len(one['nodes'])} times, first: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
    ]


def in_every_look(page: Page) -> list[str]:
    """The same at both widths, in both schemes; and where a page is wider than the narrowest telephone."""
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme}: {one}" for one in grave(page)]
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append("wider than 320")
    return found
