"""What was measured over a grid of two parameters."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.frame import SMALL, Size, below
from stakhanov.charts.lettering import TYPE, width_of
from stakhanov.charts.marks import data_of, short
from stakhanov.charts.theme import LIGHT

#: A cell that is narrower than this has no room for its number, in pixels.
CELL = 38.0
#: How strong the colour of the least cell is, and of the largest: ink is read on both, on a light page and
#: on a dark one. A colour mixed from two would be the light page's on both.
SHADES = [0.04, 0.38]


def heat(table: pl.DataFrame, titles: tuple[str, str], *, size: Size = SMALL) -> alt.LayerChart:
    """A cell for every place of the grid, stronger for more, with its number where there is room.

    `table`: x, y (text or numbers, in the order of the table) and value. `titles`: what the axes say.
    """
    across = table["x"].unique(maintain_order=True).to_list()
    down = table["y"].unique(maintain_order=True).to_list()
    beside = max((width_of(str(one)) for one in down), default=0.0) + 24.0
    width, height = size.width - beside - 10.0, size.height - 60.0
    values = [float(value) for value in table["value"]]
    low, high = min(values), max(values)
    told = table.with_columns(pl.col("value").map_elements(short, pl.String).alias("said"))
    x = alt.X(
        "x:O",
        title=below(titles[0], size, beside, 10.0),
        sort=across,
        axis=alt.Axis(labelAngle=0, ticks=False, labelOverlap=True),
    )
    # The title lies beside a grid of names, not above it: there is no number to begin at.
    y = alt.Y("y:O", title=titles[1], sort=down[::-1], axis=alt.Axis(titleX=-beside + 10.0))
    shade = alt.FillOpacity(
        "value:Q", scale=alt.Scale(domain=[low, high], range=SHADES), legend=None
    )
    base = data_of(told)
    cells = base.mark_rect(fill=LIGHT["true"], stroke=LIGHT["paper"], strokeWidth=1)
    layers = [cells.encode(x=x, y=y, fillOpacity=shade)]
    if width / max(len(across), 1) >= CELL and height / max(len(down), 1) >= TYPE + 4:
        text = base.mark_text(color=LIGHT["ink"], fontSize=TYPE - 1)
        layers.append(text.encode(x=x, y=y, text=alt.Text("said:N")))
    return alt.LayerChart(layer=layers, width=width, height=height)
