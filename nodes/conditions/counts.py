"""Subjects that are a number of things: the contact's deals, and its events in a window of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from nodes.catalog import Catalog
from nodes.conditions.operators import Operand
from nodes.conditions.subjects import Reader, Subject
from nodes.conditions.written import Scalar, Written, at, choice, mapping, only, scalar, text, whole
from nodes.errors import ConditionError
from nodes.moments import LONGEST_DAYS, UNIT_DAYS, Unit
from nodes.problems import Problem, unknown_pipeline, unknown_stage
from nodes.texts import Text
from nodes.world import Deal, EventCount, Json, Reads

DEAL_STATUSES: Final = ("open", "won", "lost", "outdated")
_TOO_LONG = Text("at most {most} days", "au plus {most} jours", "не более {most} дней")


@dataclass(frozen=True, slots=True)
class OfDeals(Subject):
    """The number of the contact's deals of this status, pipeline and stage; None means any."""

    keyword = "deals"
    status: str | None = None
    pipeline: int | None = None
    stage: int | None = None

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        which, path = mapping(data, cls.keyword, path), at(path, cls.keyword)
        only(which, {"status", "pipeline", "stage"}, path)
        return cls(
            choice(which, "status", DEAL_STATUSES, path) if "status" in which else None,
            whole(which, "pipeline", path) if "pipeline" in which else None,
            whole(which, "stage", path) if "stage" in which else None,
        )

    def dump(self) -> dict[str, Json]:
        which = {"status": self.status, "pipeline": self.pipeline, "stage": self.stage}
        return {self.keyword: {key: value for key, value in which.items() if value is not None}}

    @property
    def name(self) -> str:
        return self.keyword

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.COUNT

    def reader(self, catalog: Catalog) -> Reader:
        return lambda contact, _event: sum(map(self._means, contact.deals))

    def reads(self) -> Reads:
        return Reads(deals=True)

    def check(self, catalog: Catalog) -> Iterator[Problem]:
        if self.pipeline is not None and self.pipeline not in catalog.pipelines:
            yield unknown_pipeline("deals.pipeline", self.pipeline)
            return
        known = [each for each in catalog.pipelines.values() if self.pipeline in (None, each.id)]
        if self.stage is not None and not any(self.stage == stage.id for each in known for stage in each.stages):
            yield unknown_stage("deals.stage", self.stage, ", ".join(each.name for each in known))

    def _means(self, deal: Deal) -> bool:
        return (
            (self.status is None or deal.status == self.status)
            and (self.pipeline is None or deal.pipeline == self.pipeline)
            and (self.stage is None or deal.stage == self.stage)
        )


@dataclass(frozen=True, slots=True)
class OfEvents(Subject):
    """The number of the contact's events of this name, within the last `amount` `unit`s (None: ever).

    `where` are pairs of a property and the value it must have. A month counts as 30 days.
    """

    keyword = "events"
    extras = frozenset({"within", "where"})
    event: str
    amount: int | None = None
    unit: Unit = "days"
    where: tuple[tuple[str, Scalar], ...] = ()

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        amount, unit = _within(mapping(data, "within", path), at(path, "within"))
        where = tuple(
            (key, scalar(value, at(path, f"where.{key}")))
            for key, value in sorted(mapping(data, "where", path).items())
        )
        return cls(text(data, cls.keyword, path), amount, unit, where)

    def dump(self) -> dict[str, Json]:
        data: dict[str, Json] = {self.keyword: self.event}
        if self.amount is not None:
            data["within"] = {"amount": self.amount, "unit": self.unit}
        if self.where:
            data["where"] = dict(self.where)
        return data

    @property
    def name(self) -> str:
        return f"events.{self.event}"

    @property
    def question(self) -> EventCount:
        """The count that must be loaded."""
        days = None if self.amount is None else self.amount * UNIT_DAYS[self.unit]
        return EventCount(self.event, days, self.where)

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.COUNT

    def reader(self, catalog: Catalog) -> Reader:
        question = self.question
        return lambda contact, _event: contact.event_counts.get(question, 0)

    def reads(self) -> Reads:
        return Reads(event_counts=frozenset({self.question}))


def _within(data: Written, path: str) -> tuple[int | None, Unit]:
    if not data:
        return None, "days"
    only(data, {"amount", "unit"}, path)
    amount, written = whole(data, "amount", path), choice(data, "unit", tuple(UNIT_DAYS), path)
    unit = next(each for each in UNIT_DAYS if each == written)
    if amount * UNIT_DAYS[unit] > LONGEST_DAYS:
        raise ConditionError(at(path, "amount"), _TOO_LONG.format(most=LONGEST_DAYS))
    return amount, unit
