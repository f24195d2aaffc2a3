"""Whether a contact is on a website at this moment."""

from dataclasses import dataclass
from typing import Self

from nodes.catalog import Catalog
from nodes.conditions.operators import Operand
from nodes.conditions.subjects import Reader, Subject
from nodes.conditions.written import Written, at
from nodes.errors import ConditionError
from nodes.world import Json, Reads


@dataclass(frozen=True, slots=True)
class OfVisit(Subject):
    """A visit of the contact to a watched website: open until half an hour after its last page."""

    keyword = "visit"

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        if data[cls.keyword] is not True:
            raise ConditionError(at(path, cls.keyword), "write true here")
        return cls()

    def dump(self) -> dict[str, Json]:
        return {self.keyword: True}

    @property
    def name(self) -> str:
        return self.keyword

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.VISIT

    def reader(self, catalog: Catalog) -> Reader:
        return lambda contact, _event: contact.on_site

    def reads(self) -> Reads:
        return Reads(visits=True)
