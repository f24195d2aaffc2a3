"""Automations that are live in a test's database, and what the engine made of them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from app import db
from app.adapters.attributes import column
from app.adapters.catalog import bump_revision, load_catalog
from app.models import PARTITIONS, Automation, AutomationVersion, Contact, Enrollment, Timer
from app.services import entries
from app.services.drain import drain_batch

Step = tuple[str, str, Mapping[str, Any]]
Way = tuple[str, str, str]


def document(steps: Sequence[Step], ways: Sequence[Way], *, re_entry: bool = True) -> dict[str, Any]:
    """Return the stored form of these steps `(id, type, config)` and ways `(from, port, to)`."""
    return {
        "format": "cadenza.automation/1",
        "name": "Under test",
        "settings": {"re_entry": re_entry, "exit_conditions": [], "time_zone": "contact"},
        "nodes": [{"id": id_, "type": type_, "config": dict(config)} for id_, type_, config in steps],
        "edges": [{"from": source, "port": port, "to": target} for source, port, target in ways],
        "layout": {},
    }


def activate(stored: Mapping[str, Any]) -> int:
    """Make an automation of a document and let it run; returns its id."""
    with db.transaction() as session:
        automation = Automation(name=stored["name"], state="active", draft=dict(stored), activated_at=func.now())
        session.add(automation)
        session.flush()
        version = AutomationVersion(automation_id=automation.id, number=1, document=dict(stored))
        session.add(version)
        session.flush()
        automation.live_version_id = version.id
        bump_revision()
        return automation.id


def publish(automation: int, stored: Mapping[str, Any]) -> None:
    """Let contacts enter a new version from now on; who is inside keeps theirs."""
    with db.transaction() as session:
        found = session.get_one(Automation, automation)
        version = AutomationVersion(automation_id=automation, number=2, document=dict(stored))
        session.add(version)
        session.flush()
        found.live_version_id = version.id
        bump_revision()


def pass_time(**span: int) -> None:
    """Let every wait come nearer by this much: the database's clock cannot be moved, the timers can."""
    with db.transaction() as session:
        for table in (Timer, Enrollment):
            session.execute(update(table).values(wake_at=table.wake_at - timedelta(**span)))


def drain_all() -> None:
    """Work through every partition once over, signals of the batches included."""
    for _ in range(3):
        drain_batch(range(PARTITIONS))


def drain_crowds() -> None:
    """Let the next of every crowd enter, in every partition."""
    for part in range(PARTITIONS):
        drain_batch([part], take=entries.take)


def value(contact: int, attribute: str) -> Any:
    """Return what a contact's attribute holds."""
    found = load_catalog().attributes[attribute]
    with db.transaction() as session:
        return session.scalar(select(column(found.id, found.kind)).select_from(Contact).where(Contact.id == contact))


def enrollments(automation: int) -> Sequence[Enrollment]:
    """Return all runs of an automation, oldest first."""
    with db.transaction() as session:
        found = session.scalars(
            select(Enrollment).where(Enrollment.automation_id == automation).order_by(Enrollment.id)
        )
        return found.all()
