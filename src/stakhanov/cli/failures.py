"""From what went wrong to a sentence and an exit code; a traceback never reaches a reader.

0 fine, 1 a check or claim failed, 2 bad input, 3 interrupted and resumable, 4 the machine failed.
"""

from __future__ import annotations

import errno
import os
import traceback
from enum import IntEnum
from pathlib import Path

from typer.exceptions import Abort, Exit, TyperException

from stakhanov.foundation.nearest import nearest
from stakhanov.foundation.problem import BadInput, Problem


class ExitCode(IntEnum):
    """What a command leaves behind for scripts."""

    FINE = 0
    CHECK_FAILED = 1
    BAD_INPUT = 2
    INTERRUPTED = 3
    MACHINE = 4


class Interrupted(Exception):
    """A run that was stopped and can be gone on with; the message says how."""


#: From which likeness on an option may be meant, of 100.
OPTIONS_ALIKE = 60
#: Set to anything, the whole traceback is shown.
TRACEBACK = "STAKHANOV_TRACEBACK"

_MACHINE = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "this may not be read or written by you",
    errno.EPERM: "this may not be read or written by you",
    errno.EROFS: "this disk is read-only",
    errno.EMFILE: "too many files are open",
    errno.EFBIG: "larger than a file may be here",
    errno.EIO: "the disk does not answer",
}


def told(error: BaseException) -> tuple[ExitCode, list[str]]:
    """The exit code and the sentences for something that was raised."""
    match error:
        case Exit():
            return ExitCode(error.exit_code), []
        case SystemExit():
            return _code(error.code), []
        case BadInput():
            return ExitCode.BAD_INPUT, [str(problem) for problem in error.problems]
        case TyperException():
            return ExitCode.BAD_INPUT, [_said(_misuse(error))]
        case UnicodeEncodeError():
            return ExitCode.BAD_INPUT, [str(foreign(error.object))]
        case Interrupted():
            return ExitCode.INTERRUPTED, [str(error)]
        case KeyboardInterrupt() | Abort():
            return ExitCode.INTERRUPTED, ["interrupted"]
        case MemoryError():
            return ExitCode.MACHINE, [
                "not enough memory; --dry-run says what a run needs, --workers makes it smaller"
            ]
        case OSError():
            return ExitCode.MACHINE, [_failed(error)]
        case _:
            return ExitCode.MACHINE, [_fault(error)]


def problems_of(error: BaseException) -> list[Problem]:
    """What is wrong with an input, problem by problem; nothing where it is no input that failed."""
    match error:
        case BadInput():
            return error.problems
        case TyperException():
            return [_misuse(error)]
        case UnicodeEncodeError():
            return [foreign(error.object)]
        case _:
            return []


def foreign(name: str) -> Problem:
    """A name of letters that the locale lacks: no file can be found under it."""
    hint = "PYTHONUTF8=1 reads all of Unicode"
    return Problem("a name", "must be in letters of the locale", ascii(name)[1:-1], hint)


def _code(given: object) -> ExitCode:
    """What a library left with; anything but a number we know means that something failed."""
    if given is None:
        return ExitCode.FINE
    return next((code for code in ExitCode if code == given), ExitCode.MACHINE)


def _misuse(error: TyperException) -> Problem:
    """A command line that does not fit."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "stakhanov"
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        known = {one.lstrip("-"): one for one in error.possibilities or ()}
        near = known.get(nearest(option.lstrip("-"), known, OPTIONS_ALIKE), "")
        hint = f"did you mean {near}?" if near else f"see {command} --help"
        if not near and command == "stakhanov":
            hint = "a command's options stand behind it"
        return Problem(option, f"must be an option of {command}", "none of that name", hint)
    said = error.format_message().strip().rstrip(".").replace("\n", " ") or "does not fit"
    return Problem(command, f"{said[0].lower()}{said[1:]}", "", f"see {command} --help")


def _said(misuse: Problem) -> str:
    """A command line that does not fit, as one sentence."""
    if misuse.found:
        return str(misuse)
    return f"{misuse.address}: {misuse.must} ({misuse.hint})"


def _failed(error: OSError) -> str:
    said = _MACHINE.get(error.errno or 0, "") or str(error.strerror or error).lower()
    where = f"{error.filename}: {said}" if error.filename is not None else said
    return "; ".join([where, *getattr(error, "__notes__", ())])


def _fault(error: BaseException) -> str:
    """A fault of ours: what it was and where, in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = next(
        (frame for frame in reversed(frames) if "stakhanov" in Path(frame.filename).parts), None
    )
    place = f" in {_inside(where.filename)}, line {where.lineno}" if where is not None else ""
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    more = f"{TRACEBACK}=1 shows the whole of it"
    return f"a fault of stakhanov, not of your input: {what}{place} ({more})"


def _inside(filename: str) -> str:
    parts = Path(filename).parts
    last = len(parts) - 1 - parts[::-1].index("stakhanov")
    return "/".join(parts[last:])


def wants_traceback() -> bool:
    """Whether the reader asked for tracebacks."""
    return bool(os.environ.get(TRACEBACK))
