"""Nothing is undocumented: every command has its section, with every option it takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from stakhanov.cli.main import COMMANDS, Entry, app_for, load

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "commands.md"


@pytest.mark.parametrize("entry", COMMANDS, ids=[entry.name for entry in COMMANDS])
def test_a_command_is_documented(entry: Entry) -> None:
    text = PAGE.read_text(encoding="utf-8")
    heading = f"## `stakhanov {entry.name}`"
    assert heading in text
    section = text.split(heading)[1].split("\n## ")[0]
    group = get_command(app_for([entry.name]))
    options = {option for one in group.commands[entry.name].params for option in one.opts}  # type: ignore[attr-defined]
    missing = {option for option in options if option.startswith("--") and option not in section}
    assert not missing


@pytest.mark.parametrize("entry", COMMANDS, ids=[entry.name for entry in COMMANDS])
def test_the_list_of_commands_says_what_each_says_of_itself(entry: Entry) -> None:
    assert (load(entry).__doc__ or "").splitlines()[0] == entry.line


@pytest.mark.parametrize("entry", COMMANDS, ids=[entry.name for entry in COMMANDS])
def test_every_command_offers_json(entry: Entry) -> None:
    group = get_command(app_for([entry.name]))
    assert "--json" in {option for one in group.commands[entry.name].params for option in one.opts}  # type: ignore[attr-defined]
