"""The one theme of all charts: colours by role, in light and in dark, sizes and type."""

from __future__ import annotations

from typing import Any

#: Colours by role, for a light page and for a dark one. Lines 1 to 3 differ in lightness as well as
#: in hue, so that they stay apart in print and for most readers who see few colours.
LIGHT = {
    "ink": "#1d2327",
    "soft": "#5b646b",
    "rule": "#dfe2e1",
    "line-1": "#b3261e",
    "line-2": "#1f5f8b",
    "line-3": "#97700a",
    "line-4": "#4b7f52",
}
DARK = {
    "ink": "#e9ebea",
    "soft": "#a3abb0",
    "rule": "#363c40",
    "line-1": "#ff8a7d",
    "line-2": "#7cbcea",
    "line-3": "#dfb84f",
    "line-4": "#93c99b",
}
FONT = "system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"

#: Drawn small with large type: a page 360 pixels wide shrinks a chart by a quarter at most.
WIDTH, HEIGHT = 300, 190


def config() -> dict[str, Any]:
    """The theme as a Vega-Lite configuration."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13}
    ink = {"labelColor": LIGHT["soft"], "titleColor": LIGHT["soft"], "titleFontWeight": "normal"}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": HEIGHT},
        "axis": {
            **text,
            **ink,
            "gridColor": LIGHT["rule"],
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "labelFlush": True,
        },
        "axisX": {"grid": False, "tickCount": 5},
        "axisY": {
            "tickCount": 4,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleX": -30,
            "titleY": -12,
            "labelFlush": False,
        },
        "legend": {
            "orient": "top",
            "direction": "horizontal",
            "title": None,
            "labelFont": FONT,
            "labelFontSize": 13,
            "labelColor": LIGHT["ink"],
            "labelLimit": 260,
            "symbolStrokeWidth": 3,
            "symbolSize": 140,
            "columnPadding": 12,
            "offset": 30,
        },
        "line": {"strokeCap": "round", "strokeJoin": "round"},
    }


def variables(palette: dict[str, str]) -> str:
    """A palette as CSS custom properties."""
    return " ".join(f"--chart-{role}: {colour};" for role, colour in palette.items())
