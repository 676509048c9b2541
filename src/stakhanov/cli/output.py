"""The only place that prints: answers on standard output, everything else on standard error.

Colour and width are for terminals; into a pipe or a file goes plain text, unbroken.
"""

from __future__ import annotations

import io
import json
import math
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from stakhanov.foundation.plain import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Drawn

#: Width of text that does not go to a terminal: nothing is broken into lines there.
UNBROKEN = 10_000
#: Characters of a line, and lines, of a terminal that does not say.
USUAL = (80, 24)
#: A row of a box that has nothing.
BLANK = "    \n"


@dataclass(frozen=True)
class Table:
    """Rows under headings. Columns named in `numbers` stand to the right."""

    columns: Sequence[str]
    rows: Iterable[Sequence[str]]
    numbers: Sequence[str] = ()


def answer(data: Mapping[str, Any], *parts: str | Table, as_json: bool) -> None:
    """The result of a command: `data` as one JSON object, or the parts as people read them."""
    try:
        _write(sys.stdout, _json(data) if as_json else _drawing(parts))
    except OSError as error:
        error.filename = "standard output"
        raise


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(plain(data), indent=2, allow_nan=False) + "\n"


def _drawing(parts: Iterable[str | Table]) -> str:
    """Parts as a terminal shows them; written by ourselves, for a pipe that breaks is no failure."""
    console = _console(sys.stdout)
    with console.capture() as drawn:
        for part in parts:
            console.print(_drawn(part) if isinstance(part, Table) else printable(part))
    return drawn.get()


def say(text: str, *, aside: bool) -> None:
    """A part of a conversation, as it stands: where the answer goes, or beside it."""
    if aside:
        _aside(printable(text))
    else:
        _write(sys.stdout, printable(text))


def watched(*, aside: bool) -> bool:
    """Whether somebody watches where a conversation stands."""
    return is_terminal(sys.stderr if aside else sys.stdout)


def note(sentence: str) -> None:
    """One sentence beside the answer, on standard error."""
    _aside(f"{sentence}\n")


def problems(sentences: Iterable[object]) -> None:
    """What is wrong with an input, on standard error, one line each."""
    for sentence in sentences:
        note(printable(str(sentence).replace("\n", "\\n")))


def printable(text: str) -> str:
    """A text without what a terminal would take for orders; lines stay lines."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


def number(value: float) -> str:
    """A number as people read it: four digits that count, thousands apart."""
    if not math.isfinite(value):
        return "-" if math.isnan(value) else str(value)
    if value == int(value) or abs(value) >= 1000.0:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def between(low: float, high: float) -> str:
    """An interval as people read it, open on a side or on both; nothing where it is not known."""
    if math.isnan(low) and math.isnan(high):
        return ""
    if math.inf in (-low, high):
        return f"{number(low)} or more" if math.isfinite(low) else _below(high)
    return f"{number(low)} to {number(high)}"


def _below(high: float) -> str:
    return f"{number(high)} or less" if math.isfinite(high) else "any"


def span(seconds: float) -> str:
    """A time as people read it."""
    if seconds < 1.0:
        return "less than a second"
    if round(seconds) < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // 60 // 24:,} days {minutes // 60 % 24} h"


def size(count: float) -> str:
    """An amount of memory or disk as people read it."""
    for unit in ("bytes", "kB", "MB"):
        if round(count) < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000.0
    return f"{count:,.1f} GB"


class Line:
    """One line on standard error, written over until it is done.

    Without a terminal a line of its own after `soon` seconds and then at most every `quiet`, so that a log
    stays short and what is quick leaves nothing in it.
    """

    def __init__(self, quiet: float = 30.0, soon: float = 2.0) -> None:
        self.terminal = is_terminal(sys.stderr)
        self.pause = 0.1 if self.terminal else quiet
        self.next = 0.0 if self.terminal else soon
        self.shown = 0

    def show(self, text: str, seconds: float = 0.0) -> None:
        """Show a text `seconds` after the start, if enough time has passed since the last one."""
        if seconds < self.next:
            return
        self.next = seconds + self.pause
        self.tell(text)

    def tell(self, text: str) -> None:
        """Show a text now."""
        if not self.terminal:
            note(text)
            return
        text = text[
            : shutil.get_terminal_size().columns - 1
        ]  # a broken line could not be written over
        _aside(f"\r{text:{self.shown}}")
        self.shown = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            _aside(f"\r{'':{self.shown}}\r")
            self.shown = 0


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody watches. False for a stream that is closed or not there."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def prepare() -> None:
    """Let nothing fail for a character that the terminal lacks, or a stream that was closed."""
    sys.stdout = _open(sys.stdout)
    sys.stderr = _open(sys.stderr)


def width() -> int:
    """Characters that a line of a drawing may have."""
    usual = USUAL if is_terminal(sys.stdout) else (100, 24)
    return min(shutil.get_terminal_size(usual).columns, 120)


def alphabet() -> str:
    """The encoding of standard output, as Python names it: utf-8, ascii.

    Who asks for the locale C gets ASCII, although Python writes UTF-8 there.
    """
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    if next(filter(None, asked), "") in ("C", "POSIX"):
        return "ascii"
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def let_go() -> None:
    """Empty both streams at the end.

    What they keep and cannot write (nobody reads any more, the disk is full) is led into nothing: Python would
    try again and leave with a code of its own.
    """
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError, AttributeError):  # full, closed before, or never there
            _lead_into_nothing(name)


def _lead_into_nothing(name: str) -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, getattr(sys, name).fileno())
    except (OSError, ValueError, AttributeError):  # no file, or closed
        setattr(sys, name, io.StringIO())
    finally:
        os.close(nothing)


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    # Said here, for the library takes every terminal that calls itself dumb for one of 80 characters.
    width, height = shutil.get_terminal_size(USUAL) if is_terminal(stream) else (UNBROKEN, None)
    colours: Any = None if os.environ.get("NO_COLOR") else "auto"
    return Console(
        file=stream,
        width=width,
        height=height,
        color_system=colours,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _drawn(part: Table) -> Drawn:
    from rich.box import SIMPLE_HEAD, Box
    from rich.table import Table as Drawn

    # A box that says it is ASCII is drawn as it stands; rows of a box are edges, heads and rules.
    plain = Box(f"{BLANK * 2} -- \n{BLANK * 5}", ascii=True)
    box = SIMPLE_HEAD if alphabet().startswith("utf") else plain
    drawn = Drawn(box=box, show_edge=False, pad_edge=False, header_style="bold")
    for name in part.columns:
        drawn.add_column(
            printable(name), justify="right" if name in part.numbers else "left", overflow="fold"
        )
    for row in part.rows:
        drawn.add_row(*map(printable, row))
    return drawn


def _open(stream: TextIO | None) -> TextIO:
    """The stream, or nothing to write into where it was closed."""
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _aside(text: str) -> None:
    """Text beside the answer; where it cannot be written, nobody reads it and the work goes on."""
    with suppress(OSError):
        _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
