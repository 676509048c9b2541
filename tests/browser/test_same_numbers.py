"""What a page says and what comes of running it again are the same numbers, to the printed digit."""

from __future__ import annotations

import re
import shlex
import sys
from html import unescape
from pathlib import Path
from subprocess import run
from typing import TYPE_CHECKING

from stakhanov.engine.results import Run
from stakhanov.guide.load import library
from stakhanov.summary.open_run import OpenRun
from stakhanov.web.result import measures_table
from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Page

COURSE, TERM, EXPERIMENT = "targets-and-measurement", "pass-marks", "luck-at-the-norm"
SLIDERS = {"norms.revision.up": "0.6", "pay.piece_share": "0.5", "audits.probability": "0.4"}
LABORATORY = "/laboratory/plain-piece-rate?workforce=heavy-machine-building&workers=60&periods=6"
TABLE = "table.measures"
READ = "rows => rows.map(row => [...row.querySelectorAll('th, td')].map(cell => cell.textContent))"


def test_run_on_a_term_page_gives_the_numbers_of_its_claims(seen: Seen, address: str) -> None:
    term = library().guides[COURSE].page(TERM)
    assert term is not None
    arms = re.findall(rf"\{{\{{{EXPERIMENT}\.(\w+)\.at_norm_share \| percent 1\}}\}}", term.body)
    assert set(arms) == {"even", "uneven"}
    page = seen.page
    page.goto(f"{address}/guides/{COURSE}/{TERM}.html")
    claimed = dict(zip(arms, page.locator(".body .live").all_inner_texts(), strict=True))
    page.locator(f"#experiment--{EXPERIMENT}").get_by_text("Run it here").click()
    page.wait_for_selector("form.foresee fieldset")
    for name in page.locator("form.foresee fieldset").all():
        name.locator("[value=open]").check()
    page.click("form.foresee .go")
    page.wait_for_selector("#arms")
    again = {arm: f"{value:.1f}" for arm, value in shares(page).items() if arm in claimed}
    assert again == claimed
    assert seen.said == []


def shares(page: Page) -> dict[str, float]:
    """Shares of reports at the norm by arm, in per cent, as the answer's table has them."""
    table = page.locator("#arms figure").filter(has=page.get_by_role("heading", name="At the norm"))
    cells = [row.locator("th, td").all_text_contents() for row in table.locator("tbody tr").all()]
    return {first: float(value) for first, value, *_ in cells}


def test_files_and_command_that_are_taken_away_give_the_table_of_the_link(
    seen: Seen, address: str, tmp_path: Path
) -> None:
    page = seen.page
    page.goto(f"{address}{LABORATORY}&seed=78")  # nobody else has run it
    for name, value in SLIDERS.items():
        page.fill(f"input[name='{name}']", value)
    page.click("button.go")
    page.wait_for_selector(TABLE)
    for kind in ("campaign", "workforce"):
        with page.expect_download() as taken:
            page.get_by_text(f"{kind.capitalize()} as TOML").click()
        taken.value.save_as(tmp_path / f"{kind}.toml")
    with page.expect_navigation():
        page.get_by_text("Link that gives this again").click()
    page.wait_for_selector(".standing:has-text('Done'):not(:has-text('being drawn'))")
    rows = page.eval_on_selector_all(
        f"{TABLE} tr", READ
    )  # at once: a page that moves is never read in part
    assert rows == again(tmp_path)


def again(folder: Path) -> list[list[str]]:
    """The table of the run that the command in a campaign's file makes, rows of cells."""
    said = (folder / "campaign.toml").read_text(encoding="utf-8")
    command = re.search(r"^# With the other file: stakhanov (.+)$", said, re.M)
    assert command is not None
    whole = [sys.executable, "-m", "stakhanov", *shlex.split(command[1]), "--out", "again"]
    run(whole, cwd=folder, check=True, capture_output=True)
    made = Run.load(folder / "again")
    text = measures_table(made, OpenRun.of(made))
    found = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", text)
    return [[unescape(cell) for cell in found[at : at + 3]] for at in range(0, len(found), 3)]
