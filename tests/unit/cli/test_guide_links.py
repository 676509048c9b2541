"""`stakhanov guide check --links`: the web is asked only where somebody says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stakhanov.guide.web_addresses import NAME, read_addresses

EXAMPLE = Path(__file__).parents[1] / "guide" / "example"
NOBODY = "http://127.0.0.1:9/nobody"


def test_links_are_tried_where_it_is_asked_for(
    stakhanov: Callable[..., Any], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "soviet-labour"))
    sources = folder / "sources.toml"
    text = sources.read_text("utf-8")
    sources.write_text(text.replace("year = 2015\n", f'year = 2015\nurl = "{NOBODY}"\n'), "utf-8")
    stakhanov("guide", "check", str(folder))
    assert not (folder / NAME).exists()
    said = stakhanov("guide", "check", str(folder), "--links", "--json")
    [(address, one)] = read_addresses(folder).addresses.items()
    assert (address, one.reached, one.silent) == (NOBODY, None, 0)
    assert "unreachable-source" not in {found["rule"] for found in said.data["problems"]}
