"""Generators of campaigns, workforces, runs and reports, for every law of this folder and any other.

Values keep to few decimals, so that an example that breaks a law can be read. What is drawn reaches every
mechanism of the engine often enough for a law to meet it: `test_generators.py` counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from stakhanov.campaign import Campaign
from stakhanov.campaign import checked as checked_campaign
from stakhanov.campaign.settle import PayTerms, Work, terms_of, work_of
from stakhanov.workforce import Workforce
from stakhanov.workforce import checked as checked_workforce

Plain = dict[str, Any]

#: Laws of whole runs take fewer examples than laws of functions: a run takes a twentieth of a second.
RUNS = settings(max_examples=max(1, 2 * settings.default.max_examples // 5))

CLOCKS = ([1.0], [0.15, 0.25, 0.6], [0.5, 0.5], [0.7, 0.2, 0.1], [0.0, 1.0], [0.6, 0.4, 0.0])
SCOPES = ("own", "brigade", "enterprise", "branch")


def numbers(low: float, high: float, decimals: int = 3) -> st.SearchStrategy[float]:
    """Numbers with few decimals."""
    scale = 10**decimals
    return st.integers(round(low * scale), round(high * scale)).map(lambda whole: whole / scale)


def sometimes(value: st.SearchStrategy[Any], otherwise: Any) -> st.SearchStrategy[Any]:
    """The plain value or another one."""
    return st.one_of(st.just(otherwise), value)


# --- campaigns ---------------------------------------------------------------------------------


def plans() -> st.SearchStrategy[Plain]:
    """Short periods, even and uneven clocks, short and long days."""
    return st.fixed_dictionaries(
        {
            "shifts_per_period": st.integers(1, 6),
            "periods_per_year": st.sampled_from([1, 4, 12]),
            "growth": sometimes(numbers(-0.5, 1.0), 0.0),
            "clock": st.sampled_from(CLOCKS),
            "hours": sometimes(numbers(0.1, 1.3), 1.0),
        }
    )


def revisions() -> st.SearchStrategy[Plain]:
    """Revisions of norms, due within a short run."""
    return st.fixed_dictionaries(
        {
            "every": st.integers(1, 3),
            "up": numbers(0, 1),
            "down": numbers(0, 1),
            "basis": st.sampled_from(["mean", "best-tenth"]),
            "rate_cut": sometimes(numbers(0, 1), 1.0),
        }
    )


def norms() -> st.SearchStrategy[Plain]:
    """Norms of every scope, slack and hard."""
    order = st.fixed_dictionaries({"at": st.integers(0, 3), "rise": numbers(-0.4, 0.6)})
    return st.fixed_dictionaries(
        {
            "start": numbers(0.3, 3.0),
            "scope": st.sampled_from(SCOPES),
            "revision": revisions(),
            "orders": st.lists(order, max_size=1),
        }
    )


def steps(number: int) -> st.SearchStrategy[list[Plain]]:
    """A scale of pay with so many steps behind the first."""
    step = st.fixed_dictionaries({"rate": numbers(0, 2, 2), "retroactive": st.booleans()})
    starts = st.lists(numbers(0.2, 2.5, 2), min_size=number, max_size=number, unique=True)
    first = numbers(0.2, 1.5, 2).map(lambda rate: [{"from": 0.0, "rate": rate}])
    return st.builds(
        lambda begin, at, more: (
            begin + [{**one, "from": start} for start, one in zip(sorted(at), more, strict=True)]
        ),
        first,
        starts,
        st.lists(step, min_size=number, max_size=number),
    )


def bonuses(number: int) -> st.SearchStrategy[list[Plain]]:
    """Bonuses at the norm and elsewhere."""
    bonus = st.fixed_dictionaries(
        {
            "at": st.one_of(st.just(1.0), st.just(1.0), numbers(0.3, 2.0, 2)),
            "inclusive": st.sampled_from([True, True, True, False]),
            "amount": st.one_of(st.integers(0, 5_000), st.integers(3_000, 8_000)),
        }
    )
    return st.lists(bonus, min_size=number, max_size=number)


@st.composite
def prizes(draw: st.DrawFn, number: int, kinds: tuple[str, ...]) -> list[Plain]:
    """Prizes of every kind."""
    made = []
    for place in range(number):
        by = draw(st.sampled_from(kinds))
        prize = {
            "name": f"prize-{place}",
            "by": by,
            "scope": draw(st.sampled_from(["brigade", "enterprise", "branch", "all"])),
            "amount": draw(st.integers(0, 5_000)),
            "esteem": draw(sometimes(numbers(0, 1), 0.0)),
            "every": draw(st.integers(1, 2)),
        }
        rest = (
            {"at": numbers(0.3, 2, 2)}
            if by == "threshold"
            else {"per_thousand": st.one_of(numbers(1, 900), numbers(200, 900))}
        )
        made.append(prize | {name: draw(value) for name, value in rest.items()})
    return made


def audits() -> st.SearchStrategy[Plain]:
    """Audits, from none to certain, lenient to ruinous."""
    return st.fixed_dictionaries(
        {
            "probability": st.one_of(numbers(0.05, 0.4), numbers(0, 1)),
            "aim": st.sampled_from(["random", "risk"]),
            "fine": st.one_of(numbers(0, 0.3), numbers(0, 3)),
            "fixed_fine": sometimes(numbers(0, 1), 0.0),
            "deduction": sometimes(numbers(0, 2), 0.0),
            "clawback": st.booleans(),
        }
    )


def publicity(*, loud: bool) -> st.SearchStrategy[Plain]:
    """Publicity, and records staged for it."""
    staged = st.fixed_dictionaries(
        {"at": st.integers(0, 2), "crew": st.integers(1, 7), "per_head": numbers(0.5, 6)}
    )
    esteem = {"threshold": numbers(0.5, 2, 2), "value": numbers(0, 2)}
    return st.fixed_dictionaries(
        {
            "intensity": numbers(0.05, 1) if loud else st.just(0.0),
            "spread": st.fixed_dictionaries(
                {"innovation": numbers(0, 1), "imitation": numbers(0, 3)}
            ),
            "staged": st.lists(staged, max_size=1),
            "esteem": st.fixed_dictionaries(esteem),
        }
    )


CHANGES: tuple[tuple[str, st.SearchStrategy[Any]], ...] = (
    ("plan.shifts_per_period", st.integers(1, 6)),
    ("plan.hours", numbers(0.5, 1.3)),
    ("norms.scope", st.sampled_from(SCOPES)),
    ("norms.revision.up", numbers(0, 1)),
    ("pay.reference", st.integers(100, 3000)),
    ("audits.probability", numbers(0, 1)),
    ("prizes", st.just([])),
    ("emulation.visibility", numbers(0, 1)),
)


def changes() -> st.SearchStrategy[list[Plain]]:
    """At most one change of rules in mid-run."""
    one = st.sampled_from(CHANGES).flatmap(
        lambda change: st.fixed_dictionaries(
            {"at": st.integers(0, 3), "set": st.fixed_dictionaries({change[0]: change[1]})}
        )
    )
    return st.lists(one, max_size=1)


@st.composite
def plain_campaigns(
    draw: st.DrawFn, kinds: tuple[str, ...] = ("rank", "threshold", "queue")
) -> Plain:
    """What a campaign file says. `kinds` are the kinds of prize that may be given."""
    extras = draw(st.lists(st.sampled_from(["bonus", "prize", "step", "title"]), max_size=4))
    extras += draw(st.sampled_from([[], ["bonus"], ["bonus", "prize"]]))
    given_prizes = draw(prizes(extras.count("prize"), kinds))
    contest = {
        "name": "contest",
        "scope": draw(st.sampled_from(["brigade", "enterprise", "branch", "all"])),
        "measure": draw(st.sampled_from(["fulfilment", "output"])),
        "every": draw(st.integers(1, 2)),
        "prizes": [prize["name"] for prize in given_prizes[:1]],
    }
    changed = [
        change
        for change in draw(changes())
        if not (given_prizes and "prizes" in change["set"] and contest["prizes"])
    ]
    return {
        "format": 1,
        "campaign": {"name": "drawn", "start": "1935-01-01"},
        "plan": draw(plans()),
        "technology": {"growth": draw(sometimes(numbers(-0.05, 0.05), 0.0))},
        "norms": draw(norms()),
        "pay": {
            "reference": draw(st.integers(100, 3000)),
            "piece_share": draw(sometimes(numbers(0, 1, 2), 1.0)),
            "scale": draw(steps(extras.count("step"))),
            "guarantee": draw(sometimes(numbers(0, 1, 2), 0.0)),
            "bonus": draw(bonuses(extras.count("bonus"))),
        },
        "prizes": given_prizes,
        "emulation": {
            "visibility": draw(sometimes(numbers(0, 1), 1.0)),
            "contests": [contest] if draw(st.booleans()) else [],
        },
        "publicity": draw(publicity(loud="title" in extras)),
        "audits": draw(audits()),
        "discipline": {"leaving": draw(sometimes(numbers(0, 3), 1.0))},
        "changes": changed,
    }


def campaigns(
    kinds: tuple[str, ...] = ("rank", "threshold", "queue"), **held: Any
) -> st.SearchStrategy[Campaign]:
    """Campaigns of any kind. `held` are addresses, with __ for a dot, and the values they have for good."""
    fixed = {name.replace("__", "."): value for name, value in held.items()}
    return plain_campaigns(kinds).map(lambda plain: checked_campaign(plain).held(fixed))


# --- workforces --------------------------------------------------------------------------------

#: Motives and costs stay within what people bear for a few periods. Beyond that the tired keep up with their
#: mates at any cost, and tire the more; nothing but numbers stops them.
TRAITS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "ability": {"log_sd": numbers(0, 0.4, 2)},
    "effort": {
        "cost": numbers(0.8, 4, 2),
        "drive": numbers(0.2, 1.5, 2),
        "noise": numbers(0.05, 0.8, 2),
    },
    "money": {"value": numbers(0, 0.4, 2)},
    "peers": {"conformity": numbers(0, 0.3, 2)},
    "aspiration": {
        "weight": numbers(0, 1, 2),
        "loss_aversion": numbers(1, 4, 2),
        "width": numbers(0.05, 1, 2),
        "own": numbers(0, 1, 2),
        "brigade": numbers(0, 1, 2),
        "published": numbers(0, 1, 2),
    },
    "foresight": {"share": numbers(0, 1, 2), "interest": numbers(0.01, 1, 2)},
    "honesty": {
        "lying_cost": st.one_of(numbers(0.001, 0.05), numbers(0.001, 2)),
        "log_sd": numbers(0, 2, 2),
        "moral_cost": numbers(0, 0.2, 2),
        "complicity": numbers(0, 1, 2),
        "foresight": st.booleans(),
    },
    "fatigue": {
        "recovery": numbers(0.2, 4, 1),
        "load": numbers(0, 0.15, 2),
        "effect": numbers(0, 0.15, 2),
    },
    "strain": {
        "recovery": numbers(1, 100, 0),
        "growth": numbers(0, 1.5, 1),
        "sustainable": numbers(0.5, 2, 1),
    },
    "morale": {
        "recovery": numbers(0, 1, 2),
        "gain": numbers(0, 2, 2),
        "loss": numbers(0, 2, 2),
        "norm_shock": numbers(0, 2, 2),
        "caught": numbers(0, 1, 2),
    },
    "trust": {
        "recovery": numbers(0, 1, 2),
        "learning": numbers(0, 1, 2),
        "norm_shock": numbers(0, 2, 2),
        "lie": numbers(0, 1, 2),
    },
    "quits": {
        "base": numbers(0, 0.1),
        "strain": numbers(0, 5, 1),
        "morale": numbers(0, 5, 1),
        "wage": numbers(0, 3, 1),
    },
    "accidents": {
        "base": numbers(0, 0.02),
        "fatigue": numbers(0, 3, 1),
        "strain": numbers(0, 3, 1),
    },
    "recruits": {"skill": numbers(0.1, 1, 2), "learning": numbers(1, 200, 0)},
}


def sizes() -> st.SearchStrategy[Plain]:
    """Small groups; as many people for good, or more or fewer from date to date."""
    dated = st.lists(st.integers(10, 1000), min_size=2, max_size=3).map(
        lambda people: [{"at": 2 * i, "workers": number} for i, number in enumerate(people)]
    )
    return st.fixed_dictionaries(
        {
            "workers": st.one_of(st.just(1000), dated),
            "brigade": st.integers(1, 9),
            "enterprise": st.integers(1, 4),
        }
    )


@st.composite
def branches(draw: st.DrawFn) -> list[Plain]:
    """One to three branches; the last may differ in some traits."""
    number = draw(st.integers(1, 3))
    shares = {1: [1.0], 2: [0.3, 0.7], 3: [0.5, 0.1, 0.4]}[number]
    made: list[Plain] = [
        {"name": f"branch-{place}", "share": share} for place, share in enumerate(shares)
    ]
    if number > 1 and draw(st.booleans()):
        made[-1]["overrides"] = {"effort.cost": 2.0, "quits.base": 0.02}
    return made


@st.composite
def plain_workforces(draw: st.DrawFn) -> Plain:
    """What a workforce file says: some groups of traits away from their defaults."""
    groups = draw(st.lists(st.sampled_from(sorted(TRAITS)), min_size=2, max_size=9, unique=True))
    return {
        "format": 1,
        "workforce": {"name": "drawn"},
        "size": draw(sizes()),
        "branches": draw(branches()),
        **{group: draw(st.fixed_dictionaries(TRAITS[group])) for group in groups},
    }


def workforces(**held: Any) -> st.SearchStrategy[Workforce]:
    """Workforces of any kind. `held` are addresses, with __ for a dot, and the values they have for good."""
    fixed = {name.replace("__", "."): value for name, value in held.items()}
    return plain_workforces().map(lambda plain: checked_workforce(plain).held(fixed))


# --- runs --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """How large and how long a run is, and its luck."""

    workers: int
    periods: int
    seed: int


def asked(*, workers: int = 90, periods: int = 4, least: int = 1) -> st.SearchStrategy[Asked]:
    """Small runs; every other one is not tiny."""
    return st.builds(
        Asked,
        workers=st.one_of(
            st.integers(least, workers), st.integers(max(least, 2 * workers // 3), workers)
        ),
        periods=st.integers(1, periods),
        seed=st.integers(0, 2**64 - 1),
    )


# --- reports -----------------------------------------------------------------------------------


def terms(**held: Any) -> st.SearchStrategy[PayTerms]:
    """Rules of pay in whole numbers."""
    return campaigns(**held).map(lambda campaign: terms_of(campaign, 0))


@st.composite
def reports(draw: st.DrawFn, *, workers: int = 12, honest: bool = False) -> Work:
    """Rows to be settled: one or two segments, honest and padded reports, some of them found out."""
    segments, people = draw(st.integers(1, 2)), draw(st.integers(1, workers))

    def rows(low: int, high: int) -> np.ndarray:
        row = st.lists(st.integers(low, high), min_size=people, max_size=people)
        return np.array(draw(st.lists(row, min_size=segments, max_size=segments)), np.int64)

    shifts = rows(0, 30)
    true = rows(0, 3000) * shifts
    told = true if honest else true + rows(0, 400) * shifts
    found = draw(st.lists(st.booleans(), min_size=people, max_size=people))
    return work_of(
        told,
        shifts,
        rows(1, 5_000_000),
        true=true,
        norm=rows(1, 5000),
        caught=np.array(found) & (told > true).any(axis=0),
    )


@st.composite
def standings(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores with many ties, where groups begin and end, and prizes by group; -1 takes no part."""
    sizes_of_groups = draw(st.lists(st.integers(0, 9), min_size=1, max_size=4))
    number = sum(sizes_of_groups)
    scores = draw(st.lists(st.integers(-1, 4), min_size=number, max_size=number))
    given_prizes = draw(
        st.lists(st.integers(0, 7), min_size=len(sizes_of_groups), max_size=len(sizes_of_groups))
    )
    offsets = np.cumsum([0, *sizes_of_groups])
    return np.array(scores, np.int64), offsets.astype(np.int64), np.array(given_prizes, np.int64)
