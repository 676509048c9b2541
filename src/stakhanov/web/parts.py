"""The part of a page that shows a job, from its place in the queue to its answer."""

from __future__ import annotations

from typing import Any, Literal

import polars as pl

from stakhanov.engine.results import Run
from stakhanov.experiments.breaking import Break
from stakhanov.experiments.decomposition import Decomposition
from stakhanov.web.asking import Answered
from stakhanov.web.checking import Checked
from stakhanov.web.comparing import Compared
from stakhanov.web.jobs import Job, Jobs, State, Step
from stakhanov.web.live import places, specs
from stakhanov.web.rendering import rendered
from stakhanov.web.running import Running

#: The colours in which a browser draws moving charts; nothing where they are drawn here.
Scheme = Literal["", "light", "dark"]


def part(
    job: Job,
    jobs: Jobs,
    *,
    live: Scheme = "",
    early: bool = False,
    period: int | None = None,
) -> str:
    """What a page shows of a job now. Takes time: charts are drawn.

    `live`: moving charts are left to the browser. `early`: without the result, which takes longest.
    `period`: which one the picture of brigades shows, the newest unless told.
    """
    state, told = job.standing
    work, moving, result = job.work, "", ""
    if state is State.DONE and not early:
        result = job.once(state, lambda: work.result(job))
    if live and isinstance(work, Running) and told:
        moving = places(work.figures(job))
    elif state is State.RUNNING and told:
        moving = job.once((state, told), lambda: work.moving(job))
    picture = work.picture(job, period) if isinstance(work, Running) else ""
    return rendered(
        "job.html",
        job=job,
        state=state.value,
        over=state not in (State.WAITING, State.RUNNING),
        before=jobs.before(job),
        so_far=work.so_far(job) if state is State.RUNNING else "",
        share=_share(job, state),
        picture=picture,
        periods=told if picture and state is State.DONE else 0,
        period=min(period or told, told),
        redrawn=state is State.DONE and not live and isinstance(work, Running),
        moving=moving,
        result=result,
        early=early,
        csv=table_of(job) is not None,
    )


def specs_of(job: Job, live: Scheme) -> list[dict[str, Any]]:
    """What the browser draws moving charts from."""
    if not live or not isinstance(job.work, Running) or not job.told:
        return []
    return specs(job.work.figures(job), dark=live == "dark")


def table_of(job: Job) -> pl.DataFrame | None:
    """The table of an answer, if it has one."""
    match job.result:
        case Run() as run:
            return run.series
        case Compared() as compared:
            return compared.comparison.table
        case Answered() as answer:
            return answer.verdict.table
        case Decomposition() as shares:
            return shares.table
        case Break() as found:
            return found.table
        case Checked() as checked:
            return checked.table
    return None


def _share(job: Job, state: State) -> float | None:
    """How much of the work is done, where that can be said."""
    news = job.told[-1] if job.told else None
    return news.share if state is State.RUNNING and isinstance(news, Step) else None
