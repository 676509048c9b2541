"""Periods by calendar: whole years, places on an axis, names."""

from __future__ import annotations

import pytest

from stakhanov.campaign import checked
from stakhanov.campaign.calendar import Calendar


def _calendar(start: str, periods: int, per_year: int = 12) -> Calendar:
    plain = {"campaign": {"name": "made", "start": start}, "plan": {"periods_per_year": per_year}}
    return Calendar(checked(plain), periods)


def test_only_whole_years_count() -> None:
    assert _calendar("1933-01-01", 24).years == [1933, 1934]
    assert _calendar("1933-03-01", 24).years == [1934]  # ten months, twelve, two
    assert _calendar("1933-01-01", 11).years == []
    assert _calendar("1933-01-01", 24).year(1934) == slice(12, 24)


def test_a_short_run_is_counted_by_period() -> None:
    short = _calendar("1933-01-01", 23)
    assert not short.by_year
    assert [short.place(period) for period in (0, 22)] == [1.0, 23.0]
    assert short.name(2) == "period 3"


def test_periods_stand_at_their_dates() -> None:
    months = _calendar("1933-01-01", 36)
    assert months.place(30) == pytest.approx(1935.5)
    assert months.name(30) == "Jul 1935"
    weeks = _calendar("2025-01-01", 110, 52)
    assert weeks.place(52) == pytest.approx(2026.0)
    assert weeks.name(1) == "2025-01-09"  # a 52nd of 365.25 days is 7.02: the 8th has some of both
