"""The command `stakhanov`: which commands there are, and the one place where failures end.

A command's file is imported when that command is asked for, so that `stakhanov --help` stays light.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.main import get_command

from stakhanov import __version__
from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode, foreign, problems_of, told, wants_traceback
from stakhanov.cli.stopping import heard, interrupt
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

ABOUT = """A laboratory of quota systems: declare a campaign, run it, read what it does.

Every command takes --json: one JSON object on standard output, nothing else there. Of bad input
it says the problems.

Exit codes: 0 fine, 1 a check failed, 2 bad input, 3 interrupted and resumable,
4 the machine failed.
"""


class Entry(NamedTuple):
    """A command: its name, the module that holds its function, its line of help."""

    name: str
    module: str
    line: str
    function: str = ""  # where it cannot bear the command's name
    inner: tuple[Entry, ...] = ()  # commands that go by this name and one of their own

    @property
    def called(self) -> str:
        """The name of its function."""
        return self.function or self.name


GUIDE = (
    Entry("check", "guide_check", "Check the guides of a class, or of a folder of classes."),
    Entry(
        "verify",
        "guide_verify",
        "Run the experiments behind claims, lock what they found, and tell the claims that fail.",
    ),
    Entry(
        "build",
        "guide_build",
        "Write a class, or a folder of classes, as a site that opens offline.",
    ),
    Entry("new", "guide_files", "Start a class, or a term of a class."),
    Entry("fix", "guide_files", "Add the entries that a check found missing, where it can."),
    Entry("schema", "guide_files", "Show the JSON Schema of a file of a class, for an editor."),
    Entry(
        "practise",
        "guide_practise",
        "Learn a class: what gains most for its time, until the minutes are used up.",
    ),
    Entry(
        "test",
        "guide_test",
        "Sit a mock test of a class; what it should bring is told as a range, before and after.",
        "mock_test",
    ),
    Entry(
        "export",
        "guide_export",
        "Write a class for Anki, Moodle, a GIFT reader, a program, or on paper with its key.",
    ),
)
COMMANDS = (
    Entry("new", "campaign", "Start a campaign file that says only where it differs from another."),
    Entry("check", "campaign", "Check a campaign or workforce file and tell every problem."),
    Entry("explain", "campaign", "Say a campaign in sentences."),
    Entry(
        "diff", "campaign", "Show the addresses at which two campaigns, or two workforces, differ."
    ),
    Entry("run", "run", "Simulate a campaign on a workforce and keep the result in a folder."),
    Entry("compare", "compare", "Run two campaigns on the same people and the same luck."),
    Entry("sweep", "sweep", "Run a campaign at many values of one address or two."),
    Entry(
        "sensitivity",
        "sensitivity",
        "Find which of many addresses a measure hangs on, all moved at once.",
    ),
    Entry("decompose", "decompose", "Share out a measure among the rules of a campaign."),
    Entry(
        "optimise",
        "optimise",
        "Search rules that serve several goals, within limits of strain and hours.",
    ),
    Entry(
        "calibrate",
        "calibrate",
        "Find the traits of people who would make such reports, and how sure they are.",
    ),
    Entry(
        "break",
        "breaking",
        "Find the value of an address at which an expectation stops holding.",
        "find_break",
    ),
    Entry(
        "experiment",
        "experiment",
        "Run a declared experiment and say which expectations hold.",
    ),
    Entry("apply", "apply", "Pay and rank everybody in a report table, to the minor unit."),
    Entry("payslip", "apply", "Show every step of one worker's pay in one period."),
    Entry(
        "inspect",
        "inspect",
        "Say what a report table says, and how often honest reports would say the same.",
    ),
    Entry(
        "replicate",
        "replicate",
        "Look for what is known in real data sets; leave with 1 if anything is lost.",
    ),
    Entry("theory", "theory", "Evaluate a closed form of economics, or list them all."),
    Entry("guide", "", "Study guides whose claims are bound to sources and runs.", inner=GUIDE),
    Entry(
        "serve",
        "serve",
        "Open the site: a tour, the laboratory, its JSON interface. Ctrl-C closes it.",
    ),
    Entry("doctor", "doctor", "Say what this machine and this installation have to offer."),
)


#: Commands that neither read nor write tables.
NO_TABLES = ("new", "check", "explain", "diff")


def main(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. Every failure ends here as a sentence."""
    output.prepare()
    try:
        return _run(arguments)
    finally:
        output.let_go()


def _run(arguments: Sequence[str]) -> ExitCode:
    try:
        with heard(interrupt):
            _check_surroundings(arguments)
            _invoke(list(arguments) or ["--help"])
    except BrokenPipeError:
        return ExitCode.FINE  # nobody reads any more
    except BaseException as error:  # noqa: BLE001 - a traceback must not reach a reader
        return _end(error, as_json="--json" in arguments)
    return ExitCode.FINE


def _check_surroundings(arguments: Sequence[str]) -> None:
    """Tell what no command could work with. Raises BadInput."""
    if sys.flags.optimize > 1:
        must = "must keep docstrings: help and charts are read from them"
        raise BadInput([Problem("python", must, "-OO", "-O does no harm")])
    if _words(arguments)[:1] in [[name] for name in NO_TABLES]:
        return
    for argument in arguments:  # the library of tables takes no path that is not text
        if any("\ud800" <= letter <= "\udfff" for letter in argument):
            raise BadInput([foreign(argument)])


def _invoke(arguments: list[str]) -> None:
    command = get_command(app_for(arguments))
    if _words(arguments) in [[entry.name] for entry in COMMANDS if entry.inner]:
        arguments = [*arguments, "--help"]
    with command.make_context("stakhanov", arguments) as context:
        command.invoke(context)


def _end(error: BaseException, *, as_json: bool) -> ExitCode:
    """Tell a failure beside the answer; bad input is the answer too, where one object is asked for."""
    code, sentences = told(error)
    if as_json and (problems := problems_of(error)):
        with suppress(OSError):
            output.answer({"problems": [one.plain() for one in problems]}, as_json=True)
    if sentences and wants_traceback():
        output.note("".join(traceback.format_exception(error)).rstrip())
    output.problems(sentences)
    return code


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The commands: the one that is asked for loaded, the others known by their line only.

    Raises BadInput where something is asked for that is no command.
    """
    words = _words(arguments)
    if words:
        _know(words[0], COMMANDS, "stakhanov")
    app = typer.Typer(
        name="stakhanov",
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(help=ABOUT)(_top)
    for entry in COMMANDS:
        asked = words[1:] if words[:1] == [entry.name] else []
        if entry.inner:
            app.add_typer(_group(entry, asked), name=entry.name, help=entry.line)
        else:
            found = load(entry) if words[:1] == [entry.name] else _not_loaded
            app.command(entry.name, short_help=entry.line)(found)
    return app


def _words(arguments: Sequence[str]) -> list[str]:
    return [argument for argument in arguments if not argument.startswith("-")]


def _group(entry: Entry, words: Sequence[str]) -> typer.Typer:
    """Commands under one name; the one that is asked for is loaded."""
    if words:
        _know(words[0], entry.inner, f"stakhanov {entry.name}")
    group = typer.Typer(rich_markup_mode=None)
    for one in entry.inner:
        found = load(one) if words[:1] == [one.name] else _not_loaded
        group.command(one.name, short_help=one.line)(found)
    return group


def _know(asked: str, entries: Sequence[Entry], above: str) -> None:
    names = [entry.name for entry in entries]
    if asked not in names:
        must = "must be followed by a command"
        raise BadInput([Problem(above, must, asked, hint_of(asked, names))])


def load(entry: Entry) -> Callable[..., Any]:
    """The function of a command."""
    module = import_module(f"stakhanov.cli.{entry.module}")
    found: Callable[..., Any] = getattr(module, entry.called)
    return found


def _not_loaded() -> None:
    """A command that was not asked for."""


def _version(asked: bool) -> None:
    if asked:
        output.answer({}, f"stakhanov {__version__}", as_json=False)
        raise typer.Exit


def _top(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    pass
