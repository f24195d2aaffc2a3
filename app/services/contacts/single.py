"""What a person or program does to contacts by hand: audited, and refused as a whole."""

from collections.abc import Collection

from app import db
from app.adapters import announcing
from app.adapters.announcing import News
from app.adapters.attributes import column_name
from app.adapters.catalog import load_catalog
from app.adapters.erasure import erase
from app.services import audit
from app.services.contacts.batch import Outcome
from app.services.contacts.inputs import ContactInput
from app.services.contacts.writing import write


def create(row: ContactInput, *, tolerant: bool = False) -> int:
    """Create one contact; returns its id. Raises Invalid, or Conflict naming the identifiers that are taken."""
    with db.transaction():
        (outcome,) = write([row], "create", tolerant=tolerant)
        audit.record("created", "contact", outcome.contact_id)
    return outcome.contact_id


def update(row: ContactInput, *, tolerant: bool = False) -> int:
    """Change the contact that `row.who` names; returns its id. Raises NotFound, Invalid or Conflict."""
    with db.transaction():
        (outcome,) = write([row], "update", tolerant=tolerant)
        changed = _changed(row, outcome)
        if changed:
            audit.record("updated", "contact", outcome.contact_id, {"changed": changed})
    return outcome.contact_id


def delete(contact_ids: Collection[int]) -> set[int]:
    """Delete contacts with all that is known of them; returns those that existed."""
    with db.transaction() as session:
        gone = erase(session, contact_ids)
        for contact_id in sorted(gone):
            audit.record("deleted", "contact", contact_id)
        announcing.announce(
            session, [News("contact.deleted", None, {"contact": {"id": each}}) for each in sorted(gone)]
        )
    return gone


def _changed(row: ContactInput, outcome: Outcome) -> list[str]:
    """The names, without the values, of what became different."""
    names = {column_name(each.id): name for name, each in load_catalog().attributes.items()}
    changed = {names.get(column, column) for column in outcome.changed}
    changed |= {"lists"} if row.add_lists or row.remove_lists or row.only_lists is not None else set()
    changed |= {"tags"} if row.add_tags or row.remove_tags or row.only_tags is not None else set()
    return sorted(changed)
