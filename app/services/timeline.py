"""Everything that happened to a contact, in words, newest first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Select, SQLColumnExpression, func, literal, select, union_all
from sqlalchemy import Text as SqlText
from sqlalchemy.orm import aliased

from app import db
from app.errors import NotFound
from app.models import (
    Assignment,
    Automation,
    Contact,
    Deal,
    DealContact,
    Enrollment,
    Event,
    EventType,
    Note,
    Stage,
    Task,
    User,
)
from app.services.event_words import event_detail
from app.services.paging import Order, Page, Paging, page
from app.services.web.visits import LEFT
from nodes.conditions.words import STATUS_LABELS
from nodes.event_titles import event_title
from nodes.texts import Language, Text, join, same

_Facts: TypeAlias = Mapping[str, Any]
Told: TypeAlias = tuple[Text, Text | None]
Column: TypeAlias = SQLColumnExpression[Any]

_NOTE: Final = Text("Note", "Note", "Заметка")
_NOTE_BY: Final = Text("Note by {name}", "Note de {name}", "Заметка: {name}")
_TASK: Final = Text("Task: {name}", "Tâche : {name}", "Задача: {name}")
_TASK_DUE: Final = Text("due {day}", "pour le {day}", "срок {day}")
_TASK_DONE: Final = Text("done", "terminée", "выполнена")
_DEAL: Final = Text("Deal: {name}", "Affaire : {name}", "Сделка: {name}")
_GIVEN: Final = Text("Assigned to {name}", "Attribué à {name}", "Назначен ответственный: {name}")
_FREED: Final = Text("No longer assigned", "Plus attribué", "Ответственный снят")
_BY: Final = Text("by {name}", "par {name}", "кем: {name}")
_BY_AUTOMATION: Final = Text("by the automation “{name}”", "par l’automatisation « {name} »", "автоматизация «{name}»")
_ENTERED: Final = Text("Entered “{name}”", "Entré dans « {name} »", "Вошёл в «{name}»")
_STATES: Final[Mapping[str, Text]] = {
    "active": Text("still inside", "toujours en cours", "ещё внутри"),
    "finished": Text("finished", "terminé", "завершено"),
    "failed": Text("failed", "en échec", "с ошибкой"),
    "stopped": Text("stopped", "arrêté", "остановлено"),
}


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened. `id` is unique within the timeline; `data` are the facts behind the words."""

    id: str
    kind: str
    at: datetime
    title: str
    detail: str | None
    data: _Facts


def of_contact(contact_id: int, paging: Paging, language: Language) -> Page[TimelineItem]:
    """Return one page of a contact's timeline. Raises NotFound."""
    everything = union_all(*_parts(contact_id)).subquery("timeline")
    order = [
        Order(everything.c.at, descending=True),
        Order(everything.c.kind),
        Order(everything.c.id, descending=True),
    ]
    with db.transaction() as session:
        if session.scalar(select(Contact.id).where(Contact.id == contact_id)) is None:
            raise NotFound.thing("contact", contact_id)
        found = page(session, select(everything), order, paging)
    return Page([_item(row, language) for row in found.items], found.next_cursor)


def _parts(contact_id: int) -> list[Select[*tuple[Any, ...]]]:
    """One statement a kind, each giving kind, id, moment and facts."""
    by = aliased(User)
    return [
        _part("event", Event.id, Event.at, name=EventType.name, properties=Event.properties)
        .join(EventType, EventType.id == Event.type_id)
        .where(Event.contact_id == contact_id, EventType.name != LEFT),  # told with the visit
        _part("note", Note.id, Note.created_at, text=Note.text, by=User.name, automation=Automation.name)
        .outerjoin(User, User.id == Note.author_id)
        .outerjoin(Automation, Automation.id == Note.automation_id)
        .where(Note.contact_id == contact_id),
        _part(
            "task", Task.id, Task.created_at, name=Task.title, due_on=Task.due_on, done=Task.done_at.is_not(None)
        ).where(Task.contact_id == contact_id),
        _part("deal", Deal.id, Deal.created_at, name=Deal.name, status=Deal.status, stage=Stage.name)
        .join(DealContact, DealContact.deal_id == Deal.id)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(DealContact.contact_id == contact_id),
        _part("assignment", Assignment.id, Assignment.at, name=User.name, by=by.name, automation=Automation.name)
        .outerjoin(User, User.id == Assignment.user_id)
        .outerjoin(by, by.id == Assignment.by_user_id)
        .outerjoin(Automation, Automation.id == Assignment.automation_id)
        .where(Assignment.contact_id == contact_id),
        _part("enrollment", Enrollment.id, Enrollment.entered_at, name=Automation.name, state=Enrollment.state)
        .join(Automation, Automation.id == Enrollment.automation_id)
        .where(Enrollment.contact_id == contact_id),
    ]


def _part(kind: str, id: Column, at: Column, **facts: Column) -> Select[*tuple[Any, ...]]:
    pairs = [part for name, column in facts.items() for part in (literal(name, SqlText()), column)]
    return select(
        literal(kind, SqlText()).label("kind"),
        id.label("id"),
        at.label("at"),
        func.jsonb_build_object(*pairs).label("facts"),
    )


def _item(row: Sequence[Any], language: Language) -> TimelineItem:
    kind, id_, at, facts = row
    title, detail = _TELLERS[kind](facts)
    return TimelineItem(f"{kind}:{id_}", kind, at, title.say(language), detail and detail.say(language), facts)


def _tell_event(facts: _Facts) -> Told:
    return event_title(facts["name"]), event_detail(facts["name"], facts["properties"])


def _tell_note(facts: _Facts) -> Told:
    author = facts["by"] or facts["automation"]
    return _NOTE_BY.format(name=author) if author else _NOTE, same(facts["text"])


def _tell_task(facts: _Facts) -> Told:
    said = [_TASK_DUE.format(day=facts["due_on"])] if facts["due_on"] else []
    said += [_TASK_DONE] if facts["done"] else []
    return _TASK.format(name=facts["name"]), join(" · ", said) if said else None


def _tell_deal(facts: _Facts) -> Told:
    return _DEAL.format(name=facts["name"]), join(" · ", [same(facts["stage"]), STATUS_LABELS[facts["status"]]])


def _tell_assignment(facts: _Facts) -> Told:
    title = _GIVEN.format(name=facts["name"]) if facts["name"] is not None else _FREED
    if facts["automation"]:
        return title, _BY_AUTOMATION.format(name=facts["automation"])
    return title, _BY.format(name=facts["by"]) if facts["by"] else None


def _tell_enrollment(facts: _Facts) -> Told:
    return _ENTERED.format(name=facts["name"]), _STATES[facts["state"]]


_TELLERS: Final[Mapping[str, Callable[[_Facts], Told]]] = {
    "event": _tell_event,
    "note": _tell_note,
    "task": _tell_task,
    "deal": _tell_deal,
    "assignment": _tell_assignment,
    "enrollment": _tell_enrollment,
}
