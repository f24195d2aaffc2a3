"""The workspace's names, kept in memory until its revision moves on."""

from collections.abc import Iterable
from itertools import chain
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db
from app.models import (
    Attribute,
    Automation,
    AutomationState,
    ConsentTopic,
    ContactList,
    Pipeline,
    Role,
    Segment,
    Sender,
    Site,
    Stage,
    Template,
    TemplateVersion,
    User,
    Workspace,
)
from app.models.workspace import revisions
from nodes import catalog
from nodes.catalog import Catalog, Kind
from nodes.event_titles import event_titles
from nodes.pressure import read_caps
from nodes.quiet import read_quiet
from nodes.texts import language

_AUTOMATIONS = select(Automation.id, Automation.name).where(Automation.state != AutomationState.ARCHIVED)

_ASKING = (
    select(Template.id, TemplateVersion.event_asked)
    .join(TemplateVersion, TemplateVersion.id == Template.version_id)
    .where(TemplateVersion.event_asked != [])
)


class _Kept:
    """One value: whoever reads it while another greenlet of this process reads anew gets what belongs together."""

    names = ((0, 0), Catalog())  # as of the database of this number, and its revision


def load_catalog() -> Catalog:
    """Return the names as of now; one cheap statement when nothing changed."""
    with db.transaction() as session:
        revision = session.scalar(select(Workspace.revision))
        return catalog_at(session, revision or 0)


def catalog_at(session: Session, revision: int) -> Catalog:
    """Return the names as of a revision just read in this transaction."""
    state = (db.number(), revision)
    known, names = _Kept.names
    if known != state:
        names = _read(session)
        _Kept.names = (state, names)
    return names


def bump_revision() -> None:
    """Tell every process that what it keeps in memory is out of date, once this transaction commits."""
    with db.transaction() as session:
        session.execute(update(Workspace).values(revision=revisions.next_value()))


def _read(session: Session) -> Catalog:
    return Catalog(
        attributes={
            each.name: catalog.Attribute(each.name, Kind(each.kind), tuple(each.options), each.id)
            for each in session.scalars(select(Attribute).order_by(Attribute.name))
        },
        users={each.email: _user(each) for each in session.scalars(select(User))},
        segments={row.id: row.name for row in session.execute(select(Segment.id, Segment.name))},
        lists={row.id: row.name for row in session.execute(select(ContactList.id, ContactList.name))},
        pipelines=_pipelines(session),
        automations={row.id: row.name for row in session.execute(_AUTOMATIONS)},
        templates={row.id: row.name for row in session.execute(select(Template.id, Template.name))},
        template_events={
            row.id: tuple(catalog.Asked(*each) for each in row.event_asked) for row in session.execute(_ASKING)
        },
        senders={row.id: row.name for row in session.execute(select(Sender.id, Sender.name))},
        consent_topics={
            each.id: catalog.ConsentTopic(each.name, each.channel)
            for each in session.scalars(select(ConsentTopic).order_by(ConsentTopic.name))
        },
        watched_domains=tuple(chain.from_iterable(session.scalars(select(Site.domains).order_by(Site.id)))),
        roles=frozenset(session.scalars(select(Role.name))),
        event_titles=event_titles(),
        quiet=read_quiet(session.scalar(select(Workspace.quiet_hours))),
        caps=read_caps(session.scalar(select(Workspace.frequency_caps)) or ()),
        time_zone=ZoneInfo(session.scalar(select(Workspace.time_zone)) or "UTC"),
    )


def _user(user: User) -> catalog.User:
    return catalog.User(user.id, user.email, user.name, _names(user.roles), user.active, language(user.locale))


def _names(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset(role.name for role in roles)


def _pipelines(session: Session) -> dict[int, catalog.Pipeline]:
    stages: dict[int, list[catalog.Stage]] = {}
    for stage in session.scalars(select(Stage).order_by(Stage.pipeline_id, Stage.position, Stage.id)):
        stages.setdefault(stage.pipeline_id, []).append(catalog.Stage(stage.id, stage.name))
    return {
        each.id: catalog.Pipeline(each.id, each.name, tuple(stages.get(each.id, ())), each.is_default)
        for each in session.scalars(select(Pipeline).order_by(Pipeline.id))
    }
