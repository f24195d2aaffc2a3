"""The reps' side of the demo world: a second pipeline, deals, notes, and which tasks and alerts are dealt with."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import Deal, DealContact, Note
from app.services import pipelines
from app.services.demo.furniture import People
from app.services.demo.people import Company, Person
from app.services.demo.rows import insert, reserve

_RENEWALS: Final = ("Renewal due", "Offer sent", "In talks")
_PACKAGES: Final = ("Team plan", "Business plan", "Onboarding", "Migration", "Extra seats")
_AMOUNTS: Final = (480, 900, 1_800, 2_400, 5_200, 9_600, 14_000, 26_000)
_NOTES: Final = (
    "Prefers to be called in the afternoon.",
    "Compares us with a spreadsheet; wants to see re-entry at work.",
    "Met at the trade fair, asked for prices.",
    "Budget is decided next quarter.",
    "Happy with the onboarding. Ask about a second team.",
    "Wants everything in writing, in their own language.",
    "Uses two other tools now and would like to drop one.",
)

_READ: Final = text(
    """
    UPDATE notification SET read_at = created_at + interval '40 minutes' + (id % 300) * interval '1 minute'
    WHERE created_at < :recent OR (id % 3 = 0 AND created_at < :today)
    """
)
_DONE: Final = text(
    """
    UPDATE task SET done_at = created_at + interval '5 hours' + (id % 900) * interval '1 minute'
    WHERE due_on < :today AND id % 9 <> 0
    """
)


class Selling(NamedTuple):
    """What deals and notes are made of."""

    rng: Random
    now: datetime
    companies: Sequence[Company]
    people: Sequence[Person]
    ids: People
    reps: Sequence[int]


def sell(session: Session, selling: Selling) -> None:
    """Write pipelines, deals and notes."""
    sales = pipelines.every()[0]
    renewals = pipelines.create("Renewals", [{"name": name} for name in _RENEWALS])
    places = {each.id: [stage.id for stage in each.stages] for each in (sales, renewals)}
    made = list(_deals(selling, places, sales.id, renewals.id))
    ids = reserve(session, Deal, len(made))
    insert(session, Deal, [{"id": id_, **deal} for id_, (_, deal) in zip(ids, made, strict=True)])
    parts = [{"deal_id": id_, "contact_id": contact} for id_, (contact, _) in zip(ids, made, strict=True)]
    insert(session, DealContact, parts)
    insert(session, Note, list(_notes(selling)))


def look_after(session: Session, now: datetime) -> None:
    """Let the reps have read and done most of what is not of the last days."""
    session.execute(_READ, {"recent": now - timedelta(days=4), "today": now - timedelta(hours=20)})
    session.execute(_DONE, {"today": now.date()})


def _deals(
    selling: Selling, places: Mapping[int, Sequence[int]], sales: int, renewals: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each deal with the contact who takes part in it."""
    for index, person in enumerate(selling.people):
        rng, contact = selling.rng, selling.ids.contacts[index]
        chance = {"Customer": 1.0, "Qualified lead": 0.55, "Lead": 0.06}.get(person.lifecycle, 0.0)
        if rng.random() >= chance:
            continue
        status = "won" if person.lifecycle == "Customer" else rng.choices(("open", "lost", "outdated"), (8, 3, 1))[0]
        yield contact, _deal(selling, person, sales, rng.choice(places[sales]), status)
        if person.lifecycle == "Customer" and rng.random() < 0.35:
            yield contact, _deal(selling, person, renewals, rng.choice(places[renewals]), "open")


def _deal(selling: Selling, person: Person, pipeline: int, stage: int, status: str) -> dict[str, Any]:
    rng, now = selling.rng, selling.now
    created_at = max(person.created_at, now - timedelta(days=rng.uniform(2, 160)))
    modified_at = created_at + (now - created_at) * rng.betavariate(2, 1.4)
    company = person.company
    whom = selling.companies[company].name if company is not None else f"{person.first_name} {person.last_name}"
    return {
        "name": f"{whom}: {rng.choice(_PACKAGES)}",
        "amount": rng.choice(_AMOUNTS),
        "pipeline_id": pipeline,
        "stage_id": stage,
        "status": status,
        "owner_id": selling.reps[rng.randrange(len(selling.reps)) if person.rep is None else person.rep],
        "company_id": None if company is None else selling.ids.companies[company],
        "created_at": created_at,
        "modified_at": modified_at,
        "closed_at": None if status == "open" else modified_at,
    }


def _notes(selling: Selling) -> Iterator[dict[str, Any]]:
    for index, person in enumerate(selling.people):
        if person.rep is not None and selling.rng.random() < 0.4:
            age = selling.now - person.created_at
            yield {
                "contact_id": selling.ids.contacts[index],
                "text": selling.rng.choice(_NOTES),
                "author_id": selling.reps[person.rep],
                "created_at": selling.now - min(age, timedelta(days=120)) * selling.rng.random(),
            }
