"""Whom messages are about: contacts are found or made, and learn what was said of them. A few statements a batch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Text, func, select
from sqlalchemy.orm import Session

from app.adapters.attributes import column
from app.adapters.bulk import among
from app.errors import Invalid, Problem
from app.models import Company, Contact
from app.services import companies, contacts, values
from app.services.contacts import ContactInput, FieldName, Identifier, lookup
from app.services.sources.messages import Message
from app.services.sources.traits import Aims
from nodes.catalog import Attribute, Catalog

_KINDS: Final = ("email", "phone")


@dataclass(slots=True)
class Person:
    """Somebody whom messages of a batch name, and all that they say. `previous`: what `ext_id` was before.

    `contact` is known once `settle` was here, unless it was refused: then `problems` say why.
    """

    ext_id: str = ""
    fields: dict[FieldName, str] = field(default_factory=dict)
    attributes: dict[str, object] = field(default_factory=dict)
    company: Mapping[str, object] | None = None
    previous: str = ""
    contact: int | None = None
    problems: list[Problem] = field(default_factory=list)

    def identifiers(self) -> Iterator[Identifier]:
        """All that may tell who it is."""
        for ext_id in (self.ext_id, self.previous):
            if ext_id:
                yield Identifier("ext_id", ext_id)
        for kind in _KINDS:
            if kind in self.fields:
                yield Identifier(kind, self.fields[kind])


def gather(messages: Sequence[Message], aims: Aims, problems: Sequence[list[Problem]]) -> list[Person | None]:
    """Return who each message is about; None: somebody known by an anonymous id only. Adds to each one's problems."""
    known: dict[str, Person] = {}
    found: list[Person | None] = []
    for message, wrong in zip(messages, problems, strict=True):
        said = {kind: value for kind in _KINDS if (value := _read(kind, message.traits.get(kind), wrong))}
        name = message.user or (f"email {said['email']}" if "email" in said else "")
        if message.previous in known and name not in known:  # one and the same, under another id from now on
            known[name] = known[message.previous]
            known[name].ext_id = message.user
        person = known.setdefault(name, Person(message.user)) if name else None
        found.append(person)
        if person is None:
            continue
        if message.user and "email" not in said and (address := _address(message.user)):
            person.fields.setdefault("email", address)
        person.fields |= said  # type: ignore[arg-type] # email and phone are names of fields
        person.attributes |= aims.attributes(message.traits, wrong)
        person.company = message.group or person.company
        person.previous = message.previous or person.previous
    return found


def settle(session: Session, people: Iterable[Person | None], catalog: Catalog, *, overwrite: bool) -> None:
    """Find or make the contacts, and write what was said of them; without `overwrite` only what they lack is filled."""
    everybody = list({id(each): each for each in people if each is not None}.values())
    if not everybody:
        return
    settling = _Settling(session, everybody, catalog, overwrite=overwrite)
    rows = [(person, row) for person in everybody if (row := settling.news(person)) is not None]
    written = contacts.write([row for _, row in rows], tolerant=True) if rows else []
    for (person, _), outcome in zip(rows, written, strict=True):
        if outcome.target is not None:
            person.contact = outcome.contact_id
        elif outcome.refusal is not None:
            person.problems += outcome.refusal.problems or [Problem(None, "conflict", outcome.refusal.message)]


class _Settling:
    """What the database knows of the people of a batch, and what is news to it."""

    def __init__(self, session: Session, people: Sequence[Person], catalog: Catalog, *, overwrite: bool) -> None:
        self._overwrite = overwrite
        self._holders = lookup.holders(session, {each for person in people for each in person.identifiers()})
        wanted = [catalog.attributes[name] for name in sorted({name for each in people for name in each.attributes})]
        self._present = _present(session, set(self._holders.values()), wanted)
        self._companies = _companies(session, [each.company for each in people if each.company], make=overwrite)
        self._claimed: dict[Identifier, str] = {}

    def news(self, person: Person) -> ContactInput | None:
        """Return what is to be written of a person, None for nothing; tells it which contact it is, if one is there."""
        for each in [each for each in person.identifiers() if each.kind != "ext_id"]:
            if self._is_anothers(person, each):
                del person.fields[_field(each)]
                message = f"{each.value} belongs to a contact with another id."
                person.problems.append(Problem(f"traits.{each.kind}", "taken", message, "One person has one userId."))
        person.contact = self._contact(person)
        known = self._present.get(person.contact or 0, {})
        fields: dict[FieldName, Any] = {"ext_id": person.ext_id, **person.fields}
        if person.company:
            fields["company_id"] = self._companies.get(_folded(person.company))
            if fields["company_id"] is None:
                message = f"There is no company “{values.shortened(str(person.company['name']))}”."
                remedy = "Pages make none, because anybody can write to them. Add it, or send it by a server's source."
                person.problems.append(Problem("traits.name", "unknown_company", message, remedy))
        fields = {name: value for name, value in fields.items() if value and self._is_news(known, name, value)}
        attributes = {name: value for name, value in person.attributes.items() if self._may_write(known, f"@{name}")}
        if person.contact is not None and not fields and not attributes:
            return None
        who = Identifier("id", person.contact) if person.contact is not None else None
        return ContactInput(who=who, fields=fields, attributes=attributes)

    def _contact(self, person: Person) -> int | None:
        holders = [self._holders[each] for each in person.identifiers() if each in self._holders]
        before = self._holders.get(Identifier("ext_id", person.previous)) if person.previous else None
        if before is not None and before != holders[0]:
            message = f"“{person.previous}” and “{person.ext_id}” are two contacts already."
            person.problems.append(Problem("previousId", "two_contacts", message, "They stay two."))
        return holders[0] if holders else None

    def _is_anothers(self, person: Person, identifier: Identifier) -> bool:
        """Tell whether an address or number is of somebody with another id, in the database or in this batch."""
        holder = self._holders.get(identifier)
        if holder is not None and holder != next(
            self._holders[each] for each in person.identifiers() if each in self._holders
        ):
            return True
        mine = {each for each in (person.ext_id, person.previous) if each}
        held_by = self._present[holder]["ext_id"] if holder is not None else None
        claimed = self._claimed.setdefault(identifier, person.ext_id) if mine else None
        return bool(mine) and any(each and each not in mine for each in (claimed, held_by))

    def _is_news(self, known: Mapping[str, Any], name: str, value: object) -> bool:
        return known.get(name) != value and self._may_write(known, name)

    def _may_write(self, known: Mapping[str, Any], name: str) -> bool:
        return self._overwrite or known.get(name) is None


def _read(kind: str, value: object, problems: list[Problem]) -> str:
    if value in (None, ""):
        return ""
    try:
        return (values.email if kind == "email" else values.phone)(value, f"traits.{kind}")
    except Invalid as refusal:
        problems += refusal.problems
        return ""


def _address(user: str) -> str:
    """Return a user id as the address that many use for one, else nothing."""
    try:
        return values.email(user) if "@" in user else ""
    except Invalid:
        return ""


def _present(session: Session, ids: set[int], attributes: Sequence[Attribute]) -> dict[int, dict[str, Any]]:
    """Return what is known of these contacts, as far as it is asked for; attributes as `@NAME`."""
    if not ids:
        return {}
    columns = [column(each.id, each.kind).label(f"@{each.name}") for each in attributes]
    plain = (Contact.id, Contact.ext_id, Contact.email, Contact.phone, Contact.company_id)
    rows = session.execute(select(*plain, *columns).where(among(Contact.id, sorted(ids)))).mappings()
    return {row["id"]: dict(row) for row in rows}


def _field(identifier: Identifier) -> FieldName:
    return "email" if identifier.kind == "email" else "phone"


def _folded(company: Mapping[str, object]) -> str:
    return str(company["name"]).lower()


def _companies(session: Session, named: Sequence[Mapping[str, object]], *, make: bool) -> dict[str, int]:
    """Return companies by their names in lower case; to `make`, where there is none of that name."""
    wanted = {_folded(each): each for each in named}
    if not wanted:
        return {}
    lowered = func.lower(Company.name, type_=Text())
    rows = session.execute(
        select(lowered, func.min(Company.id)).where(among(lowered, sorted(wanted))).group_by(lowered)
    )
    found: dict[str, int] = dict(rows.all())
    for name in sorted(wanted.keys() - found.keys()) if make else ():
        found[name] = companies.create(_company(wanted[name]))
    return found


def _company(traits: Mapping[str, object]) -> dict[str, object]:
    """Return what is said of a company, as far as it can be kept."""
    said = {"domain": traits.get("website"), "industry": traits.get("industry")}
    size = traits.get("employees")
    fits = isinstance(size, int) and not isinstance(size, bool) and 0 <= size <= companies.LARGEST_SIZE
    return {"name": traits["name"], "size": size if fits else None, **{key: _line(each) for key, each in said.items()}}


def _line(value: object) -> str | None:
    try:
        return values.line("traits", value)
    except Invalid:
        return None
