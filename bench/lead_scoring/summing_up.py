"""What the turns of one size come to: medians, and each run beside the limit measured right before it."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, NamedTuple

from bench.lead_scoring.in_sql import Limit
from bench.lead_scoring.over_http import Run


class Turn(NamedTuple):
    """One run over HTTP, the limit measured right before it, and PostgreSQL's processor seconds for that."""

    run: Run
    limit: Limit
    limit_processor: float


def summary(events: int, turns: Sequence[Turn]) -> dict[str, Any]:
    """Return speeds in events a second, processor time in seconds a 100,000 events, and ratios."""

    def speed(seconds: Callable[[Turn], float]) -> int:
        return round(median(events / seconds(turn) for turn in turns))

    def hundred_thousand(seconds: float) -> float:
        return round(seconds * 100_000 / events, 2)

    def processor(kind: str) -> float:
        return hundred_thousand(median(turn.run.processor.get(kind, 0.0) for turn in turns))

    return {
        "events": events,
        "events_per_second": speed(lambda turn: turn.run.done),
        "accepted_per_second": speed(lambda turn: turn.run.accepted),
        "limit_per_second": speed(lambda turn: turn.limit.work),
        "limit_with_intake_per_second": speed(lambda turn: turn.limit.intake + turn.limit.work),
        "ratio": _ratio(turns, lambda limit: limit.work),
        "ratio_with_intake": _ratio(turns, lambda limit: limit.intake + limit.work),
        "processor": {kind: processor(kind) for kind in sorted(turns[0].run.processor)},
        "limit_processor": hundred_thousand(median(turn.limit_processor for turn in turns)),
        "turns": [{"http": turn.run._asdict(), "limit": turn.limit._asdict()} for turn in turns],
    }


def _ratio(turns: Sequence[Turn], seconds: Callable[[Limit], float]) -> float:
    """Compare within each turn: the machine may be busier at other times."""
    return round(median(seconds(turn.limit) / turn.run.done for turn in turns), 3)
