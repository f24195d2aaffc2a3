"""What a scenario is, and what it gives: figures, each over several turns, beside limits and what is due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from bench.place import Place

Sizes = Mapping[str, int]
PER: Final = 100_000
"""Processor time is told for so many events or contacts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity, measured once a turn, beside what SQL alone did in the same turn (`limit`), if there is such.

    `at_least` and `at_most` are what is due: of the ratio to the limit, or without a limit of the quantity itself.
    """

    label: str
    unit: str
    turns: tuple[float, ...]
    limit: tuple[float, ...] = ()
    at_least: float | None = None
    at_most: float | None = None

    @property
    def value(self) -> float:
        """The median over the turns."""
        return median(self.turns)

    @property
    def ratio(self) -> float | None:
        """The median of the turns' ratios to the limit: the machine may be busier in one turn than in another."""
        if not self.limit:
            return None
        return median(mine / alone for mine, alone in zip(self.turns, self.limit, strict=True))

    @property
    def met(self) -> bool | None:
        """Whether it is what is due; None if nothing is."""
        judged = self.value if self.ratio is None else self.ratio
        if self.at_least is not None:
            return judged >= self.at_least
        return None if self.at_most is None else judged <= self.at_most


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds by kind of process that so many `units` (events, contacts) took, a turn each."""

    label: str
    units: int
    turns: tuple[Mapping[str, float], ...]

    def seconds(self, kind: str) -> float:
        """The median over the turns, for `PER` units."""
        return median(turn.get(kind, 0.0) for turn in self.turns) * PER / self.units


@dataclass(frozen=True, slots=True)
class Result:
    """What a scenario came to."""

    figures: list[Figure]
    costs: list[Cost] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A use case to measure: its sizes as they are due, and how it runs. `run` raises NotExact."""

    name: str
    title: str
    sizes: Sizes
    run: Callable[[Place, Sizes], Result]
