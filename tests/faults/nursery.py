"""A process that has everything loaded and forks commands to which something happens. Run by tests.

Reads one JSON object a line and answers with one. Each is `stakhanov ARGUMENTS` in a process of its own:

    arguments   of the command; `--out` names the folder that is watched
    said        file for what the command says
    signal      number of a signal that the command gets ...
    moment      ... at the so-manieth moment: a file of the folder is opened to be written, forced to the disk,
                renamed or removed, or a folder is made or removed
    largest     bytes that a file may have (RLIMIT_FSIZE)
    block       workers in a block

The answer has the exit code (negative for a signal) and, where the command came to an end, all its moments.
A file that is being forced to the disk when the command is killed is left with half of what was written.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from typing import Any, NoReturn

from stakhanov.cli import run as run_command  # noqa: F401 - loaded once for all
from stakhanov.cli.main import main
from stakhanov.engine import course, simulate, world  # noqa: F401
from stakhanov.engine.backends import cpu
from stakhanov.summary import report

WATCHED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class Moments:
    """Counts what happens to the files of a folder, and sends the signal when it is time."""

    def __init__(self, folder: str, moment: int | None, number: int) -> None:
        self.folder, self.moment, self.number = folder, moment, number
        self.seen: list[str] = []
        self.force = os.fsync
        os.fsync = self.fsync
        sys.addaudithook(self.hear)

    def hear(self, event: str, given: tuple[Any, ...]) -> None:
        if event not in WATCHED or not str(given[0]).startswith(self.folder):
            return
        if event == "open" and not (isinstance(given[2], int) and given[2] & os.O_CREAT):
            return
        self.count(f"{event} {os.path.relpath(str(given[0]), self.folder)}")

    def fsync(self, handle: int) -> None:
        if self.moment == len(self.seen) + 1 and self.number == signal.SIGKILL:
            os.truncate(handle, os.fstat(handle).st_size // 2)
        self.count("fsync")
        self.force(handle)

    def count(self, moment: str) -> None:
        self.seen.append(moment)
        if len(self.seen) == self.moment:
            os.kill(os.getpid(), self.number)


def command(asked: dict[str, Any], answers: int) -> NoReturn:
    """One command in this process, which ends here."""
    arguments = asked["arguments"]
    folder = arguments[arguments.index("--out") + 1]
    moments = Moments(folder, asked.get("moment"), asked.get("signal", signal.SIGKILL))
    course.CHECKPOINT_SECONDS = 0.0
    report.html_of = lambda run, **_: f"<p>{run.record['digest']}"  # drawing takes a second
    if "largest" in asked:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest"], asked["largest"]))
    if "block" in asked:
        size = asked["block"]
        world.World.blocks = lambda self: world.blocks_of(
            self.state.layout, self.state.employed, size
        )
    code = main(arguments)
    os.write(answers, json.dumps({"code": int(code), "moments": moments.seen}).encode())
    os._exit(0)


def forked(asked: dict[str, Any]) -> dict[str, Any]:
    """What became of a command."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(1, 2)
        command(asked, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return json.loads(answer) if answer else {"code": status, "moments": []}


def serve() -> None:
    """Commands until nobody asks any more."""
    cpu.work_period.targetctx.refresh()  # half a second that every child would spend again
    cpu.work_period.typingctx.refresh()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(forked(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
