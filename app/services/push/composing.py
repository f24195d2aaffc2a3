"""Making the notification to each contact out of what is to be sent, and handing it to the push services."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import orjson
from sqlalchemy.orm import Session

from app.adapters import mail_links, secrets, web_push
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.event_text import carried
from app.adapters.mail_links import LinkKind, MailLink
from app.adapters.templates import render
from app.adapters.web_push import Browser, Keys, NotPushed, Parcel
from app.models import MessageKind, Outbox
from app.services.mailing import keeping
from app.services.mailing.composing import filled_address
from app.services.mailing.keeping import LeftOut
from app.services.push import keys, subscribing
from app.services.push.subscribing import Subscribed
from app.services.web.identity import signed
from app.services.web.sites import watching
from nodes.fields.templates import reads_of
from nodes.world import Contact, Reads

PUSH: Final = "push"
"""The kind of a delivery that is a web push, and its channel."""

# What no browser shows the end of. Addresses are measured in bytes: all but the text stays below
# `web_push.LONGEST_MESSAGE`, whatever the letters.
_LONGEST_TITLE: Final = 120
_LONGEST_TEXT: Final = 400
_LONGEST_LINK: Final = 800
# For all browsers of a contact, and for one of them: a sender's lease is longer, also when names are looked up slowly.
_DEADLINE_SECONDS: Final = 45.0
_BROWSER_SECONDS: Final = 15.0


class Notification(NamedTuple):
    """What is shown in which browser of a contact. `keys`, or why there are none, and `sender`: see `web_push.send`."""

    parcels: Sequence[tuple[Browser, Parcel]]
    keys: Keys | NotPushed
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
    """A notification to a contact that can be reached. `signed`: the link, saying who comes where it may."""

    contact: Contact
    browsers: Sequence[Subscribed]
    link: str
    signed: str


def compose(session: Session, deliveries: Sequence[Outbox]) -> Mapping[int, Notification | LeftOut]:
    """Return what is to be handed over for each delivery, by its id, and keep a message for each.

    Decided anew at each try: who is left out, and which browsers there are.
    """
    people = {each.contact_id for each in deliveries if each.contact_id is not None}
    reads = reads_of(" ".join(_texts(deliveries))) | Reads(fields=True, consents=True)
    contacts = load_contacts(session, people, reads, load_catalog(), datetime.now(UTC))
    browsers = subscribing.of_contacts(session, people)
    is_watched = watching()
    fates = {each.id: _fate(each, contacts, browsers, is_watched) for each in deliveries}
    rows = [_row(each, fates[each.id], contacts) for each in deliveries if each.contact_id in contacts]
    numbers = keeping.keep(session, rows)
    pair, sender = _pair(), keys.sender()
    return {
        each.id: fate
        if isinstance(fate := fates[each.id], LeftOut)
        else Notification(_parcels(each, fate, numbers[each.key]), pair, sender)
        for each in deliveries
    }


def send(notification: Notification) -> Pushed:
    """Hand it over for each browser, as long as there is time; touches no database."""
    if isinstance(notification.keys, NotPushed):
        return Pushed(sent=False, gone=(), error=str(notification.keys), permanent=notification.keys.permanent)
    end = time.monotonic() + _DEADLINE_SECONDS
    gone: list[str] = []
    faults: list[NotPushed] = []
    for browser, parcel in notification.parcels:
        if (left := end - time.monotonic()) <= 0:
            faults.append(NotPushed("No time was left: push services were slow.", permanent=False))
            continue
        try:
            web_push.send(browser, parcel, notification.keys, notification.sender, min(left, _BROWSER_SECONDS))
        except NotPushed as error:
            faults.append(error)
            gone += [browser.endpoint] if error.gone else []
    sent = len(faults) < len(notification.parcels)
    return Pushed(sent, gone, str(faults[-1]) if faults else None, all(each.permanent for each in faults))


def _texts(deliveries: Sequence[Outbox]) -> Iterator[str]:
    for each in deliveries:
        yield from (each.payload[name] or "" for name in ("title", "text", "link"))


def _is_personal(delivery: Outbox) -> bool:
    """Tell whether it holds anything of the contact: that is not for a browser that only says to be the contact's."""
    written = (delivery.payload[name] or "" for name in ("title", "text", "link", "icon"))
    return any("{{" in each or "{%" in each for each in written)


def _pair() -> Keys | NotPushed:
    try:
        return keys.pair()
    except secrets.Unreadable:
        return NotPushed("The key pair of web push was encrypted with another SECRET_KEY.", permanent=True)


def _fate(
    delivery: Outbox,
    contacts: Mapping[int, Contact],
    browsers: Mapping[int, Sequence[Subscribed]],
    is_watched: Callable[[str], bool],
) -> _Ready | LeftOut:
    contact = contacts.get(delivery.contact_id or 0)
    if contact is None:
        return LeftOut("erased")
    if delivery.payload["topic"] not in {None, *contact.consents}:
        return LeftOut("no_consent")
    if contact.id not in browsers:
        return LeftOut("no_browser")
    reached = [each for each in browsers[contact.id] if each.proven or not _is_personal(delivery)]
    if not reached:
        return LeftOut("unproven_browser")
    leads_to = filled_address(delivery.payload["link"], contact, carried(delivery.payload))
    link = signed(leads_to, contact.id) if leads_to and is_watched(leads_to) else leads_to
    fits = 0 < len(link.encode()) <= _LONGEST_LINK
    return _Ready(contact, reached, leads_to, link) if fits else LeftOut("bad_link")


def _row(delivery: Outbox, fate: _Ready | LeftOut, contacts: Mapping[int, Contact]) -> dict[str, Any]:
    reached = () if isinstance(fate, LeftOut) else fate.browsers
    title = render(delivery.payload["title"], contacts[delivery.contact_id or 0], carried(delivery.payload))
    return keeping.row(
        delivery,
        fate.reason if isinstance(fate, LeftOut) else None,
        kind=MessageKind.AUTOMATION,
        address=", ".join(sorted({urlsplit(each.browser.endpoint).hostname or "" for each in reached})),
        subject=title[:_LONGEST_TITLE],
    )


def _parcels(delivery: Outbox, ready: _Ready, message: int) -> list[tuple[Browser, Parcel]]:
    """Return what each browser gets: a link that says who comes only where it is proven that it is the contact's."""
    made = {
        proven: _parcel(delivery, ready, message, link) for proven, link in ((False, ready.link), (True, ready.signed))
    }
    return [(each.browser, made[each.proven]) for each in ready.browsers]


def _parcel(delivery: Outbox, ready: _Ready, message: int, link: str) -> Parcel:
    icon = delivery.payload["icon"]
    event = carried(delivery.payload)
    text = render(delivery.payload["text"] or "", ready.contact, event)[:_LONGEST_TEXT]
    topic = hashlib.blake2b(delivery.key.encode(), digest_size=16).hexdigest()
    shown = {
        "title": render(delivery.payload["title"], ready.contact, event)[:_LONGEST_TITLE],
        "body": text,
        "icon": icon if icon and len(icon.encode()) <= _LONGEST_LINK else None,
        "link": link,
        # One that is sent twice is shown once.
        "tag": topic,
        "told": mail_links.address(MailLink(LinkKind.NOTIFICATION, message)),
    }
    if (excess := len(orjson.dumps(shown)) - web_push.LONGEST_MESSAGE) > 0:
        shown["body"] = text.encode()[: max(0, len(text.encode()) - excess)].decode(errors="ignore")
    return Parcel(orjson.dumps(shown), delivery.payload["ttl"], topic)
