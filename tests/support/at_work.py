"""Templates of automations at work in a test's database: what is done to contacts, and what came of it."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import func, select, update

from app import db
from app.models import PARTITIONS, Contact, Event, Notification, Outbox, Task, Template, User, Watch
from app.services import contacts, watching
from app.services.automations import activation, drafts
from app.services.consents import topics
from app.services.contacts import ContactInput, Identifier
from app.services.drain import drain
from tests.factories.consents import agrees
from tests.factories.contacts import change
from tests.support import live

REP = "rep@example.com"


def own(contact: int) -> None:
    """Let the contact belong to the rep."""
    with db.transaction() as session:
        rep = session.scalars(select(User.id).where(User.email == REP)).one()
    contacts.update(change(contact, owner_id=rep))


def owner(contact: int) -> str | None:
    with db.transaction() as session:
        return session.scalar(
            select(User.email).join(Contact, Contact.owner_id == User.id).where(Contact.id == contact)
        )


def begin(key: str) -> None:
    """Switch the template on as it comes."""
    activation.activate(drafts.create("en", template=key).id, "en")


def later(days: int) -> None:
    """So much time passes: for the waits, and for what happened so far."""
    with db.transaction() as session:
        session.execute(update(Event).values(at=Event.at - timedelta(days=days)))
    live.pass_time(days=days)
    live.drain_all()


def look() -> None:
    """The clock looks who fits by now, and what day it is; the engine works."""
    with db.transaction() as session:
        session.execute(update(Watch).values(due_at=func.now()))
    watching.look()
    drain(range(PARTITIONS))


def tag(contact: int, *, add: Collection[str] = (), remove: Collection[str] = ()) -> None:
    contacts.update(ContactInput(who=Identifier("id", contact), add_tags=list(add), remove_tags=list(remove)))


def tags(contact: int) -> set[str]:
    return set(contacts.get(contact).tags)


def tasks() -> Sequence[str]:
    """The titles of all tasks, the oldest first; each is the rep's."""
    with db.transaction() as session:
        rep = session.scalars(select(User.id).where(User.email == REP)).one()
        found = session.execute(select(Task.title, Task.assignee_id).order_by(Task.id)).all()
    assert {assignee for _, assignee in found} <= {rep}
    return [title for title, _ in found]


def mails() -> Sequence[str]:
    """The templates of all mail that is to leave."""
    with db.transaction() as session:
        names = dict(session.execute(select(Template.id, Template.name)).all())
        found = session.scalars(select(Outbox).where(Outbox.channel == "email").order_by(Outbox.id)).all()
    return [names[each.payload["template"]] for each in found]


def agree(*contact_ids: int) -> None:
    """These contacts want the newsletter, which came with the template."""
    (topic,) = topics.every()
    for each in contact_ids:
        agrees(each, topic.id)


def alerts() -> Sequence[str]:
    with db.transaction() as session:
        return session.scalars(select(Notification.title).order_by(Notification.id)).all()
