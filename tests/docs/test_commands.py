"""Nothing is undocumented: every command has its section, with every option it takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from stakhanov.cli.main import COMMANDS, Entry, app_for, load

#: Every command by what is typed for it.
EVERY = {
    " ".join(words): entry
    for words, entry in [
        *(((entry.name,), entry) for entry in COMMANDS if not entry.inner),
        *(((above.name, entry.name), entry) for above in COMMANDS for entry in above.inner),
    ]
}
ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "commands.md"


def options_of(typed: str) -> set[str]:
    command = get_command(app_for(typed.split()))
    for word in typed.split():
        command = command.commands[word]  # type: ignore[attr-defined]
    return {option for one in command.params for option in one.opts}


@pytest.mark.parametrize("typed", EVERY)
def test_a_command_is_documented(typed: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    heading = f"## `stakhanov {typed}`"
    assert heading in text
    section = text.split(heading)[1].split("\n## ")[0]
    options = options_of(typed)
    missing = {option for option in options if option.startswith("--") and option not in section}
    assert not missing


@pytest.mark.parametrize(("typed", "entry"), EVERY.items(), ids=list(EVERY))
def test_the_list_of_commands_says_what_each_says_of_itself(typed: str, entry: Entry) -> None:
    assert (load(entry).__doc__ or "").splitlines()[0] == entry.line


@pytest.mark.parametrize("typed", EVERY)
def test_every_command_offers_json(typed: str) -> None:
    assert "--json" in options_of(typed)
