"""A conversation in a terminal: lines that are typed, single keys, and what is said in between.

Through a pipe each line is an answer or a key, so that a script can hold the conversation too. With `aside`
what is said goes to standard error, for an answer that only a program reads.
"""

from __future__ import annotations

import sys
import textwrap
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from stakhanov.cli import output


class Over(Exception):
    """Nobody answers any more: the input has come to its end."""


class Dialogue:
    """Says and asks; `terminal` tells whether somebody sits there."""

    def __init__(self, *, aside: bool) -> None:
        self.aside = aside
        self.terminal = output.is_terminal(sys.stdin) and output.watched(aside=aside)
        if self.terminal:
            with suppress(ImportError):
                import readline  # noqa: F401 - lines that are typed can be mended

    def say(self, text: str = "", indent: str = "") -> None:
        """A paragraph, broken to the width of the terminal."""
        if self.terminal:
            lines = text.split("\n")
            wide = max(20, output.width())
            text = "\n".join(
                textwrap.fill(line, wide, initial_indent=indent, subsequent_indent=indent)
                for line in lines
            )
        else:
            text = "\n".join(indent + line for line in text.split("\n"))
        output.say(f"{text}\n", aside=self.aside)

    def line(self, prompt: str) -> tuple[str, float]:
        """A line and the seconds it took. Raises Over at the end of the input."""
        began = time.monotonic()
        if not self.terminal or self.aside:
            output.say(prompt, aside=self.aside)
            prompt = ""
        try:
            said = input(prompt) if self.terminal else _read()
        except EOFError:
            raise Over from None
        if not self.terminal:
            output.say("\n", aside=self.aside)
        return said.strip(), time.monotonic() - began

    def key(self, keys: Mapping[str, str], usual: str = "") -> str:
        """One of some keys, each with its meaning; the return key means the `usual` one. Raises Over."""
        offered = " · ".join(f"{key} {meaning}" for key, meaning in keys.items())
        prompt = f"{offered}{f' [{usual}]' if usual else ''}: "
        while True:
            pressed = self._asked(prompt).lower()
            output.say(f"{pressed}\n", aside=self.aside)
            if not pressed and usual:
                return usual
            if pressed in keys:
                return pressed

    def _asked(self, prompt: str) -> str:
        """What is pressed after a prompt; in a terminal keys count from the moment the prompt is seen."""
        if not self.terminal:
            output.say(prompt, aside=self.aside)
            return _read().strip()
        with _keys() as handle:
            output.say(prompt, aside=self.aside)
            return _pressed(handle)


def _read() -> str:
    """A line of standard input, whatever its bytes are. Raises Over at its end."""
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except (UnicodeDecodeError, ValueError):
        return ""
    if not line:
        raise Over
    return line.rstrip("\n")


@contextmanager
def _keys() -> Iterator[int]:
    """The terminal gives keys as they are pressed, without the return key, and is put back afterwards."""
    import termios
    import tty

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)  # what was typed already counts
        yield handle
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _pressed(handle: int) -> str:
    """A key of a terminal that gives keys; empty for the return key. Raises Over."""
    import os

    pressed = os.read(handle, 8)
    if pressed in (b"", b"\x04"):
        raise Over
    text = pressed.decode("utf-8", errors="ignore")
    return "" if text in ("\n", "\r") else text[:1] if text.isprintable() else "?"
