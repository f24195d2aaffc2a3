"""The answer to “Why?” about one contact and one automation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.adapters.paths import read_path
from app.errors import NotFound
from app.models import (
    Automation,
    AutomationState,
    AutomationVersion,
    Contact,
    Enrollment,
    EnrollmentState,
    Event,
    EventType,
    PendingEntry,
    Refusal,
)
from app.services.automations.drafts import find
from app.services.journeys import say_refusal
from app.services.views import Reference
from app.services.why.doors import Closed, Doors, closed_to, doors_of
from app.services.why.tree import Part, StepReason, Teller
from nodes.event_fields import named_fields
from nodes.event_titles import event_title
from nodes.runs import NEXT
from nodes.texts import SEMICOLON, Language, Text, join, same
from workflows.document import load

_MOST_RUNS: Final = 10
_MOST_CLOSED: Final = 5
_MOST_VERSIONS: Final = 5
_ENTERED: Final = Text("Entered by “{event}”", "Entré par « {event} »", "Вошёл по «{event}»")
_CAME_IN: Final = Text("Entered", "Entré", "Вошёл")
_STANDING: Final[Mapping[str, Text]] = {
    EnrollmentState.ACTIVE: Text("waits at “{step}”", "attend à « {step} »", "ждёт на «{step}»"),
    EnrollmentState.FINISHED: Text("left after “{step}”", "sorti après « {step} »", "вышел после «{step}»"),
    EnrollmentState.FAILED: Text("failed at “{step}”", "échec à « {step} »", "ошибка на «{step}»"),
    EnrollmentState.STOPPED: Text("stopped at “{step}”", "arrêté à « {step} »", "остановлен на «{step}»"),
}
_WENT: Final = Text("went {way} at “{step}”", "a pris {way} à « {step} »", "пошёл «{way}» на «{step}»")
_NOT: Final = Text("Did not enter: {reason}", "N’est pas entré : {reason}", "Не вошёл: {reason}")
_FILTER: Final = Text(
    "“{event}” came, but “{step}” takes only: {missing}",
    "« {event} » est arrivé, mais « {step} » demande : {missing}",
    "«{event}» пришло, но «{step}» требует: {missing}",
)
_FILTERED_THEN: Final = Text(
    "“{event}” came, but “{step}” did not take the contact as it was then",
    "« {event} » est arrivé, mais « {step} » n’acceptait pas le contact tel qu’il était alors",
    "«{event}» пришло, но «{step}» не принял контакт таким, каким он был тогда",
)
_PENDING: Final = Text(
    "“{event}” came while the contact was inside; it enters after the exit.",
    "« {event} » est arrivé pendant que le contact était à l’intérieur ; il entrera après la sortie.",
    "«{event}» пришло, пока контакт был внутри; он войдёт после выхода.",
)
_NOTHING: Final = Text(
    "Did not enter: nothing has come that this automation listens to.",
    "N’est pas entré : rien de ce que cette automatisation écoute n’est arrivé.",
    "Не вошёл: ничего из того, что слушает эта автоматизация, не происходило.",
)
_OFF: Final = Text(
    "Did not enter: the automation is not active.",
    "N’est pas entré : l’automatisation n’est pas active.",
    "Не вошёл: автоматизация не активна.",
)


class Decision(NamedTuple):
    """One decision: `kind` is `run`, `refused`, `filtered` or `waiting`; `certain`: with the values of that moment."""

    kind: str
    at: datetime
    sentence: str
    version: int | None
    state: str | None
    times: int
    steps: list[StepReason]
    filters: list[Part]
    missing: str | None
    certain: bool


class Why(NamedTuple):
    """The latest decision in a sentence, and all that are known, the latest first."""

    automation: Reference
    sentence: str
    decisions: list[Decision]


def of_contact(contact_id: int, automation_id: int, language: Language) -> Why:
    """Say why a contact is, was or never came into an automation. Raises NotFound."""
    with db.transaction() as session:
        automation = find(session, automation_id)
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)
        asked = _Asked(session, automation, contact_id, language)
        decisions = [*asked.runs(), *asked.refusals(), *asked.pending(), *asked.filtered()]
    decisions.sort(key=lambda each: each.at, reverse=True)
    usual = _NOTHING if automation.state == AutomationState.ACTIVE else _OFF
    sentence = decisions[0].sentence if decisions else usual.say(language)
    return Why(Reference(automation.id, automation.name), sentence, decisions)


class _Asked:
    """One question, and what was found so far."""

    def __init__(self, session: Session, automation: Automation, contact_id: int, language: Language) -> None:
        self._session, self._automation, self._contact, self._language = session, automation, contact_id, language
        self._catalog = load_catalog()
        self._known: set[int] = set()
        self._told = True

    def runs(self) -> list[Decision]:
        """Return the contact's runs, the latest ones."""
        rows = self._session.execute(
            select(Enrollment, AutomationVersion.number, AutomationVersion.document, EventType.name)
            .join(AutomationVersion, AutomationVersion.id == Enrollment.version_id)
            .outerjoin(Event, and_(Event.contact_id == Enrollment.contact_id, Event.id == Enrollment.event_id))
            .outerjoin(EventType, EventType.id == Event.type_id)
            .where(Enrollment.contact_id == self._contact, Enrollment.automation_id == self._automation.id)
            .order_by(Enrollment.id.desc())
            .limit(_MOST_RUNS)
        ).all()
        self._told = len(rows) < _MOST_RUNS
        tellers: dict[int, Teller] = {}
        found = []
        for run, number, document, event in rows:
            self._known.add(run.event_id)
            teller = tellers.setdefault(number, Teller(load(document), self._catalog, self._language))
            steps = [teller.step(each) for each in read_path(run.path, run.entered_at)]
            sentence = self._say_run(run, event, steps, teller)
            at = steps[-1].at if steps else run.entered_at
            found.append(Decision("run", at, sentence, number, run.state, 1, steps, [], None, certain=True))
        return found

    def refusals(self) -> list[Decision]:
        """Return why events that fitted did not let the contact in."""
        rows = self._session.scalars(
            select(Refusal).where(Refusal.contact_id == self._contact, Refusal.automation_id == self._automation.id)
        ).all()
        self._known |= {each.last_event_id for each in rows}
        self._told &= all(each.times == 1 for each in rows)  # of several refusals the last alone is known
        return [
            self._not("refused", each.last_at, say_refusal(each.reason), times=each.times, certain=True)
            for each in rows
        ]

    def pending(self) -> list[Decision]:
        """Return what is to let the contact in later."""
        rows = self._session.scalars(
            select(PendingEntry).where(
                PendingEntry.contact_id == self._contact, PendingEntry.automation_id == self._automation.id
            )
        ).all()
        self._known |= {each.event_id for each in rows}
        found = []
        for each in rows:
            said = _PENDING.format(event=event_title(str(each.event["name"]))).say(self._language)
            at = datetime.fromisoformat(str(each.event["at"]))
            found.append(Decision("waiting", at, said, None, None, 1, [], [], None, certain=True))
        return found

    def filtered(self) -> list[Decision]:
        """Return the latest events that fitted no filter; none while the automation is off."""
        if self._automation.state != AutomationState.ACTIVE:
            return []
        rows = self._session.scalars(
            select(AutomationVersion)
            .where(AutomationVersion.automation_id == self._automation.id)
            .order_by(AutomationVersion.id.desc())
            .limit(_MOST_VERSIONS)
        ).all()
        documents = {row.number: load(row.document) for row in rows}
        versions = [
            Doors(row.created_at, doors_of(self._automation.id, documents[row.number]), row.number) for row in rows
        ]
        closed = (
            each
            for each in closed_to(
                self._session,
                self._contact,
                versions,
                self._catalog,
                since=self._automation.first_event,
                told=self._told,
            )
            if each.event.id not in self._known
        )
        tellers = {number: Teller(each, self._catalog, self._language) for number, each in documents.items()}
        return [self._closed(each, tellers[each.version]) for each in islice(closed, _MOST_CLOSED)]

    def _closed(self, closed: Closed, teller: Teller) -> Decision:
        asked = named_fields(closed.event.name)
        unmet = [same(teller.missing(each, asked)) for each in closed.filters if not each.holds]
        missing = join(SEMICOLON, unmet).say(self._language)
        words = {"event": event_title(closed.event.name), "step": teller.title(closed.door.node)}
        reason = _FILTER.format(missing=missing, **words) if missing else _FILTERED_THEN.format(**words)
        parts = [teller.part(each, asked) for each in closed.filters]
        return self._not("filtered", closed.event.at, reason, certain=closed.certain, filters=parts, missing=missing)

    def _not(
        self,
        kind: str,
        at: datetime,
        reason: Text,
        *,
        certain: bool,
        times: int = 1,
        filters: Sequence[Part] = (),
        missing: str | None = None,
    ) -> Decision:
        said = _NOT.format(reason=reason).say(self._language)
        return Decision(kind, at, said, None, None, times, [], list(filters), missing, certain)

    def _say_run(self, run: Enrollment, event: str | None, steps: Sequence[StepReason], teller: Teller) -> str:
        parts = [_ENTERED.format(event=event_title(event)) if event else _CAME_IN]
        turn = next((each for each in reversed(steps) if each.way and (each.branches or each.port != NEXT)), None)
        if turn:
            parts.append(_WENT.format(way=turn.way, step=turn.title))
            lacked = [branch.lacked for branch in turn.branches if branch.lacked]
            parts += lacked[:1] or ([same(turn.because)] if turn.because else [])
        parts.append(_STANDING[run.state].format(step=teller.title(run.node)))
        parts += [same(run.reason.get(self._language, ""))] if run.reason else []
        return f"{join(SEMICOLON, parts).say(self._language).rstrip('.')}."
