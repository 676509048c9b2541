"""Runs: what a claim rests on was run, by this engine, and still supports it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from stakhanov.experiments.declaration import Expectation
from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.lint.registry import Desk, known, on_pages
from stakhanov.guide.live import printed
from stakhanov.guide.lock import Held, bar_of, said

STALE = known(
    "stale-result", "a run is not of the experiment as it stands, or of this engine", Level.WARN
)
FAILED = known("expectation-failed", "the run does not support the claim")
MOVED = known("expectation-moved", "an expectation was changed after its first run", Level.WARN)


@on_pages
def runs(desk: Desk) -> Iterable[Finding]:
    """What each claim's run says."""
    for name, claim, _ in desk.claims():
        bound = claim.experiment
        declared = desk.guide.experiments.get(bound.id) if bound is not None else None
        if bound is None or declared is None:
            continue
        steps = ("claims", name, "experiment")
        if (reason := _stale(desk, bound.id)) is not None:
            finding = desk.at(STALE, f"{name}: {bound.id} must be run anew; found {reason}", *steps)
            yield replace(finding, level=Level.ERROR) if desk.release else finding
        expectation = declared.expectation(bound.expect)
        ran = desk.guide.lock.experiments.get(bound.id)
        held = ran.expectations.get(bound.expect) if ran is not None else None
        if held is None or expectation is None:
            continue
        if not (held.holds and _holds(expectation, held)):
            message = f"{name}: the run must hold {said(expectation)}; found {found(held)}"
            yield desk.at(FAILED, message, *steps)
        if held.moved or held.first != bar_of(expectation):
            message = (
                f"{name}: the expectation {bound.expect} must stand as before its first run;"
                f" found it changed after the result was known"
            )
            yield desk.at(MOVED, message, *steps)


def _stale(desk: Desk, name: str) -> str | None:
    """Why a run must be made anew; None where it stands."""
    ran = desk.guide.lock.experiments.get(name)
    if ran is None:
        return "no run (stakhanov guide verify makes it)"
    if ran.hash != desk.guide.experiments[name].digest:
        return "one of another declaration"
    if desk.engine and ran.engine != desk.engine:
        return f"one of an older engine, {ran.engine}"
    age = (date.today() - date.fromisoformat(ran.on)).days if ran.on else 0
    most = desk.guide.about.policy.experiment_max_age_days
    return f"one of {age} days ago, over {most}" if age > most else None


def _holds(expectation: Expectation, held: Held) -> bool:
    """Whether the locked numbers hold the expectation as it stands, whatever the lock says of it."""
    from stakhanov.experiments.intervals import Interval
    from stakhanov.experiments.verdict import holds

    low = math.nan if held.low is None else held.low
    high = math.nan if held.high is None else held.high
    return holds(expectation, Interval(held.difference, low, high))


def found(held: Held) -> str:
    """What came of an expectation, in words."""
    edges = (
        ""
        if held.low is None or held.high is None
        else f" (95 %: {printed(held.low)} to {printed(held.high)})"
    )
    return f"a difference of {printed(held.difference)}{edges}"
