"""Drawings of charts, made on this machine: SVG for pages, PNG for everything else."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from stakhanov.charts.theme import DARK, LIGHT, config

Drawing = alt.Chart | alt.LayerChart | alt.FacetChart


def spec_of(
    chart: Drawing, titles: tuple[str, str] | None = None, *, dark: bool = False
) -> dict[str, Any]:
    """A chart as a Vega-Lite specification in the theme; `titles`: title and sentence, if wanted."""
    # The types of all fields are given and drawing fails on what is wrong: checking every row
    # against the schema would cost more than the drawing.
    with debug_mode(False), alt.data_transformers.enable("default", max_rows=None):
        spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["config"] = config()
    if titles is not None:
        # With a title above it nothing has to stand in line with others: all finds its own room.
        spec.pop("autosize", None)
        spec["padding"] = 12
        spec["title"] = {"text": titles[0], "subtitle": _broken(titles[1])}
        spec["background"] = LIGHT["paper"]
    if not dark:
        return spec
    pairs = {LIGHT[role]: DARK[role] for role in LIGHT}
    recoloured: dict[str, Any] = _recoloured(spec, pairs)
    return recoloured


def svg_of(chart: Drawing, label: str, name: str) -> str:
    """The chart as an SVG element that scales with the page.

    `label`: what the chart shows, in words. `name`: a word for its inner names, so that several
    charts may stand in one page. Colours are CSS variables with the light theme to fall back on.
    """
    spec = spec_of(chart)
    return _for_page(vl_convert.vegalite_to_svg(spec), label, name, _plot(spec))


def picture_of(spec: dict[str, Any]) -> str:
    """A specification as a whole SVG file."""
    drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn


def png_of(spec: dict[str, Any], scale: float) -> bytes:
    """A specification as a picture; `scale` 2 is sharp on a fine screen."""
    picture: bytes = vl_convert.vegalite_to_png(spec, scale=scale)
    return picture


def _plot(spec: dict[str, Any]) -> str:
    """Where a plot begins and how wide it is, for a page that reads numbers off it."""
    if spec.get("autosize") != "none":
        return ""
    return f' data-left="{spec["padding"]["left"]:.1f}" data-wide="{spec["width"]:.1f}"'


def _for_page(drawn: str, label: str, name: str, plot: str) -> str:
    drawn = re.sub(r'\s(?:aria-[\w-]+|role|class)="[^"]*"', "", drawn)
    drawn = re.sub(r'\sfont-family="[^"]*"', "", drawn)  # the page gives it
    drawn = re.sub(r'\bid="', f'id="{name}-', drawn)
    drawn = drawn.replace("url(#", f"url(#{name}-").replace('href="#', f'href="#{name}-')
    drawn = re.sub(r"<[^>]+>", _shortened, drawn)
    for role, colour in LIGHT.items():
        drawn = re.sub(re.escape(colour), f"var(--chart-{role}, {colour})", drawn, flags=re.I)
    head = re.match(r"<svg\b[^>]*>", drawn)
    assert head is not None
    box = re.search(r'viewBox="([^"]*)"', head[0])
    assert box is not None
    opened = f'<svg class="chart" role="img" aria-label="{escape(label)}" viewBox="{box[1]}"{plot}>'
    return opened + drawn[head.end() :]


def _shortened(tag: re.Match[str]) -> str:
    """An element with numbers to a tenth of a pixel in outlines, to a hundredth elsewhere."""
    short = re.sub(r"(?<=\d)(\.\d\d)\d+", r"\1", tag[0])
    return re.sub(r'(?<= d=")[^"]*', lambda d: re.sub(r"(\.\d)\d+", r"\1", d[0]), short)


def _recoloured(part: Any, pairs: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _recoloured(inner, pairs) for key, inner in part.items()}
    if isinstance(part, list):
        return [_recoloured(inner, pairs) for inner in part]
    return pairs.get(part, part) if isinstance(part, str) else part


def _broken(sentence: str, width: int = 56) -> list[str]:
    """A sentence in lines."""
    found = [""]
    for word in sentence.split():
        if found[-1] and len(found[-1]) + 1 + len(word) > width:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    return found
