"""Making the notification to each contact out of what is to be sent, and handing it to the push services."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import orjson
from sqlalchemy.orm import Session

from app.adapters import mail_links, web_push
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.mail_links import LinkKind, MailLink
from app.adapters.templates import render
from app.adapters.web_push import Browser, Keys, NotPushed, Parcel
from app.models import MessageKind, Outbox, PushSubscription
from app.services.mailing import keeping
from app.services.mailing.composing import filled_address
from app.services.mailing.keeping import LeftOut
from app.services.push import keys, subscribing
from app.services.web.identity import signed
from app.services.web.sites import is_watched
from nodes.fields.templates import reads_of
from nodes.world import Contact, Reads

PUSH: Final = "push"
"""The kind of a delivery that is a web push, and its channel."""

# What no browser shows the end of; together they stay below `web_push.LONGEST_MESSAGE`.
_LONGEST_TITLE: Final = 120
_LONGEST_TEXT: Final = 400
_LONGEST_LINK: Final = 800


class Notification(NamedTuple):
    """What is shown, in which browsers of one contact; `keys` and `sender` as in `web_push.send`."""

    browsers: Sequence[Browser]
    parcel: Parcel
    keys: Keys
    sender: str


class Pushed(NamedTuple):
    """What came of sending to all browsers of a contact: it is `sent` if one of them is reached.

    `gone`: the endpoints of those that take no push any more; `error` and `permanent`: why none is reached.
    """

    sent: bool
    gone: Sequence[str]
    error: str | None
    permanent: bool


class _Ready(NamedTuple):
    """A notification to a contact that can be reached."""

    contact: Contact
    browsers: Sequence[PushSubscription]
    link: str


def compose(session: Session, deliveries: Sequence[Outbox]) -> Mapping[int, Notification | LeftOut]:
    """Return what is to be handed over for each delivery, by its id, and keep a message for each.

    Decided anew at each try: who is left out, and which browsers there are.
    """
    people = {each.contact_id for each in deliveries if each.contact_id is not None}
    reads = reads_of(" ".join(_texts(deliveries))) | Reads(fields=True, consents=True)
    contacts = load_contacts(session, people, reads, load_catalog(), datetime.now(UTC))
    browsers = subscribing.of_contacts(session, people)
    fates = {each.id: _fate(each, contacts, browsers) for each in deliveries}
    rows = [_row(each, fates[each.id], contacts) for each in deliveries if each.contact_id in contacts]
    numbers = keeping.keep(session, rows)
    pair, sender = keys.pair(), keys.sender()
    return {
        each.id: fate
        if isinstance(fate := fates[each.id], LeftOut)
        else Notification(
            [Browser(known.endpoint, known.p256dh, known.auth) for known in fate.browsers],
            _parcel(each, fate, numbers[each.key]),
            pair,
            sender,
        )
        for each in deliveries
    }


def send(notification: Notification) -> Pushed:
    """Hand it over for each browser; touches no database."""
    gone: list[str] = []
    faults: list[NotPushed] = []
    for browser in notification.browsers:
        try:
            web_push.send(browser, notification.parcel, notification.keys, notification.sender)
        except NotPushed as error:
            faults.append(error)
            gone += [browser.endpoint] if error.gone else []
    sent = len(faults) < len(notification.browsers)
    return Pushed(sent, gone, str(faults[-1]) if faults else None, all(each.permanent for each in faults))


def _texts(deliveries: Sequence[Outbox]) -> Iterator[str]:
    for each in deliveries:
        yield from (each.payload[name] or "" for name in ("title", "text", "link"))


def _fate(
    delivery: Outbox, contacts: Mapping[int, Contact], browsers: Mapping[int, Sequence[PushSubscription]]
) -> _Ready | LeftOut:
    contact = contacts.get(delivery.contact_id or 0)
    if contact is None:
        return LeftOut("erased")
    if delivery.payload["topic"] not in {None, *contact.consents}:
        return LeftOut("no_consent")
    if contact.id not in browsers:
        return LeftOut("no_browser")
    leads_to = filled_address(delivery.payload["link"], contact)
    link = signed(leads_to, contact.id) if leads_to and is_watched(leads_to) else leads_to
    return _Ready(contact, browsers[contact.id], link) if 0 < len(link) <= _LONGEST_LINK else LeftOut("bad_link")


def _row(delivery: Outbox, fate: _Ready | LeftOut, contacts: Mapping[int, Contact]) -> dict[str, Any]:
    reached = () if isinstance(fate, LeftOut) else fate.browsers
    return keeping.row(
        delivery,
        fate.reason if isinstance(fate, LeftOut) else None,
        kind=MessageKind.AUTOMATION,
        address=", ".join(sorted({urlsplit(each.endpoint).hostname or "" for each in reached})),
        subject=render(delivery.payload["title"], contacts[delivery.contact_id or 0])[:_LONGEST_TITLE],
    )


def _parcel(delivery: Outbox, ready: _Ready, message: int) -> Parcel:
    topic = hashlib.blake2b(delivery.key.encode(), digest_size=16).hexdigest()
    shown = {
        "title": render(delivery.payload["title"], ready.contact)[:_LONGEST_TITLE],
        "body": render(delivery.payload["text"] or "", ready.contact)[:_LONGEST_TEXT],
        "icon": delivery.payload["icon"],
        "link": ready.link,
        # One that is sent twice is shown once.
        "tag": topic,
        "told": mail_links.address(MailLink(LinkKind.NOTIFICATION, message)),
    }
    return Parcel(orjson.dumps(shown), delivery.payload["ttl"], topic)
