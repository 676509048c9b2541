"""What a visitor wants to see run: a campaign of the library and values at some addresses, all in one link."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import tomlkit

from stakhanov import campaign as campaigns
from stakhanov import workforce as workforces
from stakhanov.campaign import Campaign
from stakhanov.engine.inputs import read_inputs
from stakhanov.experiments.addresses import held
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.load import library as experiments
from stakhanov.experiments.load import load as load_experiment
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.model_version import FIELD, model_of
from stakhanov.web.needs import needs_of
from stakhanov.web.settings import Settings
from stakhanov.workforce import Workforce

WORKFORCE = "soviet-industry"
WORKERS = 20_000
SIZES = ("workers", "periods", "seed", "replicates")
#: Runs of each campaign in a comparison, unless told.
REPLICATES = 6
MOST_ADDRESSES = 100
MOST_LETTERS = 200
#: Letters of a pinned wish.
LONGEST = 8000


@dataclass(frozen=True)
class Wanted:
    """Names out of the library, sizes, and what differs from the files: never a path, never code."""

    campaign: str
    workforce: str = WORKFORCE
    workers: int = WORKERS
    periods: int | None = None
    seed: int = 1
    replicates: int = REPLICATES
    values: Mapping[str, Any] = field(default_factory=dict)
    arm: str = ""  # EXPERIMENT.ARM of the library that values differ from; the campaign unless told

    @property
    def shipped(self) -> Wanted:
        """The same rules and sizes without any values of the visitor's."""
        return replace(self, values={})

    @property
    def fields(self) -> dict[str, str]:
        """All of it as fields of a form, what is as usual left out."""
        usual = Wanted(self.campaign)
        found = {
            name: str(getattr(self, name))
            for name in ("workforce", "arm", *SIZES)
            if getattr(self, name) != getattr(usual, name)
        }
        return found | {address: _written(value) for address, value in self.values.items()}

    @property
    def query(self) -> str:
        """All of it behind the question mark of a link."""
        return urlencode(self.fields)

    @property
    def link(self) -> str:
        """The page of the laboratory that shows it."""
        return f"/laboratory/{self.campaign}" + (f"?{self.query}" if self.fields else "")

    @property
    def model(self) -> str:
        """The version of the model that runs it here."""
        return model_of(self.place)

    @property
    def place(self) -> tuple[str, str, str]:
        """What of the library it rests on: campaign, workforce, and the arm that it begins at."""
        return self.campaign, self.workforce, self.arm

    @property
    def share(self) -> str:
        """The link to give away: it also says with which version of the model it was made."""
        return f"{self.link}{'&' if self.fields else '?'}{urlencode({FIELD: self.model})}"

    @property
    def key(self) -> str:
        """The same for the same wish, whoever has it; the address of its job."""
        whole = json.dumps([self.campaign, self.fields], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:16]

    def rules(self) -> tuple[Campaign, Workforce]:
        """Campaign and people with the values held for the whole run. Raises BadInput with every problem."""
        return self._whole

    @cached_property
    def _whole(self) -> tuple[Campaign, Workforce]:
        if not self.values:
            return _shipped(*self.place)
        differences = {**arm_values(self.arm), **self.values} if self.arm else dict(self.values)
        return held(campaigns.load(self.campaign), workforces.load(self.workforce), differences)

    def problems(self, settings: Settings) -> list[Problem]:
        """Why it cannot be run here, if it cannot."""
        try:
            rules, people = self.rules()
        except BadInput as error:
            return error.problems
        periods = rules.length if self.periods is None else self.periods
        problems = []
        for name, found, most in (
            ("workers", self.workers, settings.most_workers),
            ("periods", periods, settings.most_periods),
            ("replicates", self.replicates, settings.most_replicates),
        ):
            if not 1 <= found <= most:
                must = f"must lie between 1 and {most:,} on this site"
                hint = needs_of(rules, self.workers, periods).said if found > most else ""
                problems.append(Problem(name, must, str(found), hint))
        if problems:
            return problems
        try:
            read_inputs(rules, people, workers=self.workers, periods=self.periods, seed=self.seed)
        except BadInput as error:
            return error.problems
        return needs_of(rules, self.workers, periods).problems(settings)

    def file(self, chapter: str) -> str:
        """The campaign, or the workforce, as a file that the command line runs to the same table."""
        rules, people = self.rules()
        document = tomlkit.document()
        sizes = f"--workers {self.workers} --seed {self.seed}"
        sizes += f" --periods {self.periods}" if self.periods is not None else ""
        document.add(
            tomlkit.comment(f"{chapter} of {self.campaign} as it was set in the laboratory.")
        )
        run = f"stakhanov run campaign.toml --workforce workforce.toml {sizes}"
        document.add(tomlkit.comment(f"With the other file: {run}"))
        for key, value in (rules if chapter == "campaign" else people).plain().items():
            document.add(key, tomlkit.item(value))
        return tomlkit.dumps(document)


@lru_cache(maxsize=256)
def _shipped(campaign: str, workforce: str, arm: str) -> tuple[Campaign, Workforce]:
    """Rules and people as they ship, made once: most who open a form have turned nothing yet."""
    differences = arm_values(arm) if arm else {}
    return held(campaigns.load(campaign), workforces.load(workforce), differences)


def wanted(campaign: str, given: Mapping[str, str], settings: Settings) -> Wanted:
    """What the fields of a form or a link say, if it can be run here. Raises BadInput with every problem.

    An empty field leaves the file's value. A campaign and a workforce are known by name only.
    """
    texts = {name: text.strip() for name, text in given.items() if text.strip()}
    texts.pop(FIELD, "")
    workforce, arm = texts.pop("workforce", WORKFORCE), texts.pop("arm", "")
    problems = [*named(campaign, workforce), *unlike(campaign, arm)]
    sizes: dict[str, int] = {}
    for name in SIZES:
        if name in texts:
            text = texts.pop(name)
            if text.isascii() and text.isdigit() and len(text) <= 20:
                sizes[name] = int(text)
            else:
                problems.append(Problem(name, "must be a whole number", text[:MOST_LETTERS]))
    if len(texts) > MOST_ADDRESSES:
        must = f"must be at most {MOST_ADDRESSES} at once"
        problems.append(Problem("addresses", must, str(len(texts))))
    long = [name[:MOST_LETTERS] for name, text in texts.items() if len(text) > MOST_LETTERS]
    problems += [Problem(name, "must be short", "a long text") for name in long]
    values = {address: _read(text) for address, text in texts.items() if len(text) <= MOST_LETTERS}
    found = Wanted(campaign, workforce, **sizes, values=values, arm=arm)
    first = ("campaign", "workforce", "arm", "addresses")
    if not any(problem.address in first for problem in problems):
        problems += found.problems(settings)
    if problems:
        raise BadInput(problems)
    return found


def of_arm(experiment: Experiment, name: str) -> Wanted:
    """An arm of an experiment as a wish under the experiment's first seed."""
    return Wanted(
        experiment.campaign,
        experiment.workforce,
        experiment.workers,
        experiment.periods,
        experiment.seeds_of[0],
        len(experiment.seeds_of),
        arm=f"{experiment.id}.{name}",
    )


def arm_values(arm: str) -> dict[str, Any]:
    """Everything that an arm of the library says of its campaign and people, by address."""
    experiment, _, name = arm.partition(".")
    asked = load_experiment(experiment)
    return {**asked.set, **asked.differences[name]}


def unlike(campaign: str, arm: str) -> list[Problem]:
    """Why a wish cannot begin at an arm: only arms that ship are known, each with its own campaign."""
    experiment, _, name = arm.partition(".")
    if not arm:
        return []
    known = experiment in experiments() and name in load_experiment(experiment).arms
    if known and load_experiment(experiment).campaign == campaign:
        return []
    must = "must be EXPERIMENT.ARM of an experiment that ships, on its campaign"
    return [Problem("arm", must, arm[:MOST_LETTERS])]


def pinned(one: Wanted) -> str:
    """A wish as the text of one field."""
    return urlencode({"campaign": one.campaign, **one.fields})


def unpinned(text: str, settings: Settings) -> Wanted:
    """The wish that such a text says. Raises BadInput."""
    if len(text) > LONGEST:
        raise BadInput([Problem("pinned", f"must have at most {LONGEST} letters", str(len(text)))])
    try:
        given = dict(parse_qsl(text, max_num_fields=2 * MOST_ADDRESSES))
    except ValueError:
        must = f"must have at most {2 * MOST_ADDRESSES} fields"
        raise BadInput([Problem("pinned", must, "more")]) from None
    return wanted(given.pop("campaign", ""), given, settings)


def named(campaign: str, workforce: str) -> list[Problem]:
    """What is wrong with names: only what ships is known here, and a path is no name."""
    return [
        *_named("campaign", campaign, campaigns.library()),
        *_named("workforce", workforce, workforces.library()),
    ]


def _named(kind: str, name: str, known: list[str]) -> list[Problem]:
    if name in known:
        return []
    found = name[:MOST_LETTERS]
    return [Problem(kind, "must be one that ships", found, hint_of(found, known))]


def _read(text: str) -> Any:
    """A number, a truth, or a word."""
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
