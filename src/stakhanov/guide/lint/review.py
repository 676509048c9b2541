"""Review: a page that says it was reviewed says by whom and when, and a review grows old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.lint.registry import Desk, known, on_pages

OLD = known("review-out-of-date", "a page was last read over a year ago", Level.WARN)
NAMELESS = known("review-without-reader", "a page says it was reviewed, not by whom and when")


@on_pages
def old(desk: Desk) -> Iterable[Finding]:
    """Pages read too long ago, or on a day that is still to come."""
    reviewed = desk.page.term.reviewed
    if reviewed.on is None:
        return
    age = (date.today() - reviewed.on).days
    most = desk.guide.about.policy.review_max_age_days
    if age > most:
        message = (
            f"claims must have been read within {most} days; found the last time {age} days ago"
        )
        yield desk.at(OLD, message, "reviewed")


@on_pages
def nameless(desk: Desk) -> Iterable[Finding]:
    """Reviews without a reader or a day, and reviews of days that are still to come."""
    reviewed = desk.page.term.reviewed
    if reviewed.status == "reviewed" and not (reviewed.by.strip() and reviewed.on):
        missing = "nobody" if not reviewed.by.strip() else "no day"
        message = f"a reviewed page must say by whom and on which day; found {missing}"
        yield desk.at(NAMELESS, message, "reviewed")
    if reviewed.on is not None and reviewed.on > date.today():
        message = f"the day of a review must not lie ahead; found {reviewed.on}"
        yield desk.at(NAMELESS, message, "reviewed")
