"""The one theme of all charts: colours by role, in light and in dark, sizes and type."""

from __future__ import annotations

from typing import Any

from stakhanov.charts.lettering import TYPE

#: Colours by role, for a light page and for a dark one. Every colour of a palette stands once: a
#: drawing is recoloured by it. Roles differ in lightness, width or dash as well as in hue, so that
#: they stay apart in print and for readers who see few colours.
LIGHT = {
    "paper": "#fbfaf6",
    "ink": "#1a1c1e",
    "soft": "#5a5f64",
    "rule": "#dedbd3",
    "true": "#12304d",
    "reported": "#b5470b",
    "plan": "#57606b",
    "norm": "#1b1d20",
    "second": "#0b7268",
    "third": "#7b3f98",
}
DARK = {
    "paper": "#14171a",
    "ink": "#ecebe6",
    "soft": "#abafb3",
    "rule": "#343a3e",
    "true": "#e2edf7",
    "reported": "#ff9a57",
    "plan": "#a9b5bd",
    "norm": "#edece7",
    "second": "#4fc3b4",
    "third": "#d0a0e8",
}
#: Faces as wide as the one that drawings are measured with.
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"


def config() -> dict[str, Any]:
    """The theme as a Vega-Lite configuration."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": TYPE, "titleFontSize": TYPE}
    ink = {"labelColor": LIGHT["soft"], "titleColor": LIGHT["soft"], "titleFontWeight": "normal"}
    return {
        "background": "transparent",
        "font": FONT,
        "padding": 2,
        "view": {"stroke": None},
        "axis": {
            **text,
            **ink,
            "gridColor": LIGHT["rule"],
            "domainColor": LIGHT["soft"],
            "tickColor": LIGHT["soft"],
            "labelPadding": 5,
            "labelLimit": 400,
        },
        "axisX": {"grid": False, "tickSize": 4, "titlePadding": 4},
        "axisY": {
            "domain": False,
            "ticks": False,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleBaseline": "bottom",
            "titleX": 0,
        },
        "header": {
            **text,
            "labelColor": LIGHT["ink"],
            "labelFontWeight": 600,
            "labelAnchor": "start",
            "title": None,
        },
        "text": {"font": FONT, "fontSize": TYPE, "color": LIGHT["ink"]},
        "title": {
            "font": FONT,
            "color": LIGHT["ink"],
            "anchor": "start",
            "fontSize": 16,
            "offset": 14,
            "subtitleFont": FONT,
            "subtitleColor": LIGHT["soft"],
            "subtitleFontSize": TYPE,
        },
        "line": {"strokeCap": "butt", "strokeJoin": "round"},
    }


def variables(palette: dict[str, str]) -> str:
    """A palette as CSS custom properties."""
    return " ".join(f"--chart-{role}: {colour};" for role, colour in palette.items())


def schemes(own: str) -> str:
    """Both palettes as rules of a style sheet, with further custom properties.

    Light or dark as the reader's system asks, or as the root's `data-theme` says; paper is always light.
    """
    dark = f"color-scheme: dark; {variables(DARK)}"
    return (
        f":root {{ color-scheme: light; {variables(LIGHT)} {own} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}\n"
        f"@media screen {{ :root[data-theme=dark] {{ {dark} }} }}\n"
    )
