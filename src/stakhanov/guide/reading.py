"""All pages of a class: on several processors where there are many."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from stakhanov.guide.finding import Finding
from stakhanov.guide.pages import Page, read_page

#: From so many pages on, starting other processes pays.
MANY = 400

Read = tuple[Page | None, list[Finding]]


def read_pages(folder: Path) -> tuple[tuple[Page, ...], list[Finding]]:
    """The pages of a class's folder in the order of their names, and what is wrong with others."""
    paths = sorted((folder / "terms").glob("*.md"))
    asked = [(path, str(path.relative_to(folder.parent))) for path in paths]
    pages: list[Page] = []
    faults: list[Finding] = []
    for page, found in _each(asked):
        faults += found
        if page is not None:
            pages.append(page)
    return tuple(pages), faults


def _each(asked: list[tuple[Path, str]]) -> Iterable[Read]:
    cores = min(os.cpu_count() or 1, 8)
    if len(asked) < MANY or cores == 1:
        return [_read(one) for one in asked]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context, initializer=gc.disable) as pool:
        return list(pool.map(_read, asked, chunksize=50))


def _read(asked: tuple[Path, str]) -> Read:
    return read_page(*asked)
