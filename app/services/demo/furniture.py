"""What stands in the demo workspace before anything happens: attributes, lists, segments, companies, contacts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, DateTime, column, table, update
from sqlalchemy.orm import Session

from app.adapters.bulk import insert_rows, recordset
from app.models import Company, Workspace
from app.services import attributes, contacts, folders, lists, segments
from app.services.contacts import ContactInput
from app.services.demo.people import INTERESTS, LIFECYCLES, Person
from app.services.demo.people import Company as MadeUp
from app.services.demo.rows import reserve
from nodes.catalog import Kind
from nodes.world import Json

NAME: Final = "Northlight"
TIME_ZONE: Final = "Europe/Paris"

_ATTRIBUTES: Final[Sequence[tuple[str, Kind, Sequence[str]]]] = (
    ("SCORE", Kind.NUMBER, ()),
    ("LIFECYCLE", Kind.CATEGORY, LIFECYCLES),
    ("INTERESTS", Kind.MULTIPLE_CHOICE, INTERESTS),
    ("BIRTHDAY", Kind.DATE, ()),
    ("NEWSLETTER", Kind.BOOLEAN, ()),
    ("JOB_TITLE", Kind.TEXT, ()),
)
_FOLDERS: Final[Mapping[str, Sequence[str]]] = {
    "Subscriptions": ("Newsletter", "Web push"),
    "Events": ("Trade fair leads", "Autumn webinar"),
    "Sales": ("Customers",),
}
_SEGMENTS: Final[Mapping[str, Json]] = {
    "Hot leads": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]},
    "Hot leads nobody owns": {
        "all": [{"attribute": "SCORE", "op": "gte", "value": 20}, {"owner": True, "op": "empty"}],
    },
    "Customers in France": {
        "all": [
            {"attribute": "LIFECYCLE", "op": "eq", "value": "Customer"},
            {"attribute": "COUNTRY", "op": "eq", "value": "France"},
        ]
    },
    "Reading us lately": {
        "all": [{"events": "email_opened", "within": {"amount": 14, "unit": "days"}, "op": "gte", "value": 2}],
    },
}


class People(NamedTuple):
    """The contacts' ids and the companies' ids, in the order in which they were made up."""

    contacts: Sequence[int]
    companies: Sequence[int]


def furnish(session: Session) -> Mapping[str, int]:
    """Name the workspace and make what contacts are sorted by; returns the lists' ids by name."""
    session.execute(update(Workspace).values(name=NAME, time_zone=TIME_ZONE, demo=True))
    for name, kind, options in _ATTRIBUTES:
        attributes.create(name, kind, options)
    made: dict[str, int] = {}
    for folder, names in _FOLDERS.items():
        folder_id = folders.create(folder)
        made |= {name: lists.create(name, folder_id) for name in names}
    for name, condition in _SEGMENTS.items():
        segments.create(name, condition)
    return made


def populate(
    session: Session,
    companies: Sequence[MadeUp],
    people: Sequence[Person],
    reps: Sequence[int],
    list_ids: Mapping[str, int],
) -> People:
    """Write companies and contacts; `reps` are the users that `Person.rep` counts."""
    company_ids = _write_companies(session, companies)
    given = [_input(number, person, company_ids, reps, list_ids) for number, person in enumerate(people, start=1)]
    contact_ids = [outcome.contact_id for outcome in contacts.write(given, "create")]
    _set_moments(session, contact_ids, [person.created_at for person in people])
    return People(contact_ids, company_ids)


def _write_companies(session: Session, companies: Sequence[MadeUp]) -> Sequence[int]:
    ids = reserve(session, Company, len(companies))
    rows: list[dict[str, Any]] = [
        {
            "id": id_,
            "name": each.name,
            "domain": each.domain,
            "country": each.country.name,
            "industry": each.industry,
            "size": each.size,
        }
        for id_, each in zip(ids, companies, strict=True)
    ]
    session.execute(insert_rows(Company, rows))
    return ids


def _input(
    number: int, person: Person, companies: Sequence[int], reps: Sequence[int], list_ids: Mapping[str, int]
) -> ContactInput:
    return ContactInput(
        fields={
            "email": person.email,
            "phone": person.phone,
            "ext_id": f"crm-{number:05d}",
            "time_zone": person.time_zone,
            "company_id": None if person.company is None else companies[person.company],
            "owner_id": None if person.rep is None else reps[person.rep],
        },
        attributes={
            "FIRSTNAME": person.first_name,
            "LASTNAME": person.last_name,
            "COUNTRY": person.country,
            "LIFECYCLE": person.lifecycle,
            "INTERESTS": list(person.interests),
            "BIRTHDAY": person.birthday and person.birthday.isoformat(),
            "NEWSLETTER": person.newsletter,
            "JOB_TITLE": person.job,
        },
        add_lists=[list_ids[name] for name in _lists_of(person)],
        add_tags=person.tags,
    )


def _lists_of(person: Person) -> list[str]:
    belongs = {
        "Newsletter": person.newsletter,
        "Web push": person.push,
        "Trade fair leads": "trade fair" in person.tags,
        "Autumn webinar": "webinar" in person.tags,
        "Customers": person.lifecycle == "Customer",
    }
    return [name for name, holds in belongs.items() if holds]


def _set_moments(session: Session, ids: Sequence[int], moments: Sequence[datetime]) -> None:
    """Let contacts, their memberships and owners be as old as they are made up to be."""
    rows = [{"id": id_, "at": at} for id_, at in zip(ids, moments, strict=True)]
    given = recordset("given", {"id": BigInteger(), "at": DateTime(timezone=True)}, rows)
    for name, key, columns in _DATED:
        dated = table(name, column(key), *(column(each) for each in columns))
        values = dict.fromkeys(columns, given.c.at)
        session.execute(update(dated).values(values).where(dated.c[key] == given.c.id))


_DATED: Final = (
    ("contact", "id", ("created_at", "modified_at")),
    ("list_member", "contact_id", ("added_at",)),
    ("assignment", "contact_id", ("at",)),
)
