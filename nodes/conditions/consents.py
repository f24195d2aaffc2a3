"""What a contact agreed to hear about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from nodes.catalog import Catalog
from nodes.conditions.operators import Operand
from nodes.conditions.subjects import Reader, Subject
from nodes.conditions.written import Written, chosen, whole
from nodes.problems import Problem, unknown_topic
from nodes.texts import Text
from nodes.world import Json, Reads


@dataclass(frozen=True, slots=True)
class OfConsent(Subject):
    """Whether the contact agreed to a topic; not yet while the agreement is to be confirmed."""

    keyword = "consent"
    topic: int

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        chosen(data, cls.keyword, path, Text("Choose a topic.", "Choisissez un sujet.", "Выберите тему."))
        return cls(whole(data, cls.keyword, path))

    def dump(self) -> dict[str, Json]:
        return {self.keyword: self.topic}

    @property
    def name(self) -> str:
        return f"consent.{self.topic}"

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.CONSENT

    def reader(self, catalog: Catalog) -> Reader:
        key = self.topic
        return lambda contact, _event: key in contact.consents

    def reads(self) -> Reads:
        return Reads(consents=True)

    def check(self, catalog: Catalog) -> Iterator[Problem]:
        if self.topic not in catalog.consent_topics:
            yield unknown_topic(self.keyword, self.topic)
