"""A run as one picture: how far each figure is from what is due."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import leather

from bench.protocol import Figure

_WIDTH: Final = 1100
_ROW: Final = 28
_DECOR: Final = 190  # title and axis
_MOST: Final = 3.0
GOOD, MISSED = "#2b8a3e", "#c92a2a"


def draw(title: str, named: Sequence[tuple[str, Figure]], file: Path) -> None:
    """Write an SVG with a bar for each figure of which something is due: from 1 on it is met, at 2 twice over."""
    bars = [
        (_fulfilled(figure), f"{name}: {figure.label}") for name, figure in reversed(named) if figure.met is not None
    ]
    chart = leather.Chart(title)
    chart.add_x_scale(0, _MOST)
    chart.add_x_axis(ticks=[0, 0.5, 1, 1.5, 2, 2.5, _MOST], name=f"times what is due (at most {_MOST:g} shown)")
    chart.add_bars(bars, fill_color=_colour)
    chart.to_svg(str(file), width=_WIDTH, height=_DECOR + _ROW * len(bars))


def _fulfilled(figure: Figure) -> float:
    """Return how many times better a figure is than it must be."""
    measured = figure.value if figure.ratio is None else figure.ratio
    times = measured / figure.at_least if figure.at_least else (figure.at_most or 0.0) / measured
    return min(times, _MOST)


def _colour(bar: leather.series.base.Datum) -> str:
    return GOOD if bar.x >= 1 else MISSED
