"""What a run is made of: checked once, here, with every problem told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stakhanov.engine.employment import largest
from stakhanov.engine.estimate import problems_of_size
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import digest_of

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

DEFAULT_WORKERS = 100_000
LARGEST_SEED = 2**64 - 1


@dataclass(frozen=True)
class Branch:
    """The run and the number of its periods after which this one goes on."""

    run: Path
    period: int
    digest: str  # of that run's inputs


@dataclass(frozen=True)
class Inputs:
    """Campaign, workforce, sizes and seed of one run."""

    campaign: Campaign
    workforce: Workforce
    workers: int  # places at the largest size of the workforce
    peak: float  # people at that size
    periods: int
    seed: int
    sample: int | Literal["all"]
    branch: Branch | None = None

    def plain(self) -> dict[str, Any]:
        """Everything that decides the result, as plain data. The kept sample is part of the tables."""
        return {
            "campaign": self.campaign.plain(),
            "workforce": self.workforce.plain(),
            "workers": self.workers,
            "periods": self.periods,
            "seed": self.seed,
            "sample": self.sample,
            "branch": None if self.branch is None else [self.branch.digest, self.branch.period],
        }

    @property
    def digest(self) -> str:
        """Digest of what the run is made of."""
        return digest_of(self.plain())

    @property
    def course_digest(self) -> str:
        """The same without the length: what lies behind does not depend on how far the run is to go."""
        return digest_of({**self.plain(), "periods": None})

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> Inputs:
        """What a finished run was made of, from its record."""
        from stakhanov.campaign import checked as checked_campaign
        from stakhanov.workforce import checked as checked_workforce

        branch = record["branch"]
        return cls(
            campaign=checked_campaign(record["campaign"]),
            workforce=checked_workforce(record["workforce"]),
            workers=record["workers"],
            peak=record["peak"],
            periods=record["periods"],
            seed=record["seed"],
            sample=record["sample"],
            branch=None
            if branch is None
            else Branch(Path(branch["run"]), branch["period"], branch["inputs"]),
        )


def read_inputs(
    campaign: Campaign | str | Path,
    workforce: Workforce | str | Path,
    *,
    workers: int | Literal["all"] | None = None,
    periods: int | None = None,
    seed: int = 1,
    sample: int | Literal["all"] = 1000,
    branch: Branch | None = None,
) -> Inputs:
    """Load and check everything a run needs. Raises BadInput with all problems found."""
    from stakhanov.campaign import Campaign, load
    from stakhanov.workforce import Workforce
    from stakhanov.workforce import load as load_workforce

    rules = campaign if isinstance(campaign, Campaign) else load(campaign)
    people = workforce if isinstance(workforce, Workforce) else load_workforce(workforce)
    length = rules.plan.periods_per_year * rules.plan.years if periods is None else periods
    problems = _problems(rules, people, periods=length, seed=seed, sample=sample)
    peak = largest(people)
    number = {None: DEFAULT_WORKERS, "all": peak}.get(workers, workers)  # type: ignore[arg-type]
    assert isinstance(number, int)
    problems += problems_of_size(number, length)
    problems += _problems_of_branch(branch, length)
    if problems:
        raise BadInput(problems)
    return Inputs(rules, people, number, float(peak), length, seed, sample, branch)


def _problems(
    campaign: Campaign,
    workforce: Workforce,
    *,
    periods: int,
    seed: int,
    sample: int | Literal["all"],
) -> list[Problem]:
    problems = []
    if periods < 1:
        problems.append(Problem("periods", "must be at least 1", str(periods)))
    if not 0 <= seed <= LARGEST_SEED:
        problems.append(Problem("seed", f"must lie between 0 and {LARGEST_SEED}", str(seed)))
    if sample != "all" and sample < 0:
        problems.append(Problem("sample", 'must be a number of workers or "all"', str(sample)))
    names = {branch.name for branch in workforce.branches}
    for i, record in enumerate(campaign.publicity.staged):
        if record.branch is not None and record.branch not in names:
            address = f"publicity.staged.{i}.branch"
            must = f"must be a branch of the workforce ({', '.join(sorted(names))})"
            problems.append(Problem(address, must, record.branch))
    for i, order in enumerate(campaign.norms.orders):
        if order.branch is not None and order.branch not in names:
            must = f"must be a branch of the workforce ({', '.join(sorted(names))})"
            problems.append(Problem(f"norms.orders.{i}.branch", must, order.branch))
    queues = [prize for prize in campaign.prizes if prize.by == "queue"]
    if len(queues) > 5:
        problems.append(
            Problem("prizes", "must hold at most 5 queues for scarce goods", str(len(queues)))
        )
    return problems


def _problems_of_branch(branch: Branch | None, periods: int) -> list[Problem]:
    if branch is not None and periods <= branch.period:
        must = f"must be more than the {branch.period} periods of the run that it goes on from"
        return [Problem("periods", must, str(periods))]
    return []
