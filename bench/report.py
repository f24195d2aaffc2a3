"""Results as a table for people."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Result = Mapping[str, Any]

_ROWS: Final[Sequence[tuple[str, Callable[[Result], str]]]] = (
    ("events", lambda each: f"{each['events']:,}"),
    ("end to end over HTTP, events/s", lambda each: f"{each['events_per_second']:,}"),
    ("  accepted, events/s", lambda each: f"{each['accepted_per_second']:,}"),
    ("SQL alone, events/s", lambda each: f"{each['limit_per_second']:,}"),
    ("  with its intake, events/s", lambda each: f"{each['limit_with_intake_per_second']:,}"),
    ("ratio to SQL alone", lambda each: f"{each['ratio']:.2f}"),
    ("  with its intake", lambda each: f"{each['ratio_with_intake']:.2f}"),
)


def table(results: Sequence[Result]) -> str:
    """Return one column a size: medians; processor time for 100,000 events, that of SQL alone with its intake."""
    lines = [_line("contacts", [f"{each['contacts']:,}" for each in results])]
    lines += [_line(label, [show(each) for each in results]) for label, show in _ROWS]
    for kind in _kinds(results, "processor"):
        lines.append(_line(f"processor s, {kind}", [f"{each['processor'].get(kind, 0):.2f}" for each in results]))
    lines.append(_line("processor s, all", [f"{sum(each['processor'].values()):.2f}" for each in results]))
    lines.append(_line("processor s, SQL alone", [f"{each['limit_processor']:.2f}" for each in results]))
    for kind in _kinds(results, "memory"):
        lines.append(_line(f"memory MB (resident), {kind}", [_memory(each["memory"].get(kind)) for each in results]))
    return "\n".join(["", *lines, ""])


def _kinds(results: Sequence[Result], part: str) -> list[str]:
    return sorted({kind for each in results for kind in each[part]})


def _memory(used: Mapping[str, float] | None) -> str:
    return f"{used['own']:.0f} ({used['resident']:.0f})" if used else "-"


def _line(label: str, cells: Sequence[str]) -> str:
    return f"  {label:<34}" + "".join(f"{cell:>16}" for cell in cells)
