"""A run of the laboratory as a job: followed period by period, then drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from stakhanov.campaign import Campaign
from stakhanov.engine.kernel_cache import is_filled
from stakhanov.engine.results import Run
from stakhanov.engine.simulate import simulate
from stakhanov.web.jobs import Job
from stakhanov.web.live import moving_html
from stakhanov.web.result import result_html
from stakhanov.web.wanted import Wanted, pinned


@dataclass(frozen=True)
class Running:
    """What was wanted, and how many threads one job gets."""

    wanted: Wanted
    threads: int

    @property
    def key(self) -> str:
        """Its address."""
        return self.wanted.key

    @property
    def link(self) -> str:
        """The page that shows what was wanted."""
        return self.wanted.link

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.campaign.campaign.title or self.campaign.name

    @property
    def pin_link(self) -> str:
        """The form with this one pinned as A."""
        mark = "&" if self.wanted.fields else "?"
        return f"{self.wanted.link}{mark}pinned={quote(pinned(self.wanted))}"

    @property
    def files(self) -> list[tuple[str, str]]:
        """Files that give the same table on the command line."""
        return [
            (
                f"{kind.capitalize()} as TOML",
                f"/laboratory/{self.wanted.campaign}/{kind}.toml?{self.wanted.query}",
            )
            for kind in ("campaign", "workforce")
        ]

    @cached_property
    def campaign(self) -> Campaign:
        """The rules that are run."""
        return self.wanted.rules()[0]

    def __call__(self, job: Job) -> Run:
        """Make the run."""
        rules, people = self.wanted.rules()
        return simulate(
            rules,
            people,
            workers=self.wanted.workers,
            periods=self.wanted.periods,
            seed=self.wanted.seed,
            threads=self.threads,
            sample=0,
            on_period=job.tell,
        )

    def so_far(self, job: Job) -> str:
        """How far it is, in words."""
        if not job.told:
            first = "The rules are being compiled for this machine: once, for about a minute."
            return "The workforce is being set up." if is_filled() else first
        now = job.told[-1]
        return f"{self.campaign.when(now.period - 1)}: period {now.period} of {now.periods}."

    def moving(self, job: Job) -> str:
        """Charts while it goes."""
        return moving_html(self.campaign, list(job.told))

    def result(self, job: Job) -> str:
        """Charts when it is done."""
        return result_html(job.result)

    def plain(self, job: Job) -> dict[str, Any]:
        """The result as `stakhanov run --json` gives it."""
        run: Run = job.result
        return run.plain()
