"""SVG of a chart, to stand inside a page: named for those who hear it, coloured by variables."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import altair as alt
import vl_convert

from stakhanov.charts.theme import LIGHT, config


def svg_of(chart: alt.Chart | alt.LayerChart, label: str, name: str) -> str:
    """The chart as an SVG element that scales with the page.

    `label`: what the chart shows, in words. `name`: a word for its inner names, so that several
    charts may stand in one page. Colours are CSS variables with the light theme to fall back on.
    """
    # The types of all fields are given and drawing fails on what is wrong: checking every row
    # against the schema would cost more than the drawing.
    with alt.data_transformers.enable("default", max_rows=None):
        spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["config"] = config()
    return _for_page(vl_convert.vegalite_to_svg(spec), label, name)


def _for_page(drawn: str, label: str, name: str) -> str:
    drawn = re.sub(r'\s(?:aria-[\w-]+|role)="[^"]*"', "", drawn)
    drawn = re.sub(r'\bid="', f'id="{name}-', drawn)
    drawn = drawn.replace("url(#", f"url(#{name}-").replace('href="#', f'href="#{name}-')
    for role, colour in LIGHT.items():
        drawn = re.sub(re.escape(colour), f"var(--chart-{role}, {colour})", drawn, flags=re.I)
    head = re.match(r"<svg\b[^>]*>", drawn)
    assert head is not None
    box = re.search(r'viewBox="([^"]*)"', head[0])
    assert box is not None
    opened = f'<svg class="chart" role="img" aria-label="{escape(label)}" viewBox="{box[1]}">'
    return opened + drawn[head.end() :]
