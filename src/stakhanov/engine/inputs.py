"""What a run is made of: checked once, here, with every problem told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stakhanov.engine.employment import largest
from stakhanov.engine.estimate import MOST_PERIODS, problems_of_size
from stakhanov.foundation.address import leaves
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
    trunk: Inputs  # what that run was made of: enough to live it again

    @property
    def digest(self) -> str:
        """Digest of that run's inputs."""
        return self.trunk.digest


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

    def told(self) -> dict[str, Any]:
        """Everything that is needed to make the run again, whatever has become of the run it branched from."""
        branch = self.branch
        whole = {**self.plain(), "peak": self.peak, "inputs": self.digest, "branch": None}
        if branch is not None:
            trunk = branch.trunk.told()
            whole["branch"] = {"run": str(branch.run), "period": branch.period, "trunk": trunk}
        return whole

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Inputs:
        """What a run was made of, from its record."""
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
            else Branch(Path(branch["run"]), branch["period"], cls.of_record(branch["trunk"])),
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
    usual = DEFAULT_WORKERS if branch is None else branch.trunk.workers
    number = {None: usual, "all": peak}.get(workers, workers)  # type: ignore[arg-type]
    assert isinstance(number, int)
    problems += problems_of_size(number, length, sample)
    problems += _problems_of_branch(branch, people, number, length)
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
    if not _has_dates(campaign, periods):
        must = "must end before the year 10000"
        problems.append(Problem("periods", must, f"{periods:,} from {campaign.campaign.start}"))
    if not 0 <= seed <= LARGEST_SEED:
        problems.append(Problem("seed", f"must lie between 0 and {LARGEST_SEED}", str(seed)))
    if sample != "all" and sample < 0:
        problems.append(Problem("sample", 'must be a number of workers or "all"', str(sample)))
    return problems + problems_between(campaign, workforce)


def problems_between(campaign: Campaign, workforce: Workforce) -> list[Problem]:
    """Branches that rules name, at any date, and the workforce does not have."""
    names = {branch.name for branch in workforce.branches}
    must = f"must be a branch of the workforce ({', '.join(sorted(names))})"
    asked = {
        address: branch
        for stage in campaign.stages
        for address, branch in leaves(stage.plain()).items()
        if address.startswith(_NAME_BRANCHES) and address.endswith(".branch")
    }
    return [
        Problem(address, must, branch) for address, branch in asked.items() if branch not in names
    ]


_NAME_BRANCHES = ("norms.orders.", "publicity.staged.")


def _has_dates(campaign: Campaign, periods: int) -> bool:
    """Whether the calendar reaches as far as the run; a run that is too long anyhow is told of as such."""
    if periods > MOST_PERIODS:
        return True
    try:
        campaign.date_of(periods)
    except (ValueError, OverflowError):
        return False
    return True


def _problems_of_branch(
    branch: Branch | None, people: Workforce, workers: int, periods: int
) -> Iterator[Problem]:
    """What keeps a run from going on where another stood: everybody must keep their place."""
    if branch is None:
        return
    if periods <= branch.period:
        must = f"must be more than the {branch.period} periods of the run that it goes on from"
        yield Problem("periods", must, str(periods))
    trunk = branch.trunk
    same = "must be as in the run that it goes on from, where everybody keeps their place"
    if workers != trunk.workers:
        yield Problem("workers", f"{same} ({trunk.workers})", str(workers))
    if float(largest(people)) != trunk.peak:
        yield Problem("size.workers", f"{same} ({trunk.peak:.0f} at most)", str(largest(people)))
    for name in ("brigade", "enterprise"):
        there, here = getattr(trunk.workforce.size, name), getattr(people.size, name)
        if there != here:
            yield Problem(f"size.{name}", f"{same} ({there})", str(here))
    there, here = (_branches(one) for one in (trunk.workforce, people))
    if there != here:
        yield Problem("branches", f"{same} ({there})", here)


def _branches(people: Workforce) -> str:
    return ", ".join(f"{branch.name} {branch.share:g}" for branch in people.branches)
