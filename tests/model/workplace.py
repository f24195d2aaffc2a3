"""A workspace on PostgreSQL in which scenarios are played, with a clock that the test moves."""

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final

import time_machine
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import secrets
from app.adapters.catalog import bump_revision, load_catalog
from app.errors import Conflict
from app.models import Automation, AutomationState, AutomationVersion, Deal, Workspace
from app.services import attributes, contacts, entries, lists, watching, workspace
from app.services.automations import activation
from app.services.contacts import ContactInput, Identifier
from nodes.catalog import Catalog, Kind
from nodes.world import Json
from tests.factories.publishing import move_everybody
from tests.factories.pushing import make_browser
from tests.factories.sales import make_deal
from tests.factories.users import make_user
from tests.model.reading import HOOK
from tests.model.scenario import START, Change, Enter, Interruption, Person, Publish, Scenario, Switch, plain
from tests.support import live
from tests.support.steps import ADMIN, GONE, REP, ZOE
from workflows.moving import Choice, Choices

# Names are looked up along the search path: this `now()` stands before PostgreSQL's own.
_MOVED_CLOCK: Final = """
    CREATE SCHEMA moved;
    CREATE FUNCTION moved.now() RETURNS timestamptz LANGUAGE sql STABLE
        AS $$ SELECT current_setting('moved.now')::timestamptz $$;
    SET search_path = moved, pg_catalog, public;
    """
_DEFAULTS: Final = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_default LIKE '%now()'
    """

# People come with their deals; that these are made one after another is not part of what is played.
_FORGET_CHANGES: Final = """
    DELETE FROM inbox i USING event_type t WHERE t.id = i.type_id AND t.name = 'contact_changed'
    """

_numbers = count(1)


def furnish(session: Session) -> Catalog:
    """Make people, attributes and lists, and let the database tell the time of the test."""
    workspace.setup()
    secrets.configure("a key of the tests")
    for email, role, active in ((REP, "rep", True), (ZOE, "rep", True), (GONE, "rep", False), (ADMIN, "admin", True)):
        make_user(role, email=email, active=active)
    known = load_catalog().attributes
    for name, kind, options in (
        ("SCORE", Kind.NUMBER, ()),
        ("PLAN", Kind.CATEGORY, ("free", "pro")),
        ("BIRTHDAY", Kind.DATE, ()),
    ):
        if name not in known:
            attributes.create(name, kind, options)
    for name in ("Newsletter", "Customers"):
        lists.create(name)
    set_clock(session, START)
    session.execute(text(_MOVED_CLOCK))
    for table, column in session.execute(text(_DEFAULTS)).all():
        session.execute(text(f'ALTER TABLE "{table}" ALTER "{column}" SET DEFAULT now()'))
    return load_catalog()


def set_clock(session: Session, now: datetime) -> None:
    session.execute(text("SELECT set_config('moved.now', :now, false)"), {"now": now.isoformat()})


class Workplace:
    """One scenario's automations and people, by their numbers in it, as the database knows them."""

    def __init__(self, session: Session, catalog: Catalog, scenario: Scenario) -> None:
        self.session, self.catalog = session, catalog
        self.name = f"sender {next(_numbers)}"  # whose message ids are new
        self.automations = {number: live.activate(each) for number, each in enumerate(scenario.automations, 1)}
        for number, each in enumerate(scenario.automations, 1):
            session.execute(
                update(AutomationVersion)
                .where(AutomationVersion.automation_id == self.automations[number])
                .values(document=self._by_their_ids(each))
            )
        session.execute(update(Workspace).values(frequency_caps=list(scenario.caps)))
        bump_revision()
        self.people = {each.number: self._arrive(each) for each in scenario.people}
        session.execute(text(_FORGET_CHANGES))

    def _by_their_ids(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the document with other automations named as the database does."""
        nodes = [
            node | {"config": node["config"] | {"automation": self.automations[node["config"]["automation"]]}}
            if "automation" in node["config"]
            else node
            for node in document["nodes"]
        ]
        return {**document, "nodes": nodes}

    def by_its_id(self, properties: Mapping[str, Json]) -> Mapping[str, Json]:
        """Return what is sent with the automation that it is about, or was sent to, named as the database does."""
        named = dict(properties)
        if HOOK in named:
            number, step = str(named[HOOK]).split("/")
            named[HOOK] = f"{self.automations[int(number)]}/{step}"
        if "automation" in named:
            named["automation"] = self.automations[int(str(named["automation"]))]
        return named

    def _arrive(self, person: Person) -> int:
        row = ContactInput(
            fields={
                "email": person.email,
                "time_zone": person.zone,
                "phone": person.phone,
                "owner_id": self.catalog.users[person.owner].id if person.owner else None,
            },
            attributes={name: plain(value) for name, value in person.attributes.items()},
            add_tags=sorted(person.tags),
        )
        number = contacts.create(row)
        for _ in range(person.browsers):
            make_browser(number)
        for deal in person.deals:
            made = make_deal(deal.name, number)
            days = {
                "created_at": START - timedelta(days=deal.made),
                "modified_at": START - timedelta(days=deal.changed),
            }
            self.session.execute(update(Deal).where(Deal.id == made.id).values(**days))
        return number

    def interrupt(self, interruption: Interruption) -> None:
        """Let an automation stand still or go on, or change a person, as people do."""
        match interruption:
            case Switch(number):
                self._switch(self.automations[number])
            case Enter(number, _, condition):
                with contextlib.suppress(Conflict):
                    crowd = entries.Crowd(condition=condition)
                    entries.enter_crowd(self.automations[number], crowd, interruption.properties)
            case Publish(number):
                self._publish(self.automations[number], interruption)
            case Change(who, fact, value):
                named = ContactInput(who=Identifier("id", self.people[who]))
                changes: dict[str, dict[str, Any]] = {
                    "SCORE": {"attributes": {"SCORE": value}},
                    "owner": {"fields": {"owner_id": self.catalog.users[str(value)].id if fact == "owner" else None}},
                    "tags": {"add_tags": [value]},
                    "lists": {"add_lists": [value]},
                }
                contacts.write([replace(named, **changes[fact])], "update")

    def _switch(self, automation: int) -> None:
        state = self.session.scalar(select(Automation.state).where(Automation.id == automation))
        if state == AutomationState.ACTIVE:
            activation.pause(automation)
        else:
            activation.resume(automation)

    def _publish(self, automation: int, wish: Publish) -> None:
        draft = self._by_their_ids(wish.document)
        self.session.execute(update(Automation).where(Automation.id == automation).values(draft=draft))
        self.session.expire_all()
        activation.activate(automation, "en", choices=Choices(Choice(wish.way, wish.to, wish.repeat)))
        move_everybody()

    def leave(self) -> None:
        """Make room for the next scenario: nothing listens any more, and nobody is there."""
        ours, people = list(self.automations.values()), list(self.people.values())
        self.session.execute(update(Automation).where(Automation.id.in_(ours)).values(state=AutomationState.ARCHIVED))
        contacts.delete(people)
        self.session.execute(text("DELETE FROM inbox; DELETE FROM timer; DELETE FROM outbox"))
        bump_revision()
        watching.renew()


@contextmanager
def workplace(session: Session, catalog: Catalog, scenario: Scenario) -> Iterator[Workplace]:
    """Move in, at START, and out again."""
    with time_machine.travel(START, tick=False), db.transaction() as here:
        set_clock(here, START)
        made = Workplace(here, catalog, scenario)
        try:
            yield made
        finally:
            made.leave()
