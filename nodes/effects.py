"""What shall happen, as plain data. Steps emit effects; whoever runs the interpreter carries them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from nodes.world import Contact, Json, Topic, Value

Properties: TypeAlias = Mapping[str, Json]
DealStatus: TypeAlias = Literal["open", "won", "lost", "outdated"]


@dataclass(frozen=True, slots=True)
class Effect:
    """Base of all effects; `contact` is the id of the one it is about."""

    contact: int

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What one would listen to, to hear of this change."""
        return ()

    def fold(self, contact: Contact) -> Properties | None:
        """Change the snapshot, so that the next step sees it.

        Returns the properties of the event this change gives rise to; None: nothing changed, or nobody could listen.
        """
        return None


@dataclass(frozen=True, slots=True)
class SetAttribute(Effect):
    """The attribute has this value from now on; None empties it."""

    attribute: str
    value: Value

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (Topic("attribute_changed", self.attribute),)

    def fold(self, contact: Contact) -> Properties | None:
        old = contact.attributes.get(self.attribute)
        if old == self.value:
            return None
        contact.attributes[self.attribute] = self.value
        return {"attribute": self.attribute, "old": as_json(old), "new": as_json(self.value)}


@dataclass(frozen=True, slots=True)
class AssignOwner(Effect):
    """The contact belongs to this user (an email) from now on."""

    owner: str

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (changed("owner"),)

    def fold(self, contact: Contact) -> Properties | None:
        if contact.owner == self.owner:
            return None
        contact.owner = self.owner
        return {"fact": "owner"}


@dataclass(frozen=True, slots=True)
class AddToList(Effect):
    """The contact is a member of the list."""

    list_id: int

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (Topic("list_added", str(self.list_id)), changed("lists"))

    def fold(self, contact: Contact) -> Properties | None:
        if self.list_id in contact.lists:
            return None
        contact.lists.add(self.list_id)
        return {"list": self.list_id, "fact": "lists"}


@dataclass(frozen=True, slots=True)
class RemoveFromList(Effect):
    """The contact is not a member of the list any more."""

    list_id: int

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (changed("lists"),)

    def fold(self, contact: Contact) -> Properties | None:
        if self.list_id not in contact.lists:
            return None
        contact.lists.discard(self.list_id)
        return {"list": self.list_id, "fact": "lists"}


@dataclass(frozen=True, slots=True)
class AddTag(Effect):
    """The contact bears the tag."""

    tag: str

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (changed("tags"),)

    def fold(self, contact: Contact) -> Properties | None:
        if self.tag in contact.tags:
            return None
        contact.tags.add(self.tag)
        return {"tag": self.tag, "fact": "tags"}


@dataclass(frozen=True, slots=True)
class RemoveTag(Effect):
    """The contact does not bear the tag any more."""

    tag: str

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (changed("tags"),)

    def fold(self, contact: Contact) -> Properties | None:
        if self.tag not in contact.tags:
            return None
        contact.tags.discard(self.tag)
        return {"tag": self.tag, "fact": "tags"}


@dataclass(frozen=True, slots=True)
class MoveDeal(Effect):
    """One deal gets this stage and status; None leaves either as it is. `at`: when, aware UTC."""

    deal: int
    stage: int | None
    status: DealStatus | None
    at: datetime

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (changed("deals"),)

    def fold(self, contact: Contact) -> Properties | None:
        for deal in contact.deals:
            if deal.id == self.deal:
                deal.stage = self.stage if self.stage is not None else deal.stage
                deal.status = self.status or deal.status
                deal.modified_at = self.at
        return {"deal": self.deal, "fact": "deals"}


@dataclass(frozen=True, slots=True)
class CallAutomation(Effect):
    """The contact enters another automation, whatever its triggers say."""

    automation: int

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (Topic("automation_called", str(self.automation)),)

    def fold(self, contact: Contact) -> Properties:
        return {"automation": self.automation}


@dataclass(frozen=True, slots=True)
class DismissFrom(Effect):
    """The contact leaves another automation, wherever it stands there."""

    automation: int

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (Topic("automation_dismissed", str(self.automation)),)

    def fold(self, contact: Contact) -> Properties:
        return {"automation": self.automation}


@dataclass(frozen=True, slots=True)
class CreateTask(Effect):
    """A task about the contact; `assignee` None: nobody's yet. `due` is a day in the contact's zone."""

    title: str
    note: str
    due: date | None
    assignee: str | None


@dataclass(frozen=True, slots=True)
class AddNote(Effect):
    """A note on the contact."""

    text: str


@dataclass(frozen=True, slots=True)
class Notify(Effect):
    """Users (emails) are told in the app and, when `by_mail`, by mail. No users: the admins' unassigned queue."""

    users: tuple[str, ...]
    title: str
    body: str
    by_mail: bool


@dataclass(frozen=True, slots=True)
class SendEmail(Effect):
    """A template (its id) is mailed to the contact. `sender` (an id) and `subject` None: the usual ones.

    `topic`: only if the contact agreed to it; `transactional`: whether or not it wants mail.
    """

    template: int
    sender: int | None
    subject: str | None
    reply_to: str | None
    topic: int | None = None
    transactional: bool = False


@dataclass(frozen=True, slots=True)
class SendWebPush(Effect):
    """A notification is shown in the contact's browsers. `ttl`: it waits so many seconds for one that is off.

    `topic`: only if the contact agreed to it.
    """

    title: str
    text: str | None
    link: str
    icon: str | None
    ttl: int
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class SendSms(Effect):
    """A text message is sent to the contact's telephone. `sender` None: the usual one.

    `topic`: only if the contact agreed to it; `transactional`: whether or not it wants text messages.
    """

    text: str
    sender: str | None
    topic: int | None = None
    transactional: bool = False


@dataclass(frozen=True, slots=True)
class CallWebhook(Effect):
    """An HTTP request leaves, once or more, with an idempotency key; its run goes on when it was answered."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str


def changed(fact: str) -> Topic:
    """Return the topic of changes of a fact that has no event of its own."""
    return Topic("contact_changed", fact)


def as_json(value: Value) -> Json:
    """Return an attribute's value as an event property carries it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
