"""Results as one table for people, and as JSON for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.protocol import PER, Cost, Figure, Result, Scenario, Sizes
from bench.usage import KINDS, Memory


def table(scenario: Scenario, sizes: Sizes, result: Result, memory: Mapping[str, Memory]) -> str:
    """Return the part of the table that one scenario fills: figures, processor time, memory."""
    said = ", ".join(f"{size:,} {name.replace('_', ' ')}" for name, size in sizes.items())
    lines = ["", f"{scenario.name}  {scenario.title}: {said}"]
    lines.append(_line("", ["median", "SQL alone", "ratio", "due", ""]))
    lines += [_line(f"{each.label}, {each.unit}", _cells(each)) for each in result.figures]
    lines.append(_line("processor s for " + f"{PER:,}", [*KINDS, "all"]))
    lines += [_line(f"  {each.label}", _seconds(each)) for each in result.costs]
    used = [memory.get(kind, Memory(0, 0)).own for kind in KINDS]
    lines.append(_line("memory MB", [f"{each:.0f}" for each in (*used, sum(used))]))
    return "\n".join(lines)


def document(sizes: Sizes, result: Result, memory: Mapping[str, Memory]) -> dict[str, Any]:
    """Return everything that was measured, turn by turn."""
    return {
        "sizes": dict(sizes),
        "figures": [
            {
                "label": each.label,
                "unit": each.unit,
                "median": each.value,
                "ratio": each.ratio,
                "at_least": each.at_least,
                "at_most": each.at_most,
                "met": each.met,
                "turns": each.turns,
                "limit": each.limit,
            }
            for each in result.figures
        ],
        "processor_seconds": [{"label": each.label, "units": each.units, "turns": each.turns} for each in result.costs],
        "memory_mb": {kind: used._asdict() for kind, used in memory.items()},
    }


def shown(number: float) -> str:
    """Write a number with as many places as it deserves."""
    places = 0 if number >= 100 else 1 if number >= 10 else 2
    return f"{number:,.{places}f}"


def due(figure: Figure) -> str:
    """Say what is due, if anything."""
    if figure.at_least is not None:
        return f"≥ {figure.at_least:g}"
    return "" if figure.at_most is None else f"≤ {figure.at_most:g}"


def _cells(figure: Figure) -> list[str]:
    limit = Figure("", "", figure.limit).value if figure.limit else None
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    met = {True: "met", False: "MISSED", None: ""}[figure.met]
    return [shown(figure.value), "" if limit is None else shown(limit), ratio, due(figure), met]


def _seconds(cost: Cost) -> list[str]:
    seconds = [cost.seconds(kind) for kind in KINDS]
    return [f"{each:.2f}" for each in (*seconds, sum(seconds))]


def _line(label: str, cells: Sequence[str]) -> str:
    return f"  {label:<44}" + "".join(f"{cell:>11}" for cell in cells)
