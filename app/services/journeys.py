"""A contact's ways through automations, and why others did not let it in, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.paths import read_path
from app.errors import NotFound
from app.models import Automation, AutomationVersion, BulkEntry, Contact, Enrollment, Event, EventType, Refusal
from app.services import deeds
from app.services.deeds import Done, Span
from app.services.event_words import crowd_title
from app.services.paging import Order, Page, Paging, page
from app.services.path_words import say_ending, say_values
from app.services.views import Reference
from nodes.catalog import Catalog
from nodes.conditions import Comparison
from nodes.contract import Node, Walkable
from nodes.deeds import Deeds, Recalled
from nodes.event_titles import event_title
from nodes.registry import registry
from nodes.runs import PathStep
from nodes.texts import Language, Text, same
from workflows.work import (
    ALREADY_INSIDE,
    DAY_IS_FULL,
    ENTERED_BEFORE,
    NO_LONGER_MATCHES,
    OUTSIDE_HOURS,
    TOO_MANY_HOPS,
)

_REFUSALS: Final[Mapping[str, Text]] = {
    ALREADY_INSIDE: Text(
        "The contact was inside already.",
        "Le contact s’y trouvait déjà.",
        "Контакт уже находился внутри.",
    ),
    ENTERED_BEFORE: Text(
        "The contact was inside before, and re-entry is off.",
        "Le contact y est déjà passé et la ré-entrée est désactivée.",
        "Контакт уже проходил её, а повторный вход выключен.",
    ),
    NO_LONGER_MATCHES: Text(
        "When its turn came, the contact no longer matched the trigger.",
        "Son tour venu, le contact ne correspondait plus au déclencheur.",
        "Когда подошла очередь, контакт уже не отвечал условиям.",
    ),
    OUTSIDE_HOURS: Text(
        "The automation lets nobody in at that time.",
        "L’automatisation ne laisse entrer personne à cette heure.",
        "В это время автоматизация никого не впускает.",
    ),
    DAY_IS_FULL: Text(
        "As many as may enter in a day had entered.",
        "Le nombre d’entrées permises par jour était atteint.",
        "Дневной предел входов был исчерпан.",
    ),
    TOO_MANY_HOPS: Text(
        "Too many automations had set each other off.",
        "Trop d’automatisations s’étaient déclenchées l’une l’autre.",
        "Слишком много автоматизаций запустили друг друга.",
    ),
}


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a way. `way`: the branch that was taken, where there are several; `because`: what was compared."""

    node: str
    type: str
    title: str
    port: str
    at: datetime
    way: str | None
    because: str | None
    values: Sequence[Comparison]


@dataclass(frozen=True, slots=True)
class EntryEvent:
    """The event that let the contact in."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JourneyView:
    """One run of a contact through one version of an automation."""

    id: int
    automation: Reference
    version: int
    state: str
    entered_at: datetime
    exited_at: datetime | None
    event: EntryEvent | None
    node: str
    wake_at: datetime | None
    reason: str | None
    path: list[StepView]


@dataclass(frozen=True, slots=True)
class RefusalView:
    """Why an automation did not let a contact in, how often, and when last."""

    automation: Reference
    reason: str
    code: str
    times: int
    last_at: datetime


def of_contact(contact_id: int, paging: Paging, language: Language) -> Page[JourneyView]:
    """Return a contact's runs, the latest first. Raises NotFound."""
    with db.transaction() as session:
        _demand(contact_id)
        statement = _runs().where(Enrollment.contact_id == contact_id)
        found = page(session, statement, [Order(Enrollment.id, descending=True)], paging)
        return Page(_tell(session, contact_id, found.items, language), found.next_cursor)


def one(contact_id: int, enrollment_id: int, language: Language) -> JourneyView:
    """Return one of a contact's runs. Raises NotFound."""
    with db.transaction() as session:
        wanted = _runs().where(Enrollment.contact_id == contact_id, Enrollment.id == enrollment_id)
        rows = session.execute(wanted).all()
        if not rows:
            raise NotFound.thing("enrollment", enrollment_id)
        return _tell(session, contact_id, rows, language)[0]


def refusals(contact_id: int, language: Language) -> list[RefusalView]:
    """Return why automations did not let a contact in, the latest first. Raises NotFound."""
    with db.transaction() as session:
        _demand(contact_id)
        rows = session.execute(
            select(Refusal, Automation.name)
            .join(Automation, Automation.id == Refusal.automation_id)
            .where(Refusal.contact_id == contact_id)
            .order_by(Refusal.last_at.desc(), Refusal.automation_id, Refusal.reason)
        )
        return [
            RefusalView(
                Reference(each.automation_id, name),
                say_refusal(each.reason).say(language),
                each.reason,
                each.times,
                each.last_at,
            )
            for each, name in rows
        ]


def say_refusal(reason: str) -> Text:
    """Say why an event did not let its contact in."""
    return _REFUSALS.get(reason, same(reason))


def _runs() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enrollment,
            Automation.name,
            AutomationVersion.number,
            EventType.name,
            func.coalesce(Event.at, BulkEntry.created_at),
            BulkEntry.name,
        )
        .join(Automation, Automation.id == Enrollment.automation_id)
        .join(AutomationVersion, AutomationVersion.id == Enrollment.version_id)
        .outerjoin(Event, and_(Event.contact_id == Enrollment.contact_id, Event.id == Enrollment.event_id))
        .outerjoin(EventType, EventType.id == Event.type_id)
        .outerjoin(BulkEntry, BulkEntry.id == -Enrollment.event_id)
    )


def _tell(session: Session, contact_id: int, rows: Sequence[Sequence[Any]], language: Language) -> list[JourneyView]:
    catalog = load_catalog()
    versions = {row[0].version_id for row in rows}
    documents = session.execute(
        select(AutomationVersion.id, AutomationVersion.document).where(among(AutomationVersion.id, versions))
    )
    tellers = {version: _Teller(document, catalog, language) for version, document in documents}
    done = deeds.of_contact(session, contact_id, [_span(row[0]) for row in rows])
    return [_view(row, tellers, done, language) for row in rows]


def _span(run: Enrollment) -> Span:
    path = read_path(run.path, run.entered_at)
    return Span(run.automation_id, run.entered_at, path[-1].at if path else run.entered_at)


def _view(row: Sequence[Any], tellers: Mapping[int, "_Teller"], done: Done, language: Language) -> JourneyView:
    run, automation, version, event, event_at, crowd = row
    teller = tellers[run.version_id]
    title = crowd_title(crowd) if crowd is not None else event and event_title(event)
    return JourneyView(
        run.id,
        Reference(run.automation_id, automation),
        version,
        run.state,
        run.entered_at,
        run.exited_at,
        EntryEvent(title.say(language), event_at) if title else None,
        run.node,
        run.wake_at,
        run.reason and run.reason.get(language),
        [teller.tell(step, done(run.automation_id, step.at)) for step in read_path(run.path, run.entered_at)],
    )


class _Teller:
    """Says the steps of one version in one language."""

    def __init__(self, document: Mapping[str, Any], catalog: Catalog, language: Language) -> None:
        self._entries = {each["id"]: each for each in document["nodes"]}
        self._catalog = catalog
        self._language = language
        self._titles: dict[str, str] = {}

    def tell(self, step: PathStep, done: Deeds) -> StepView:
        entry = self._entries.get(step.node, {})
        node = registry().get(entry.get("type", ""))
        ending = say_ending(step, self._catalog)
        recalled = None if ending else self._recall(node, entry, done)
        why = ending or (say_values(step, self._catalog) if step.values else None)
        return StepView(
            step.node,
            entry.get("type", ""),
            recalled.line.say(self._language) if recalled else self._title(step.node, node, entry),
            step.port,
            step.at,
            None if recalled or ending else self._way(step, node, entry),
            (recalled and recalled.detail) or (why.say(self._language) if why else None),
            step.values,
        )

    def _recall(self, node: Node | None, entry: Mapping[str, Any], done: Deeds) -> Recalled | None:
        if not isinstance(node, Walkable):
            return None
        return node.recall(node.schema().visible(entry["config"]), done)

    def _way(self, step: PathStep, node: Node | None, entry: Mapping[str, Any]) -> str | None:
        ports = node.ports_of(entry["config"]) if node else {}
        if len(ports) < 2:
            return None
        return ports.get(step.port, same(step.port)).say(self._language)

    def _title(self, name: str, node: Node | None, entry: Mapping[str, Any]) -> str:
        if name not in self._titles:
            said = (
                node.summary(node.schema().visible(entry["config"]), self._catalog)
                if node
                else same(entry.get("type", name))
            )
            self._titles[name] = said.say(self._language)
        return self._titles[name]


def _demand(contact_id: int) -> None:
    with db.transaction() as session:
        if session.scalar(select(func.count()).where(Contact.id == contact_id)) == 0:
            raise NotFound.thing("contact", contact_id)
