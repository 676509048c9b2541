"""A picture of brigades at work: who made what, who reported what, against which norm, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from stakhanov.engine.sight import Brigade, Sight, Worker
from stakhanov.web.rendering import rendered

#: Brigades that are watched in a run of the laboratory.
WATCHED = 2
#: Pixels: a worker's place, the room for the columns, and what lies left, above and below them.
SLOT, HIGH, LEFT, TOP, FEET = 16.0, 132.0, 30.0, 20.0, 46.0
COLUMN = 9.0
#: Norm-units that the picture spans at least.
LEAST = 2.0
#: Strain at which a figure is filled: it halves productivity.
WORN = 1.0


@dataclass(frozen=True)
class Scale:
    """From norm-units a shift to places in the picture."""

    most: float

    @classmethod
    def of(cls, sight: Sight) -> Scale:
        """Room above the norms that hold, in steps of half a norm-unit, so that it rarely changes."""
        norms = [one.norm for brigade in sight for one in brigade.workers]
        return cls(max(LEAST, (3.2 * max(norms, default=1.0) + 0.999) // 1 / 2.0))

    def up(self, value: float) -> float:
        """Pixels from the top."""
        return TOP + HIGH * (1.0 - min(value, self.most) / self.most)


def brigades_html(sight: Sight, when: str) -> str:
    """The picture of one period as a part of a page: drawings, what they say in words, and the table."""
    if not sight:
        return ""
    scale = Scale.of(sight)
    drawn = [
        {"name": _name(one), "svg": _svg(one, scale), "said": said_of(one.workers)} for one in sight
    ]
    rows = [
        _row(brigade, place, one)
        for brigade in sight
        for place, one in enumerate(brigade.workers, 1)
    ]
    everybody = tuple(one for brigade in sight for one in brigade.workers)
    return rendered("brigades.html", drawn=drawn, rows=rows, when=when, said=said_of(everybody))


def said_of(workers: tuple[Worker, ...]) -> str:
    """What a picture shows, in words."""
    reach = sum(one.reported >= one.norm for one in workers)
    made = sum(one.true >= one.norm for one in workers)
    parts = [f"Of {len(workers)} at work {reach} report their norm or more, {made} made it"]
    padded, left = sum(one.padded for one in workers), sum(one.left for one in workers)
    if padded:
        caught = sum(one.caught for one in workers)
        parts.append(f"{padded} padded" + (f", {caught} of them caught" if caught else ""))
    if left:
        parts.append(f"{left} left")
    strain = sum(one.strain for one in workers) / max(len(workers), 1)
    return f"{'; '.join(parts)}. Mean strain {strain:.2f}."


def _name(brigade: Brigade) -> str:
    return f"{brigade.branch.replace('-', ' ').capitalize()}, brigade {brigade.number}"


def _row(brigade: Brigade, place: int, one: Worker) -> dict[str, Any]:
    marks = [
        word
        for word, there in (
            ("padded", one.padded),
            ("caught", one.caught),
            ("title", one.titled),
            ("record", one.record),
            ("left", one.left),
        )
        if there
    ]
    return {
        "who": f"{_name(brigade)}, place {place}",
        "reported": f"{100 * one.reported / one.norm:.0f}",
        "true": f"{100 * one.true / one.norm:.0f}",
        "norm": f"{one.norm:.2f}",
        "strain": f"{one.strain:.2f}",
        "morale": f"{one.morale:.2f}",
        "marks": ", ".join(marks),
    }


def _svg(brigade: Brigade, scale: Scale) -> str:
    wide, tall = LEFT + SLOT * len(brigade.workers) + 4.0, TOP + HIGH + FEET
    label = escape(f"{_name(brigade)}. {said_of(brigade.workers)}")
    base, first = scale.up(0.0), scale.up(1.0)
    grid = "".join(
        f'<text class="scale" x="{LEFT - 5:.0f}" y="{scale.up(mark) + 4:.1f}">{mark:g}</text>'
        for mark in range(int(scale.most) + 1)
    )
    people = "".join(_worker(one, place, scale) for place, one in enumerate(brigade.workers))
    return (
        f'<svg class="brigade" role="img" aria-label="{label}" viewBox="0 0 {wide:.0f} {tall:.0f}">{grid}'
        f'<line class="first" x1="{LEFT:.0f}" x2="{wide:.0f}" y1="{first:.1f}" y2="{first:.1f}"/>'
        f'<line class="floor" x1="{LEFT:.0f}" x2="{wide:.0f}" y1="{base:.1f}" y2="{base:.1f}"/>{people}</svg>'
    )


def _worker(one: Worker, place: int, scale: Scale) -> str:
    """A column for what was made, a paler one on it for what was only reported, and who stands below."""
    left = LEFT + SLOT * place
    column, middle = left + (SLOT - COLUMN) / 2.0, left + SLOT / 2.0
    made, told, base = scale.up(one.true), scale.up(one.reported), scale.up(0.0)
    high = max(base - made, 0.0)
    padded = max(made - told, 0.0) if one.padded else 0.0
    norm = scale.up(one.norm)
    top = min(made, told)
    words = "left" if one.left else "stays"
    return (
        f'<g class="worker {words}"><title>{escape(_said(one))}</title>'
        f'<rect class="made" x="{column:.1f}" y="{made:.1f}" width="{COLUMN:g}" height="{high:.1f}"/>'
        f'<rect class="padded" x="{column:.1f}" y="{told:.1f}" width="{COLUMN:g}" height="{padded:.1f}"/>'
        f'<line class="norm" x1="{left:.1f}" x2="{left + SLOT:.1f}" y1="{norm:.1f}" y2="{norm:.1f}"/>'
        f'<text class="mark" x="{middle:.1f}" y="{top - 4:.1f}">{_mark(one)}</text>'
        f"{_figure(one, middle, base)}</g>"
    )


def _figure(one: Worker, middle: float, base: float) -> str:
    """A head that smiles or not with morale, and shoulders filled as far as strain goes."""
    head, bend = base + 13.0, 7.0 * max(-0.5, min(one.morale - 1.0, 0.4))
    body = f"M{middle - 6:.1f} {base + 36:.1f}v-7q0 -8 6 -8t6 8v7z"
    filled = min(one.strain / WORN, 1.0)
    return (
        f'<path class="body" d="{body}"/><path class="strain" d="{body}" fill-opacity="{filled:.2f}"/>'
        f'<circle class="head" cx="{middle:.1f}" cy="{head:.1f}" r="5.5"/>'
        f'<path class="mouth" d="M{middle - 2.6:.1f} {head + 2 - bend / 2:.1f}q2.6 {bend:.1f} 5.2 0"/>'
    )


def _mark(one: Worker) -> str:
    """A flag for who holds the record of the branch, a star for the title."""
    if one.record:
        return "\u2691"
    return "\u2605" if one.titled else ""


def _said(one: Worker) -> str:
    padded = (
        f", {100 * (one.reported - one.true) / one.norm:.0f} % of it padded" if one.padded else ""
    )
    words = [
        f"Reports {100 * one.reported / one.norm:.0f} % of the norm{padded}.",
        f"Strain {one.strain:.2f}, morale {one.morale:.2f}.",
        *["Caught by an audit."] * one.caught,
        *["Has reached the title."] * one.titled,
        *["Holds the record of the branch."] * one.record,
        *["Left; a successor takes the place."] * one.left,
    ]
    return " ".join(words)
