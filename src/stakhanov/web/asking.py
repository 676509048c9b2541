"""An experiment of the library as a job: its arms on the same luck, held against what a visitor expected."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, final
from urllib.parse import urlencode

from stakhanov.campaign import Campaign
from stakhanov.campaign import load as load_campaign
from stakhanov.engine.shown import Shown, shown
from stakhanov.experiments.arm_figures import Courses, arm_figures, course_figures, gap_figure
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.executors import Inline
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.load import load
from stakhanov.experiments.reading import reading
from stakhanov.experiments.told import verdict_told
from stakhanov.experiments.trial import Trial
from stakhanov.experiments.verdict import Finding, Verdict, conduct
from stakhanov.summary.page import Drawn
from stakhanov.web.answering import Answering
from stakhanov.web.claimed import claims_on
from stakhanov.web.foreseen import Guess, Guesses, outcome_of, questions, score
from stakhanov.web.jobs import Job
from stakhanov.web.remembered import Remembered
from stakhanov.web.rendering import rendered


@dataclass(frozen=True)
class Answered:
    """What came of it: the verdict, and the series of every arm under the first seed."""

    verdict: Verdict
    series: Courses


@final
@dataclass(frozen=True)
class Asking(Answering):
    """Which experiment, what was expected of it, and how many threads one job gets."""

    name: str
    guesses: Guesses
    threads: int
    store: Remembered = field(repr=False)

    @property
    def key(self) -> str:
        """Its address: what two visitors expect of one experiment are two pages, but the runs are shared."""
        return hashlib.sha256(f"experiment {self.link}".encode()).hexdigest()[:16]

    @property
    def link(self) -> str:
        """The page of the experiment with what was expected."""
        given = {one: guess.value for one, guess in sorted(self.guesses.items())}
        return f"/experiments/{self.name}?{urlencode(given)}"

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.experiment.title

    @property
    def files(self) -> list[tuple[str, str]]:
        """The experiment as a file for the command line."""
        return [("Experiment as TOML", f"/experiments/{self.name}/experiment.toml")]

    @cached_property
    def experiment(self) -> Experiment:
        """The declaration."""
        return load(self.name)

    @cached_property
    def campaign(self) -> Campaign:
        """What its arms differ from."""
        return load_campaign(self.experiment.campaign)

    @property
    def runs(self) -> int:
        """Runs in all."""
        return len(self.experiment.arms) * len(self.experiment.seeds_of)

    def __call__(self, job: Job) -> Answered:
        """Make all runs of all arms."""
        watch = partial(job.count, of=self.runs)
        room = Laboratory(self.store, Inline(self.threads), watch, job.check)
        with room:
            verdict = conduct(self.experiment, room)
            seed = verdict.values.seeds[0]
            arms = verdict.designs
            found = room.run([Trial(design, seed) for design in arms.values()])
        return Answered(verdict, {arm: one.series for arm, one in zip(arms, found, strict=True)})

    def so_far(self, job: Job) -> str:
        """How far it is, in words."""
        return f"Run {job.told[-1].done if job.told else 0} of {self.runs}."

    def result(self, job: Job) -> str:
        """Which expectations hold, beside what was expected."""
        found: Answered = job.result
        verdict, drawn = found.verdict, Drawn()
        asked = {one.id: one for one in questions(self.experiment, self.campaign)}
        findings = [
            {
                "asked": asked[one.expectation.id],
                "says": one.expectation.says or one.expectation.id,
                "holds": one.holds,
                "guess": self.guesses.get(one.expectation.id, Guess.OPEN),
                "came": outcome_of(one),
                **_numbers(one, shown(reading(one.expectation.measure).measure, self.campaign)),
                "figure": drawn.figure(gap_figure(one, verdict, self.campaign)),
            }
            for one in verdict.findings
        ]
        return rendered(
            "verdict.html",
            experiment=self.experiment,
            findings=findings,
            claims=_held_against(self.name, verdict.findings),
            holding=sum(one.holds for one in verdict.findings),
            replicates=verdict.replicates,
            score=score(self.guesses, verdict.findings),
            cautions=[str(one) for one in verdict.cautions],
            courses=drawn.grid(course_figures(self.experiment, found.series, self.campaign)),
            arms=drawn.grid(arm_figures(verdict, self.campaign)),
        )

    def plain(self, job: Job) -> dict[str, Any]:
        """The result as `stakhanov experiment --json` gives it."""
        found: Answered = job.result
        return verdict_told(found.verdict)


def _held_against(name: str, findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """What the guides claim on this experiment, and whether these runs agree."""
    holds = {one.expectation.id: one.holds for one in findings}
    return [
        {"claim": one, "agrees": holds.get(one.expectation, all(holds.values()))}
        for one in claims_on(name)
    ]


def _numbers(one: Finding, known: Shown) -> dict[str, Any]:
    values = (one.arm, one.versus, one.gap.mean, one.gap.low, one.gap.high)
    arm, versus, gap, low, high = (value * known.factor for value in values)
    return {"arm": arm, "versus": versus, "gap": gap, "low": low, "high": high, "unit": known.unit}
