"""Write the page of commands, or check that it says what the commands say of themselves.

python docs/generate/commands.py           write
python docs/generate/commands.py --check   exit 1 where the page differs
"""

from __future__ import annotations

import sys
from pathlib import Path

from typer.main import get_command

from stakhanov.cli.main import ABOUT, COMMANDS, app_for

PAGE = Path(__file__).resolve().parent.parent / "reference" / "commands.md"
HEAD = f"""# Commands

{ABOUT.strip()}

Errors go to standard error, one line each: `address: what must hold; found what`, then a hint in brackets.
Colour is for terminals, and `NO_COLOR` switches it off. `stakhanov --version` says the version.
"""


def typed() -> list[list[str]]:
    """What is typed for each command."""
    return [
        words
        for entry in COMMANDS
        for words in ([[entry.name, one.name] for one in entry.inner] or [[entry.name]])
    ]


def section(words: list[str]) -> str:
    """What the page says of one command: its own help."""
    command = get_command(app_for(words))
    context = command.make_context("stakhanov", list(words), resilient_parsing=True)
    for word in words:
        command = command.get_command(context, word)  # type: ignore[attr-defined]
        context = command.make_context(word, [], parent=context, resilient_parsing=True)
    context.max_content_width = 100
    context.terminal_width = 100
    said = command.get_help(context)
    return f"## `stakhanov {' '.join(words)}`\n\n```text\n{said.strip()}\n```\n"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(section(words) for words in typed())])


def main() -> int:
    """Write or check; 1 where a check finds the page out of date."""
    renewed = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != renewed:
            sys.stderr.write(f"{PAGE.name}: must say what the commands say; run without --check\n")
        return int(current != renewed)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(renewed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
