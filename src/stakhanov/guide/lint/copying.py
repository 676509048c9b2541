"""Copying: sentences are in words of their own, held against passages that the author keeps.

Passages lie in `excerpts/WORK.txt`, one file a work, as they were read. They are for the linter alone: no page,
card or export shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.lint.excerpts import passages_of, runs_of
from stakhanov.guide.lint.registry import ClassDesk, Desk, known, on_classes, on_pages

COPIED = known("copied-sentence", "a claim repeats a passage of a work word for word", Level.WARN)
STRAY = known("excerpt-without-work", "a passage is kept of a work that sources.toml does not have")
#: Stands for what is quoted, so that words around it make no run.
MASK = " quotation-mark-left-out "
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@on_pages
def copied(desk: Desk) -> Iterable[Finding]:
    """Claims that share a run of words with a passage, outside quotation marks."""
    files = desk.guide.excerpts
    if not files:
        return
    passages = passages_of(files, tuple(file.stat().st_mtime_ns for file in files))
    for name, _, span in desk.claims():
        if span is None:
            continue
        same = (run for run in runs_of(QUOTED.sub(MASK, span.text)) if run in passages)
        run = next(same, None)
        if run is not None:
            words = f"{' '.join(run)} ..."
            message = (
                f"{name} must be in words of its own, or quoted; found of {passages[run]}: {words}"
            )
            yield desk.at(COPIED, message, line=span.line)


@on_classes
def stray(desk: ClassDesk) -> Iterable[Finding]:
    """Passages of no work."""
    for path in desk.guide.excerpts:
        if path.stem not in desk.guide.sources:
            message = f"must be called by a work of sources.toml; found {path.stem}"
            yield desk.at(STRAY, message, f"excerpts/{path.name}")
