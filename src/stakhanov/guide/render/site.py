"""The static site: a folder of pages that opens from the file system and offline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from stakhanov.charts.theme import FONT, schemes
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.pages import Page
from stakhanov.guide.render.class_page import class_view
from stakhanov.guide.render.downloads import downloads
from stakhanov.guide.render.search import index_script
from stakhanov.guide.render.served import Reading, Served
from stakhanov.guide.render.views import term_view
from stakhanov.guide.verify import behind

#: Written into the folder of a site, so that a build knows its own.
MARK = "stakhanov-site.txt"
STATIC = Path(__file__).parent / "static"
ROLES = ("paper", "ink", "soft", "rule", "true", "reported")
#: What a page may load: files of its own site, from a server or from the file system; nothing else.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' file:",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
#: Pages of a served site also ask the site what it makes of an answer.
SERVED_POLICY = f"{POLICY}; connect-src 'self'"
Watch = Callable[[str], None]
Make = Callable[[], str | bytes]
#: Files that a build may take away again: its own, by their endings.
ENDINGS = (".html", ".toml", ".js", ".apkg", ".xml", ".gift", ".json")


@cache
def templates() -> Environment:
    """The templates; text is escaped unless a view made it."""
    return Environment(
        loader=PackageLoader("stakhanov.guide.render", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def build(library: Library, place: Path, watch: Watch = lambda _: None) -> list[Path]:
    """Write the site of the classes that were asked for. Raises BadInput where the folder is another's.

    Pages of terms that are gone are taken away; nothing else in the folder is touched.
    """
    _claim(place)
    written = []
    for name, text in files(library):
        watch(name)
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = text if isinstance(text, bytes) else text.encode("utf-8")
        write_atomically(file, content, lasting=False)
        written.append(file)
    _sweep(place, set(written))
    names = "".join(f"{file.relative_to(place).as_posix()}\n" for file in sorted(written))
    write_atomically(place / MARK, names.encode("utf-8"))
    return written


def files(library: Library) -> Iterator[tuple[str, str | bytes]]:
    """Every file of a site with what is in it."""
    for name, text in makers(library).items():
        yield name, text()


def makers(library: Library, served: Served | None = None) -> dict[str, Make]:
    """Every file of a site by its name; what is in it is made when it is asked for."""
    guides = list(library.each())
    found: dict[str, Make] = {
        "index.html": lambda: _page(
            "index.html", served, classes=[class_view(one) for one in guides], root=""
        ),
        "search.html": lambda: _page("search.html", served, letters=_letters(guides), root=""),
    }
    for guide in guides:
        found |= _of_class(library, guide, served)
    found["static/index.js"] = partial(index_script, library)
    found["static/guide.css"] = style
    for name in ("theme.js", "keys.js", "search.js", "reading.js"):
        found[f"static/{name}"] = partial((STATIC / name).read_text, encoding="utf-8")
    return found


def page_read(library: Library, guide: Guide, page: Page, served: Served, reading: Reading) -> str:
    """A term's page of a served site with what its reader has said on it."""
    shown = {"view": term_view(library, guide, page), "course": class_view(guide)}
    return _page("term.html", served, **shown, root="../", reading=reading)


def _of_class(library: Library, guide: Guide, served: Served | None) -> dict[str, Make]:
    """The files of one class by their names."""
    view = cache(partial(class_view, guide))

    def made(template: str, page: Page) -> str:
        shown = term_view(library, guide, page)
        return _page(template, served, view=shown, course=view(), root="../")

    found: dict[str, Make] = {
        f"{guide.id}/index.html": lambda: _page("class.html", served, view=view(), root="../")
    }
    for page in guide.pages:
        found[f"{guide.id}/{page.term.id}.html"] = partial(made, "term.html", page)
        for earlier in page.term.was:
            found[f"{guide.id}/{earlier}.html"] = partial(made, "moved.html", page)
    for declared in behind(guide):
        if declared.own:
            text = partial(declared.path.read_text, encoding="utf-8-sig")
            found[f"{guide.id}/experiments/{declared.id}.toml"] = text
    for one in downloads(guide):
        found[f"{guide.id}/{one.name}"] = one.made
    return found


def style() -> str:
    """The style sheet of every page."""
    own = "; ".join(f"--{role}: var(--chart-{role})" for role in ROLES)
    colours = schemes(f"{own}; --sans: {FONT};")
    return f"{colours}{(STATIC / 'guide.css').read_text(encoding='utf-8')}"


def _page(template: str, served: Served | None, **what: Any) -> str:
    said = {"reading": Reading(), "policy": SERVED_POLICY if served else POLICY, "served": served}
    return templates().get_template(template).render({**said, **what})


def _letters(guides: list[Guide]) -> list[tuple[str, list[dict[str, str]]]]:
    """All terms by their first letter."""
    rows = [
        {
            "title": page.term.title,
            "gist": page.term.gist,
            "href": f"{guide.id}/{page.term.id}.html",
            "course": guide.about.title,
        }
        for guide in guides
        for page in guide.pages
    ]
    by_letter: dict[str, list[dict[str, str]]] = {}
    for row in sorted(rows, key=lambda row: (row["title"].casefold(), row["course"])):
        by_letter.setdefault(row["title"][:1].upper(), []).append(row)
    return list(by_letter.items())


def _claim(place: Path) -> None:
    if place.is_dir() and any(place.iterdir()) and not (place / MARK).is_file():
        must = "must be a new or empty folder, or one that an earlier build wrote"
        raise BadInput([Problem("--out", must, f"{place} with other files")])
    if place.exists() and not place.is_dir():
        raise BadInput([Problem("--out", "must be a folder", f"{place}, a file")])
    place.mkdir(parents=True, exist_ok=True)


def _sweep(place: Path, written: set[Path]) -> None:
    """Take away what an earlier build wrote and this one did not."""
    mark = place / MARK
    if not mark.is_file():
        return
    root = place.resolve()
    for name in mark.read_text(encoding="utf-8").splitlines():
        file = (place / name).resolve()
        if place / name not in written and file.is_relative_to(root) and file.suffix in ENDINGS:
            file.unlink(missing_ok=True)
