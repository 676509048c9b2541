"""A run of the laboratory as a job: followed period by period, then drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, final
from urllib.parse import quote

from stakhanov.campaign import Campaign
from stakhanov.charts import Figure
from stakhanov.engine.course import Progress
from stakhanov.engine.kernel_cache import is_filled
from stakhanov.engine.results import Run
from stakhanov.engine.simulate import simulate
from stakhanov.web.brigades import WATCHED, brigades_html
from stakhanov.web.jobs import Job, Step
from stakhanov.web.live import moving, moving_html
from stakhanov.web.result import result_html
from stakhanov.web.wanted import Wanted, pinned
from stakhanov.web.wish_file import settings_link


@dataclass(frozen=True)
class Lived(Step):
    """A period that has been lived, with what is to be seen of it."""

    progress: Progress


@final
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
        return self.wanted.share

    @property
    def model(self) -> str:
        """The version of the model that runs it."""
        return self.wanted.model

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
        """Files that give the same table on the command line, and the page that asks more of these rules."""
        more = f"/laboratory/{self.wanted.campaign}/questions?{self.wanted.query}"
        return [
            ("Which rule adds what, where does it break?", more),
            *(
                (
                    f"{kind.capitalize()} as TOML",
                    f"/laboratory/{self.wanted.campaign}/{kind}.toml?{self.wanted.query}",
                )
                for kind in ("campaign", "workforce")
            ),
            ("Settings as JSON", settings_link(self.wanted)),
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
            on_period=lambda one: job.tell(Lived(one.period, one.periods, one)),
            watched=WATCHED,
        )

    def so_far(self, job: Job) -> str:
        """How far it is, in words."""
        if not job.told:
            first = "The rules are being compiled for this machine: once, for about a minute."
            return "The workforce is being set up." if is_filled() else first
        now: Lived = job.told[-1]
        return f"{self.campaign.when(now.done - 1)}: period {now.done} of {now.of}."

    def figures(self, job: Job) -> list[Figure]:
        """Charts of the periods so far."""
        return moving(self.campaign, [one.progress for one in list(job.told)])

    def moving(self, job: Job) -> str:
        """The same, drawn."""
        return moving_html(self.campaign, [one.progress for one in list(job.told)])

    def picture(self, job: Job, period: int | None = None) -> str:
        """Some brigades at work in a period, the newest unless told."""
        told = list(job.told)
        number = len(told) if period is None else max(1, min(period, len(told)))
        if not told:
            return ""
        return brigades_html(told[number - 1].progress.sight, self.campaign.when(number - 1))

    def result(self, job: Job) -> str:
        """Charts when it is done."""
        return result_html(job.result)

    def plain(self, job: Job) -> dict[str, Any]:
        """The result as `stakhanov run --json` gives it."""
        run: Run = job.result
        return run.plain()
