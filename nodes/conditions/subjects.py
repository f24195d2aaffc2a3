"""What a condition can be about: each subject knows its written form, its value in a snapshot and what it reads."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final, Self, TypeAlias
from zoneinfo import ZoneInfo

from nodes.catalog import Catalog
from nodes.conditions.operators import Operand
from nodes.conditions.written import Written, at, choice, chosen, text, whole
from nodes.errors import ConditionError
from nodes.problems import Problem, unknown_attribute, unknown_list
from nodes.texts import Text
from nodes.world import Contact, Event, Json, Reads, Value

Actual: TypeAlias = "Value | Json"
Reader: TypeAlias = Callable[[Contact, Event | None], Actual]

CONTACT_FIELDS: Final[Mapping[str, Operand]] = {
    "email": Operand.TEXT,
    "phone": Operand.TEXT,
    "ext_id": Operand.TEXT,
    "time_zone": Operand.TEXT,
    "created_at": Operand.DATE,
}
COMPANY_FIELDS: Final[Mapping[str, Operand]] = {
    "name": Operand.TEXT,
    "country": Operand.TEXT,
    "industry": Operand.TEXT,
    "size": Operand.NUMBER,
}


@dataclass(frozen=True, slots=True)
class Subject(ABC):
    """Base of all subjects. `keyword` marks it in a written comparison; `extras` are keys that belong to it."""

    keyword: ClassVar[str]
    extras: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    @abstractmethod
    def parse(cls, data: Written, path: str) -> Self:
        """Read the subject of a written comparison; raises ConditionError."""

    @abstractmethod
    def dump(self) -> dict[str, Json]:
        """Return the keys that write this subject."""

    @property
    @abstractmethod
    def name(self) -> str:
        """A short name, as kept in a contact's path: `SCORE`, `contact.email`, `list.3`."""

    @abstractmethod
    def operand(self, catalog: Catalog) -> Operand | None:
        """Return what operators apply; None when the subject does not exist in this workspace."""

    @abstractmethod
    def reader(self, catalog: Catalog) -> Reader:
        """Return a function that takes the value out of a snapshot."""

    @abstractmethod
    def reads(self) -> Reads:
        """Return the facts that must be loaded."""

    def check(self, catalog: Catalog) -> Iterator[Problem]:
        """Find references to what does not exist."""
        yield from ()


@dataclass(frozen=True, slots=True)
class OfAttribute(Subject):
    """The contact's own attribute of this name."""

    keyword = "attribute"
    attribute: str

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        return cls(text(data, cls.keyword, path))

    def dump(self) -> dict[str, Json]:
        return {self.keyword: self.attribute}

    @property
    def name(self) -> str:
        return self.attribute

    def operand(self, catalog: Catalog) -> Operand | None:
        found = catalog.attributes.get(self.attribute)
        return Operand(found.kind.value) if found else None

    def reader(self, catalog: Catalog) -> Reader:
        key = self.attribute
        return lambda contact, _event: contact.attributes.get(key)

    def reads(self) -> Reads:
        return Reads(attributes=frozenset({self.attribute}))

    def check(self, catalog: Catalog) -> Iterator[Problem]:
        if self.attribute not in catalog.attributes:
            yield unknown_attribute(self.keyword, self.attribute)


@dataclass(frozen=True, slots=True)
class OfField(Subject):
    """A field every contact has: email, phone, own id, time zone, day of creation."""

    keyword = "field"
    field: str

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        return cls(choice(data, cls.keyword, tuple(CONTACT_FIELDS), path))

    def dump(self) -> dict[str, Json]:
        return {self.keyword: self.field}

    @property
    def name(self) -> str:
        return f"contact.{self.field}"

    def operand(self, catalog: Catalog) -> Operand:
        return CONTACT_FIELDS[self.field]

    def reader(self, catalog: Catalog) -> Reader:
        key = self.field
        if key == "email":
            return lambda contact, _event: contact.email
        if key == "created_at":
            return lambda contact, _event: _day(contact.fields.get(key), catalog.time_zone)
        return lambda contact, _event: _plain(contact.fields.get(key))

    def reads(self) -> Reads:
        return Reads(fields=True)


@dataclass(frozen=True, slots=True)
class OfEvent(Subject):
    """A property of the event that let the contact in."""

    keyword = "event"
    key: str

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        return cls(text(data, cls.keyword, path))

    def dump(self) -> dict[str, Json]:
        return {self.keyword: self.key}

    @property
    def name(self) -> str:
        return f"event.{self.key}"

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.PROPERTY

    def reader(self, catalog: Catalog) -> Reader:
        key = self.key
        return lambda _contact, event: None if event is None else event.properties.get(key)

    def reads(self) -> Reads:
        return Reads()


@dataclass(frozen=True, slots=True)
class OfList(Subject):
    """Membership of a list."""

    keyword = "list"
    list_id: int

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        chosen(data, cls.keyword, path, Text("Choose a list.", "Choisissez une liste.", "Выберите список."))
        return cls(whole(data, cls.keyword, path))

    def dump(self) -> dict[str, Json]:
        return {self.keyword: self.list_id}

    @property
    def name(self) -> str:
        return f"list.{self.list_id}"

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.LIST

    def reader(self, catalog: Catalog) -> Reader:
        key = self.list_id
        return lambda contact, _event: key in contact.lists

    def reads(self) -> Reads:
        return Reads(lists=True)

    def check(self, catalog: Catalog) -> Iterator[Problem]:
        if self.list_id not in catalog.lists:
            yield unknown_list(self.keyword, self.list_id)


@dataclass(frozen=True, slots=True)
class OfTag(Subject):
    """Bearing a tag."""

    keyword = "tag"
    tag: str

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        chosen(data, cls.keyword, path, Text("Choose a tag.", "Choisissez une étiquette.", "Выберите метку."))
        return cls(text(data, cls.keyword, path))

    def dump(self) -> dict[str, Json]:
        return {self.keyword: self.tag}

    @property
    def name(self) -> str:
        return f"tag.{self.tag}"

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.TAG

    def reader(self, catalog: Catalog) -> Reader:
        key = self.tag
        return lambda contact, _event: key in contact.tags

    def reads(self) -> Reads:
        return Reads(tags=True)


@dataclass(frozen=True, slots=True)
class OfOwner(Subject):
    """The user whom the contact belongs to, by email."""

    keyword = "owner"

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        if data[cls.keyword] is not True:
            raise ConditionError(at(path, cls.keyword), "write true here, and the owner's email as the value")
        return cls()

    def dump(self) -> dict[str, Json]:
        return {self.keyword: True}

    @property
    def name(self) -> str:
        return "owner"

    def operand(self, catalog: Catalog) -> Operand:
        return Operand.OWNER

    def reader(self, catalog: Catalog) -> Reader:
        return lambda contact, _event: contact.owner

    def reads(self) -> Reads:
        return Reads(owner=True)


@dataclass(frozen=True, slots=True)
class OfCompany(Subject):
    """A field of the contact's company."""

    keyword = "company"
    field: str

    @classmethod
    def parse(cls, data: Written, path: str) -> Self:
        return cls(choice(data, cls.keyword, tuple(COMPANY_FIELDS), path))

    def dump(self) -> dict[str, Json]:
        return {self.keyword: self.field}

    @property
    def name(self) -> str:
        return f"company.{self.field}"

    def operand(self, catalog: Catalog) -> Operand:
        return COMPANY_FIELDS[self.field]

    def reader(self, catalog: Catalog) -> Reader:
        key = self.field
        return lambda contact, _event: contact.company.get(key)

    def reads(self) -> Reads:
        return Reads(company=True)


def _day(moment: Value | datetime, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else None


def _plain(value: Value | datetime) -> Value:
    return None if isinstance(value, datetime) else value
