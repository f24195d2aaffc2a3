"""Those to whom it happened before an automation heard of it: who is on the list, or in the segment, already."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.errors import CadenzaError
from app.models import BulkEntry, Contact
from app.services import watching
from app.services.automations.drafts import find, now
from app.services.contacts.finding import ContactQuery, count
from app.services.entries.asking import CALLED, open_entry
from nodes.registry import registry
from nodes.texts import Language
from nodes.watches import Members
from nodes.world import SUBJECTS
from workflows.document import Document, load
from workflows.plan import called, members
from workflows.sentence import summaries


class StandingView(NamedTuple):
    """A trigger to which some contacts belong already: its step, what it says, and how many they are."""

    step: str
    name: str
    contacts: int


def of_draft(automation_id: int, language: Language) -> list[StandingView]:
    """Return the draft's triggers that know who belongs already; those that are not right yet are left out."""
    catalog = load_catalog()
    with db.transaction() as session:
        document = load(find(session, automation_id).draft)
        names = summaries(document, registry(), catalog)
        sound = _sound(document)
        counts = {step: _count(session, known) for step, known in members(sound, registry()).items()}
    return [
        StandingView(step, names[step].say(language), number) for step, number in counts.items() if number is not None
    ]


def enter_members(
    session: Session, automation_id: int, document: Document, steps: Collection[str], language: Language
) -> None:
    """Let those who belong already enter by these triggers. To be called when the automation has become active."""
    catalog = load_catalog()
    names = summaries(document, registry(), catalog)
    for step, known in members(document, registry()).items():
        if step in steps:
            properties = {SUBJECTS[CALLED]: called(automation_id, step).subject}
            query = _query(session, known) | {"before": now(session).isoformat()}
            row = BulkEntry(
                automation_id=automation_id,
                step=step,
                name=names[step].say(language),
                query=query,
                properties=properties,
            )
            open_entry(session, row)


def _sound(document: Document) -> Document:
    """Return the document without the steps that are unfinished."""
    catalog, types = load_catalog(), registry()
    known = [node for node in document.nodes if node.type in types]
    sound = (node for node in known if not types[node.type].schema().check(node.config, catalog))
    return Document(document.name, document.settings, tuple(sound))


def _count(session: Session, known: Members) -> int | None:
    try:
        if isinstance(known, int):
            return count(ContactQuery(list_ids=[known]))
        belongs = watching.belonging(session, known, load_catalog())
        return session.scalar(select(func.count(Contact.id)).where(belongs))
    except CadenzaError:  # deleted at this very moment
        return None


def _query(session: Session, known: Members) -> dict[str, Any]:
    return {"list_ids": [known]} if isinstance(known, int) else {"watch_id": watching.watch_id(session, known)}
