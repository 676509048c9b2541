"""A run as text with charts: what the terminal shows when a run is done.

Four shapes say the same everywhere: what was made, what only the reports say, what was made but
reported elsewhere, and a mark for the plan or the norm. They need no colour.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from stakhanov.engine.portrait import name_of
from stakhanov.engine.results import Run
from stakhanov.engine.shown import shown
from stakhanov.foundation.measures import MEASURES
from stakhanov.summary.fit import FitRow, fit_rows, fit_sentence
from stakhanov.summary.headline import headline
from stakhanov.summary.open_run import NotInRun, OpenRun

#: Fewer columns are drawn as if there were so many.
LEAST = 40
#: From here on there is room for units and for every column of the table against history.
WIDE = 72
#: The most rows that a chart over time has.
ROWS = 12
LINES = (
    ("norm_level", "norm"),
    ("fulfilment_mean", "fulfilment"),
    ("pay_mean", "pay"),
    ("record_level", "record"),
    ("morale_mean", "morale"),
    ("trust_mean", "trust"),
    ("strain_mean", "strain"),
    ("quit_rate", "quits"),
)
FIRST_BIN, LAST_BIN, STEP = 40, 220, 10
#: Shares of reports below this, in per cent, are left out at both ends of the histogram.
FEW = 0.05


@dataclass(frozen=True)
class Ink:
    """The characters that charts are drawn with."""

    ramp: str  # from nothing to full
    made: str
    paper: str  # reported, but never made
    elsewhere: str  # made, but reported elsewhere
    mark: str


BLOCKS = Ink(" \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588", "\u2588", "\u2592", "\u00b7", "|")
PLAIN = Ink(" .:-=+*#@", "#", "=", ".", "|")


def render(run: Run, *, width: int = 100, blocks: bool = True) -> str:
    """Everything a terminal shows of a run. Raises BadInput if the run's record cannot be read.

    `width` is in characters; without `blocks` all of them are ASCII.
    """
    opened, ink, room = OpenRun.of(run), BLOCKS if blocks else PLAIN, max(width, LEAST)
    parts = [
        [*_wrapped(name_of(run.record), room), *_wrapped(f"{headline(opened)}.", room)],
        output_chart(opened, room, ink),
        courses(opened, room, ink),
        histogram(opened, room, ink),
        measures(opened, room),
        history(fit_rows(opened), room),
    ]
    text = "\n\n".join("\n".join(lines) for lines in parts if lines)
    return text if blocks else text.encode("ascii", "replace").decode()


def output_chart(opened: OpenRun, room: int, ink: Ink) -> list[str]:
    """Output as made and as reported, with a mark for the plan: a bar for each year or stretch."""
    spans = _spans(opened)
    names = ("true_output", "reported_output", "plan")
    rows = [(name, [opened.mean(n, span) for n in names]) for name, span in spans]
    unit = "year" if len(opened.years()) >= 2 else "period"
    first = max(len(unit), *(len(name) for name, _ in spans))
    told = f"{unit:{first}}   made  told  plan  "
    most = max(max(values) for _, values in rows)
    if not math.isfinite(most) or most <= 0.0:
        return []
    scale = (room - len(told) - 1) / most
    key = f"{ink.made} made, {ink.paper} only reported, {ink.mark} the plan"
    lines = [*_wrapped(f"output per worker and shift, norm-units: {key}", room), told.rstrip()]
    for name, (true, reported, plan) in rows:
        bar = _bar(true * scale, reported * scale, ink)
        bar = _marked(bar, round(plan * scale), ink.mark)
        numbers = f"{true:6.2f}{reported:6.2f}{plan:6.2f}"
        lines.append(f"{name:{first}} {numbers}  {bar}".rstrip())
    return lines


def courses(opened: OpenRun, room: int, ink: Ink) -> list[str]:
    """Other series as lines of characters, each between its own lowest and highest value."""
    label, number = 11, 8
    free = room - label - 2 * number - 3
    lines = [f"{'':{label}}{'first':>{number}} {'over time':{free}} {'last':>{number}}"]
    for name, title in LINES:
        try:
            values = opened.column(name) * shown(name, opened.campaign).factor
        except NotInRun:
            continue
        ends = _short(float(values[0])), _short(float(values[-1]))
        drawn = line_of(values.tolist(), free, ink.ramp)
        lines.append(f"{title:{label}}{ends[0]:>{number}} {drawn:{free}} {ends[1]:>{number}}")
    return [line.rstrip() for line in lines]


def line_of(values: list[float], room: int, ramp: str) -> str:
    """A series as one line of characters between its lowest and its highest value."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return "nothing to draw"
    count = min(room, len(values))
    edges = [i * len(values) // count for i in range(count + 1)]
    parts = [values[a:b] for a, b in pairwise(edges)]
    means = [sum(part) / len(part) for part in parts]
    low, high = min(finite), max(finite)
    if high - low <= 1e-9 * max(abs(high), 1.0):
        return ramp[len(ramp) // 2] * count
    top = len(ramp) - 2
    return "".join(
        " " if not math.isfinite(mean) else ramp[1 + round((mean - low) / (high - low) * top)]
        for mean in means
    )


def histogram(opened: OpenRun, room: int, ink: Ink) -> list[str]:
    """Fulfilment in the last year in bars of ten per cent, reported and made; the norm has a mark."""
    years = opened.years()
    span = opened.year(years[-1]) if years else slice(0, opened.periods)
    try:
        reported, true = (_shares(opened, kind, span) for kind in ("reported", "true"))
    except NotInRun:
        return []
    used = np.flatnonzero((reported >= FEW) | (true >= FEW))
    norm = (100 - FIRST_BIN) // STEP
    first, last = min(int(used.min()), norm), max(int(used.max()), norm)
    note = f" {ink.mark} the norm"
    scale = (room - 18 - len(note)) / max(float(np.max([reported, true])), 1e-9)
    when = f"in {years[-1]}" if years else "over the run"
    key = f"{ink.made} made, {ink.paper} only reported, {ink.elsewhere} made but reported elsewhere"
    title = f"reports {when} by per cent of the norm: {key}"
    lines = _wrapped(title, room)
    for place in range(first, last + 1):
        start = FIRST_BIN + place * STEP
        edge = "less" if place == 0 else "more" if start == LAST_BIN else ""
        bar = _bar(true[place] * scale, reported[place] * scale, ink)
        mark = note if start == 100 else ""
        lines.append(f"{start:>4} {edge:4} {reported[place]:5.1f} % {bar}{mark}".rstrip())
    return lines


def measures(opened: OpenRun, room: int) -> list[str]:
    """Every measure of the whole run with its unit."""
    lines = ["over the whole run"]
    wide = max(len(MEASURES[name].title) for name in opened.run.measures)
    for name, one in opened.run.measures.items():
        if name == "stakhanovite_share" and not opened.titled:
            continue
        known = shown(name, opened.campaign)
        line = f"{known.title:{wide}} {_short(float(one['value']) * known.factor):>8}"
        whole = f"{line}  {known.unit}"
        lines += [whole] if len(whole) <= room else [line, f"    {known.unit}"]
    return lines


def history(rows: list[FitRow], room: int) -> list[str]:
    """What was tested against history, whatever does not fit, and how many figures do."""
    if not rows:
        return []
    told = [row for row in rows if row.inside is False or row.role == "tested"]
    lines = ["model against history"]
    for row in told:
        verdict = {True: "fits", False: "DOES NOT FIT", None: "not told"}[row.inside]
        model = "" if row.model is None else _short(row.model)
        numbers = f"history {_band(row)}, model {model}{f' {row.unit}' if row.unit else ''}"
        if room >= WIDE:
            lines += _wrapped(f"{verdict:12}  {row.target}: {numbers}", room, "              ")
        else:
            lines += _wrapped(f"{verdict}: {row.target}", room, "  ")
            lines += _wrapped(numbers, room, "  ", first="  ")
    return [*lines, *_wrapped(fit_sentence(rows), room)]


def _band(row: FitRow) -> str:
    low, high = ("" if value is None else _short(value) for value in (row.low, row.high))
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"to {high}"


def _spans(opened: OpenRun) -> list[tuple[str, slice]]:
    """The run in at most so many stretches: years where there are two, else periods."""
    years = opened.years()
    if len(years) >= 2:
        names = [(f"{year}", opened.year(year)) for year in years]
    else:
        names = [(f"{period + 1}", slice(period, period + 1)) for period in range(opened.periods)]
    step = math.ceil(len(names) / ROWS)
    grouped = [names[i : i + step] for i in range(0, len(names), step)]
    return [
        (
            part[0][0] if len(part) == 1 else f"{part[0][0]}-{part[-1][0]}",
            slice(part[0][1].start, part[-1][1].stop),
        )
        for part in grouped
    ]


def _shares(opened: OpenRun, kind: str, span: slice) -> np.ndarray:
    """Per cent of worker-periods in bars of ten per cent, the first and the last open."""
    counts = opened.counts(kind, span)
    places = np.clip(np.arange(counts.size), FIRST_BIN, LAST_BIN) - FIRST_BIN
    sums = np.bincount(places // STEP, weights=counts)
    return np.asarray(100.0 * sums / max(float(sums.sum()), 1.0))


def _bar(true: float, reported: float, ink: Ink) -> str:
    """What was both made and reported, then what only one of the two has."""
    both, told, made = round(min(true, reported)), round(reported), round(true)
    return ink.made * both + ink.paper * (told - both) + ink.elsewhere * (made - both)


def _marked(bar: str, place: int, mark: str) -> str:
    """The bar with a mark at a place, within it or beyond."""
    padded = bar.ljust(place + 1)
    return padded[:place] + mark + padded[place + 1 :]


def _wrapped(text: str, room: int, indent: str = "", *, first: str = "") -> list[str]:
    return textwrap.wrap(text, room, initial_indent=first, subsequent_indent=indent)


def _short(value: float) -> str:
    if not math.isfinite(value):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"
