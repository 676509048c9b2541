"""A claim about rules as a visitor set them: a measure stands above or below another campaign or a number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from stakhanov.experiments.arms import Base
from stakhanov.experiments.declaration import Experiment, checked
from stakhanov.experiments.reading import reading
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.breaking import Breaking, Move
from stakhanov.web.moves import move_of
from stakhanov.web.remembered import Remembered
from stakhanov.web.wanted import MOST_LETTERS, Wanted

#: Names of the two arms, and of what is claimed.
SET, SHIPS, CLAIM = "yours", "shipped", "claim"
SIGNS = {"more": ">", "less": "<"}


@dataclass(frozen=True)
class Claim:
    """Which measure, more or less than what, and the address that moves."""

    wanted: Wanted
    measure: str
    sign: str
    against: float | None  # the rules as they ship, unless a number is given
    move: Move

    @property
    def link(self) -> str:
        """The page that asks it again."""
        own = {
            "measure": self.measure,
            "sign": self.sign,
            "against": "" if self.against is None else f"{self.against:g}",
            **{name: text for name, text in self.move.plain.items() if name != "expectation"},
        }
        given = urlencode({**self.wanted.fields, **own})
        return f"/laboratory/{self.wanted.campaign}/questions?{given}"

    def experiment(self) -> Experiment:
        """The claim as an experiment of two arms: the rules as they are set, and as they ship."""
        return _experiment(self.wanted, self.measure, self.sign, self.against, self.move.address)

    def work(self, threads: int, store: Remembered) -> Breaking:
        """The claim as a job. Raises BadInput."""
        rules, people = self.wanted.shipped.rules()
        base = Base(rules, people, self.wanted.workers, self.wanted.periods)
        return Breaking(self.experiment(), base, self.move, self.link, threads, store)


def claim_of(one: Wanted, given: Mapping[str, str]) -> Claim:
    """What a form says. Raises BadInput with every problem."""
    problems: list[Problem] = []
    measure = "true_output"
    try:
        measure = str(reading(given.get("measure", measure)[:MOST_LETTERS]))
    except BadInput as error:
        problems += error.problems
    sign = given.get("sign", "more")
    if sign not in SIGNS:
        problems.append(Problem("sign", "must be more or less", sign[:MOST_LETTERS]))
    against, text = None, given.get("against", "").strip()
    if text:
        try:
            against = float(text)
        except ValueError:
            against = math.nan
        if not math.isfinite(against):
            problems.append(Problem("against", "must be a number or empty", text[:MOST_LETTERS]))
    if problems:
        raise BadInput(problems)
    address = given.get("address", "")[:MOST_LETTERS]
    move = move_of(
        {**given, "expectation": CLAIM}, _experiment(one, measure, sign, against, address)
    )
    return Claim(one, measure, sign, against, move)


def _experiment(
    one: Wanted, measure: str, sign: str, against: float | None, address: str
) -> Experiment:
    versus = SHIPS if against is None else against
    other = "under the rules as they ship" if against is None else f"{against:g}"
    # The address belongs to the rules as they are set, so that those as they ship stay put.
    moved = {address: one.values.get(address, 0.0)} if address else {}
    title = reading(measure).about.title
    return checked(
        {
            "id": "your-claim",
            "title": title,
            "question": f"Up to where is {title.lower()} {sign} than {other}?",
            "campaign": one.campaign,
            "workforce": one.workforce,
            "workers": one.workers,
            "periods": one.periods,
            "arms": {
                SET: {"title": "as you set them", **one.values, **moved},
                SHIPS: {"title": "as they ship"},
            },
            "measures": [measure],
            "expectations": [
                {
                    "id": CLAIM,
                    "measure": measure,
                    "arm": SET,
                    "versus": versus,
                    "op": SIGNS[sign],
                    "says": f"Claimed: {title.lower()} is {sign} than {other}.",
                }
            ],
            "seed": one.seed,
            "replicates": one.replicates,
        }
    )
