"""Every parameter of the design is there: its address, unit, bounds, default and grade.

The tables below were typed from the design, not from the declarations. A row is (address, unit, bounds,
default, grade); an empty cell is one that the design leaves open, and a bound that the design leaves open may
be there to keep numbers finite. Where the project differs, DIFFERS says so and a decision says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from stakhanov.campaign import Campaign
from stakhanov.foundation.catalogue import Parameter, parameters
from stakhanov.workforce import Workforce
from stakhanov.workforce import load as load_workforce

P, A = "published", "assumed"
DECISIONS = Path(__file__).resolve().parents[3] / "decisions"

CAMPAIGN = """
campaign.name                       |                                     |             |            |
campaign.title                      |                                     |             |            |
campaign.start                      |                                     |             |            |
campaign.sources                    |                                     |             |            |
campaign.base                       |                                     |             |            |
campaign.currency.name              |                                     |             | rouble     |
campaign.currency.minor             |                                     |             | kopeck     |
plan.shifts_per_period              | shifts                              | 1 to 400    | 25         | p
plan.periods_per_year               |                                     | 1 to 366    | 12         | p
plan.years                          |                                     | 1 to 50     | 5          | p
plan.growth                         | share a year                        | -1 to 5     | 0          |
plan.clock                          | shares, sum 1                       |             | [1]        | a
plan.hours                          | relative to the first day's length  | 0.1 to 3    | 1          |
technology.growth                   | share a period                      | -0.1 to 0.1 | 0          | a
norms.start                         | norm-units a shift                  | at least 0.001 | 1       |
norms.scope                         |                                     |             | enterprise | a
norms.revision.every                | periods                             | 1 to 600    | 12         | p
norms.revision.up                   | share of the excess                 | 0 to 1      | 0.3        | p
norms.revision.down                 | share of the shortfall              | 0 to 1      | 0.1        | p
norms.revision.basis                |                                     |             | mean       | p
norms.revision.rate_cut             | elasticity of rates to norms        | 0 to 1      | 1          | p
norms.orders                        |                                     |             | none       |
norms.orders.*.rise                 |                                     | above -1    |            |
pay.reference                       | minor units a shift                 | above 0     | 1000       |
pay.piece_share                     | share                               | 0 to 1      | 1          | p
pay.scale                           |                                     |             | [{from = 0, rate = 1}]
pay.scale.*.from                    |                                     |             |            |
pay.scale.*.rate                    |                                     | at least 0  |            | p
pay.scale.*.retroactive             |                                     |             |            |
pay.guarantee                       | share of the reference              | 0 to 1      | 0.67       | a
pay.bonus                           |                                     |             | none       |
pay.bonus.*.at                      |                                     |             |            |
pay.bonus.*.inclusive               |                                     |             |            |
pay.bonus.*.amount                  |                                     |             |            |
prizes                              |                                     |             | none       |
prizes.*.name                       |                                     |             |            |
prizes.*.by                         |                                     |             |            |
prizes.*.scope                      |                                     |             |            |
prizes.*.per_thousand               |                                     |             |            |
prizes.*.at                         |                                     |             |            |
prizes.*.amount                     |                                     |             |            |
prizes.*.esteem                     |                                     |             |            |
prizes.*.every                      |                                     |             |            |
emulation.visibility                |                                     | 0 to 1      | 1          | a
emulation.contests                  |                                     |             | none       |
emulation.contests.*.name           |                                     |             |            |
emulation.contests.*.scope          |                                     |             |            |
emulation.contests.*.measure        |                                     |             |            |
emulation.contests.*.every          |                                     |             |            |
emulation.contests.*.prizes         |                                     |             |            |
publicity.intensity                 |                                     | 0 to 1      | 0          | a
publicity.spread.innovation         | a period                            | 0 to 5      | 0.03       | a
publicity.spread.imitation          | a period                            | 0 to 5      | 1.5        | a
publicity.staged                    |                                     |             | none       |
publicity.staged.*.at               |                                     |             |            |
publicity.staged.*.branch           |                                     |             |            |
publicity.staged.*.crew             |                                     |             | 3          | p
publicity.staged.*.per_head         |                                     |             | 4.9        | p
publicity.esteem.threshold          |                                     |             | 1.25       | a
publicity.esteem.value              |                                     |             | 0.3        | a
audits.probability                  |                                     | 0 to 1      | 0.2        | p
audits.aim                          |                                     |             | random     | p
audits.fine                         |                                     | at least 0  | 1.5        | p
audits.fixed_fine                   |                                     | at least 0  | 0          | p
audits.clawback                     |                                     |             | true       | p
limits.strain                       |                                     |             | none       |
limits.hours                        |                                     |             | none       |
changes                             |                                     |             | none       |
changes.*.at                        |                                     |             |            |
changes.*.set                       |                                     |             |            |
"""

WORKFORCE = """
workforce.name                      |                                     |             |            |
workforce.sources                   |                                     |             |            |
workforce.base                      |                                     |             |            |
size.workers                        |                                     | at least 1  | 8000000    | p
size.brigade                        |                                     | at least 1  | 20         | a
size.enterprise                     | brigades                            | at least 1  | 50         | a
branches                            |                                     |             |            |
branches.*.name                     |                                     |             |            |
branches.*.share                    |                                     |             |            |
branches.*.overrides                |                                     |             |            |
ability.log_sd                      | standard deviation of the log       | 0 to 2      | 0.25       | p
effort.cost                         | utils                               | above 0     | 1          | a
effort.drive                        | utils                               | above 0     | 1          | a
effort.noise                        | share of own output per root shift  | 0 to 3      | 0.4        | a
money.value                         | utils per reference day's wage      | 0 to 10     | 0.22       | p
peers.conformity                    | psi                                 | 0 to 10     | 0.176      | p
aspiration.weight                   | utils                               |             | 0.1        | a
aspiration.loss_aversion            | ratio                               |             | 2.25       | p
aspiration.width                    | log                                 |             | 0.2        | a
aspiration.own                      | share a period                      | 0 to 1      | 0.4        | a
aspiration.brigade                  | share a period                      | 0 to 1      | 0.1        | a
aspiration.published                | share a period                      | 0 to 1      | 0.05       | a
foresight.share                     | share                               | 0 to 1      | 1          | a
foresight.interest                  | a period                            | 0 to 1      | 0.05       | a
honesty.lying_cost                  |                                     | at least 0  | 0.05       | p
honesty.log_sd                      |                                     | at least 0  | 0.75       | p
honesty.moral_cost                  |                                     | at least 0  | 0          | p
honesty.complicity                  |                                     | at least 0  | 0.5        | p
honesty.foresight                   |                                     |             | true       | p
fatigue.recovery                    | shifts                              |             | 2          | a
fatigue.load                        | per effort squared                  |             | 0.1        | a
fatigue.effect                      | log                                 |             | 0.1        | a
fatigue.rest                        | level                               |   | load / (1 - e^(-1/recovery)) | a
strain.recovery                     | shifts                              |             | 60         | p
strain.growth                       | per excess effort squared           |             | 1.06       | p
strain.sustainable                  | effort                              |             | 1.2        | p
morale.recovery                     | share a period                      |             | 0.4        | a
morale.gain                         |                                     |             | 0.2        | a
morale.loss                         |                                     |             | 0.4        | a
morale.norm_shock                   |                                     |             | 0.5        | a
morale.caught                       |                                     |             | 0.1        | a
trust.recovery                      | share a period                      |             | 0.02       | a
trust.learning                      | share a period                      |             | 0.05       | a
trust.norm_shock                    |                                     |             | 0.125      | a
trust.lie                           | a period                            |             | 0.01       | a
quits.base                          | a shift                             |             | 0.003      | p
quits.strain                        | exponent                            |             | 1.5        | p
quits.morale                        | exponent                            |             | 3          | p
quits.wage                          | exponent                            |             | 1          | p
accidents.base                      | a shift                             |             | 0.0002     | a
accidents.fatigue                   | exponent                            |             | 1          | a
accidents.strain                    | exponent                            |             | 1          | a
recruits.skill                      | share of own ability                |             | 0.7        | a
recruits.learning                   | shifts                              |             | 75         | a
"""

#: What is declared otherwise, by address; a decision says why.
DIFFERS = {
    "effort.noise": {"bounds": "above 0, at most 3"},
    "honesty.complicity": {"bounds": "0 to 1", "grade": A},
    "honesty.log_sd": {"grade": A},
    "honesty.moral_cost": {"grade": A},
    "honesty.foresight": {"grade": ""},
    "strain.recovery": {"grade": A},
    "strain.sustainable": {"grade": A},
    "quits.base": {"grade": A},
    "quits.strain": {"grade": A},
    "quits.morale": {"grade": A},
    "quits.wage": {"grade": A},
    "audits.aim": {"grade": ""},
    "audits.fixed_fine": {"grade": A},
}


@dataclass(frozen=True)
class Row:
    address: str
    unit: str
    bounds: str
    default: str
    grade: str


def typed(table: str) -> list[Row]:
    grades = {"p": P, "a": A, "": ""}
    cells = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [Row(*row[:4], grades[row[4] if len(row) > 4 else ""]) for row in cells]


DECLARED = {one.address: one for kind in (Campaign, Workforce) for one in parameters(kind)}
ROWS = [*typed(CAMPAIGN), *typed(WORKFORCE)]


def within(bounds: str, declared: str) -> bool:
    """Whether bounds are those of the design; a bound that it leaves open may be declared."""
    if not bounds or declared == bounds:
        return True
    low = bounds.removeprefix("at least ").removeprefix("above ")
    strict = bounds.startswith("above ")
    opening = f"above {low}, at most " if strict else f"{low} to "
    return " to " not in bounds and declared.startswith(opening)


@pytest.mark.parametrize("row", ROWS, ids=[row.address for row in ROWS])
def test_a_parameter_is_what_the_design_says(row: Row) -> None:
    declared: Parameter = DECLARED[row.address]
    assert declared.title
    assert not row.unit or declared.unit == row.unit
    differs = DIFFERS.get(row.address, {})
    if "bounds" in differs:
        assert declared.bounds == differs["bounds"] != row.bounds
    else:
        assert within(row.bounds, declared.bounds)
    assert not row.default or declared.default == row.default
    grade = differs.get("grade", row.grade)
    assert not (row.grade or grade) or declared.grade == grade


def test_a_decision_speaks_of_every_difference() -> None:
    text = next(DECISIONS.glob("*-grades-say-what-a-source-shows.md")).read_text(encoding="utf-8")
    assert [address for address in DIFFERS if f"`{address}`" not in text] == []


def test_what_the_project_adds_is_known() -> None:
    added = {a for a in DECLARED if a not in {row.address for row in ROWS}}
    assert added == {
        "format",
        "campaign.summary",
        "campaign.currency.parts",
        "campaign.evidence",
        "workforce.title",
        "workforce.evidence",
        "norms.orders.*.at",
        "norms.orders.*.branch",
        "pay.reference_date",
        "audits.deduction",
        "discipline.leaving",
        "changes.*.note",
        "changes.*.source",
        "size.workers.*.at",
        "size.workers.*.workers",
        "aspiration.belief",
        "foresight.learning",
    }


def test_what_is_assumed_or_published_says_so_once() -> None:
    for one in DECLARED.values():
        assert one.grade in ("", "assumed", "published", "measured")
        assert one.grade != "published" or one.source, f"{one.address} is published nowhere"


def test_the_library_workforce_has_the_defaults_where_nothing_else_is_said() -> None:
    people, plain = (
        load_workforce("soviet-industry"),
        Workforce.model_validate({"workforce": {"name": "x"}}),
    )
    differs = {
        address
        for address in plain.difference(people)
        if address.split(".")[0] not in ("workforce", "size", "branches")
    }
    assert differs == {"quits.base"}  # as a decision says
