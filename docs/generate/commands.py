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


def section(name: str) -> str:
    """What the page says of one command: its own help."""
    group = get_command(app_for([name]))
    with group.make_context("stakhanov", [name], resilient_parsing=True) as above:
        command = group.get_command(above, name)  # type: ignore[attr-defined]
        with command.make_context(name, [], parent=above, resilient_parsing=True) as context:
            context.max_content_width = 100
            context.terminal_width = 100
            said = command.get_help(context)
    return f"## `stakhanov {name}`\n\n```text\n{said.strip()}\n```\n"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(section(entry.name) for entry in COMMANDS)])


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
