"""Charts of locked runs as questions: which of four sentences does the run support?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stakhanov.experiments.declaration import Expectation
from stakhanov.guide.experiments import Declared
from stakhanov.guide.guides import Guide
from stakhanov.guide.lock import Held, Ran
from stakhanov.guide.measured import titled
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.choosing import Bar, Chart, Choosing
from stakhanov.guide.terms import Choices

ASK = "Read the chart of a run, “{title}”. What does it support?"


def charts_to_read(guide: Guide, page: Page) -> Iterator[Choosing]:
    """The runs behind a page's claims, each expectation once, where they hold and two arms are compared."""
    seen: set[tuple[str, str]] = set()
    for name, claim in page.term.claims.items():
        bound = claim.experiment
        if bound is None or (bound.id, bound.expect) in seen:
            continue
        seen.add((bound.id, bound.expect))
        declared, ran = guide.experiments.get(bound.id), guide.lock.experiments.get(bound.id)
        expectation = declared.expectation(bound.expect) if declared is not None else None
        held = ran.expectations.get(bound.expect) if ran is not None else None
        if declared is None or ran is None or expectation is None or held is None:
            continue
        chart = _chart(declared, ran, expectation)
        if chart is not None and _clear(expectation, held):
            yield _asked(name, declared, expectation, chart)


def _clear(expectation: Expectation, held: Held) -> bool:
    """Whether the run holds, and its interval tells one side from the other where one is expected."""
    if not held.holds or held.low is None or held.high is None:
        return False
    return expectation.op == "=" or held.low > 0.0 or held.high < 0.0


def _chart(declared: Declared, ran: Ran, expectation: Expectation) -> Chart | None:
    """The arms of an experiment in the measure of an expectation; none unless two arms are compared there."""
    titles, measure = declared.experiment.titles, expectation.measure
    results = {
        arm: found[measure]
        for arm in titles
        if (found := ran.arms.get(arm)) is not None and measure in found
    }
    if expectation.than is not None or not {expectation.arm, expectation.versus} <= set(results):
        return None
    if expectation.arm == expectation.versus:
        return None
    bars = tuple(Bar(titles[arm], one.mean, one.low, one.high) for arm, one in results.items())
    unit = results[expectation.arm].unit
    return Chart(ASK.format(title=declared.experiment.title), titled(measure), unit, bars)


def _asked(name: str, declared: Declared, expectation: Expectation, chart: Chart) -> Choosing:
    experiment = declared.experiment
    arm, versus = (
        f"“{experiment.titles[str(one)]}”" for one in (expectation.arm, expectation.versus)
    )
    measure = chart.measure[:1].lower() + chart.measure[1:]
    said = {
        ">": f"In our model: more under {arm} than under {versus} ({measure})",
        "<": f"In our model: less under {arm} than under {versus} ({measure})",
        "=": f"In our model: about the same under {arm} and under {versus} ({measure})",
    }
    right = said.pop(expectation.op[0])
    wrong = [*said.values()]
    if experiment.does_not_support:
        wrong.append(re.split(r"[.;:]", experiment.does_not_support)[0].strip())
    answer = expectation.says or right
    return Choosing(
        "chart",
        name,
        "interpret",
        f"{chart.ask} {chart.said}",
        Choices(right=right, wrong=tuple(wrong)),
        f"{answer} {_limits(experiment.does_not_support)}".strip(),
        f"{experiment.title}: {right}",
        chart,
    )


def _limits(text: str) -> str:
    return f"It does not support this: {text}" if text else ""
