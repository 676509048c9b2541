"""Real reports with known answers: where they are, whose they are, and as report tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

SHIPPED = Path(__file__).with_name("data")
#: Arms of the effort experiment: a bonus for 2,000 points, and plain piece rates of 1, 4 and 10 cents.
BONUS = ("Gain 40c", "Loss 40c", "Gain 80c")
PIECE = ("1c PieceRate", "4c PieceRate", "10c PieceRate")
#: Months of providers with fewer attendances swing too much to say anything.
FEWEST_ATTENDANCES = 3000
#: What counts as on time: less than 15 minutes late; and the delay from which output is counted.
ON_TIME, LATEST = 14, 120


@dataclass(frozen=True)
class DataSet:
    """A data set: its name, its file, where it comes from, and why it does not ship if it does not."""

    name: str
    file: str
    title: str
    source: str
    kept_out: str = ""

    def find(self, folder: Path | None) -> Path | None:
        """Its file, in a folder or in the package; none if it is not at hand."""
        places = [place / self.file for place in (folder, SHIPPED) if place is not None]
        return next((place for place in places if place.is_file()), None)


GARMENT = DataSet(
    "garment-factory",
    "garment_productivity_2015.csv",
    "A garment factory's daily targets",
    "UCI Machine Learning Repository, data set 597, CC BY 4.0",
)
EMERGENCY = DataSet(
    "emergency-departments",
    "nhs_ae_attendances_2016_2019.csv",
    "The four-hour standard of English emergency departments",
    "NHS England, Open Government Licence v3.0; R package NHSRdatasets, CC0",
)
FLIGHTS = DataSet(
    "flights",
    "nyc_flights_2013_sample.csv",
    "Departures from New York in 2013: the negative control",
    "US Bureau of Transportation Statistics",
    "it does not ship with the package",
)
EFFORT = DataSet(
    "effort-experiment",
    "mturk_effort_18_treatments.csv",
    "Button presses under eighteen pay treatments",
    "DellaVigna and Pope (2018), Review of Economic Studies 85(2), replication archive",
    "it does not ship with the package",
)
SETS = (GARMENT, EMERGENCY, FLIGHTS, EFFORT)


def garment(place: Path) -> pl.DataFrame:
    """Team-days: the target is the norm, the department is the group."""
    return pl.read_csv(place, try_parse_dates=False).select(
        worker=pl.col("team").cast(pl.String),
        period=pl.col("date").str.to_date("%m/%d/%Y"),
        norm="targeted_productivity",
        reported="actual_productivity",
        group="department",
    )


def emergency(place: Path) -> pl.DataFrame:
    """Provider-months, all kinds of department together: the share seen within four hours, norm 95 %."""
    of_provider = (
        pl.read_csv(place)
        .group_by("org_code", "period")
        .agg(pl.col("attendances", "breaches").sum())
        .filter(pl.col("attendances") > FEWEST_ATTENDANCES)
    )
    return of_provider.select(
        worker="org_code",
        period=pl.col("period").str.to_date("%Y-%m-%d"),
        norm=pl.lit(0.95),
        reported=1.0 - pl.col("breaches") / pl.col("attendances"),
    ).sort("worker", "period")


def flights(place: Path) -> pl.DataFrame:
    """Flights by aircraft: minutes of arrival before a delay of two hours; the norm is to be on time."""
    known = pl.read_csv(place).drop_nulls("arr_delay")
    return known.select(
        worker="tailnum",
        period=pl.int_range(pl.len()),
        norm=pl.lit(float(LATEST - ON_TIME)),
        reported=(LATEST - pl.col("arr_delay")).cast(pl.Float64),
    )


def effort(place: Path) -> pl.DataFrame:
    """People with their points; the norm is the bonus at 2,000 points, the treatment is the group."""
    return pl.read_csv(place).select(
        worker=pl.int_range(pl.len()).cast(pl.String),
        period=pl.lit(1),
        norm=pl.lit(2000.0),
        reported=pl.col("buttonpresses").cast(pl.Float64),
        group="treatmentname",
    )
