"""Who takes text messages on, and how."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import select

from app import db
from app.adapters import mail_links, secrets
from app.adapters import sms as adapter
from app.adapters.mail_links import LinkKind, MailLink
from app.adapters.sms import HttpProvider, NotTexted, Provider, Sms, TwilioProvider
from app.errors import Conflict, Invalid
from app.models import Workspace
from app.services import audit, values
from app.services.sms.numbers import COUNTRIES, default_country, international
from nodes.fields import FormField, HeaderLines, SmsSender, Url
from nodes.fields.base import Unfit
from nodes.texts import same

PROVIDERS: Final = ("", "http", "twilio")
METHODS: Final = ("POST", "GET", "PUT")
LONGEST_SECRET: Final = 2000
_TEST: Final = "Cadenza: this is a test."


class SmsSettings(NamedTuple):
    """`provider`: empty for none. `country`: of numbers that name none. `url` … `body`: of a provider of one's own.

    `account`: at Twilio.
    """

    provider: str = ""
    sender: str = ""
    country: str = ""
    url: str = ""
    method: str = "POST"
    body: str = ""
    account: str = ""


class ShownSettings(NamedTuple):
    """The settings as they may be shown. `replies_url`: where the provider is to send what contacts answer."""

    settings: SmsSettings
    has_secret: bool
    replies_url: str


class Service(NamedTuple):
    """Who takes messages on, and in whose name they come."""

    provider: Provider
    sender: str


def shown() -> ShownSettings:
    """Return the settings for people to see."""
    stored = _stored()
    return ShownSettings(_settings(stored), bool(stored.get("secret")), replies_url())


def configure(new: SmsSettings, secret: str | None = None) -> ShownSettings:
    """Use these settings from now on. `secret`: Twilio's token, or the headers of one's own provider, one a line.

    None keeps the stored one, as long as it goes to the same provider. Raises Invalid naming the field.
    """
    _check(new, secret)
    with db.transaction() as session:
        workspace = session.scalars(select(Workspace).with_for_update()).one()
        old = _settings(workspace.sms)
        kept = workspace.sms.get("secret", "") if _goes_there(old, new) else ""
        encrypted = kept if secret is None else secret and secrets.encrypt(secret)
        workspace.sms = {**new._asdict(), "secret": encrypted}
        audit.record("sms.updated", "sms", detail={"provider": new.provider})
        session.flush()
        return shown()


def service() -> Service | None:
    """Return who takes messages on, if anybody. Raises NotTexted when the secret cannot be read."""
    stored = _stored()
    known = _settings(stored)
    if not known.provider:
        return None
    try:
        secret = secrets.decrypt(stored["secret"]) if stored.get("secret") else ""
    except secrets.Unreadable as error:
        raise NotTexted("The provider's secret was encrypted with another SECRET_KEY.", permanent=True) from error
    if known.provider == "twilio":
        return Service(TwilioProvider(known.account, secret), known.sender)
    headers = tuple((name.strip(), value.strip()) for name, value in _pairs(secret))
    return Service(HttpProvider(known.method, known.url, headers, known.body), known.sender)


def send_test(to: str) -> None:
    """Send a message to a number now. Raises Invalid for no number, Conflict with what the provider said."""
    number = international(to, default_country())
    if number is None:
        raise Invalid.field("to", "bad_phone", "This is no telephone number.", "Write it like +33612345678.")
    try:
        known = service()
        if known is None:
            raise Conflict("There is no provider of SMS yet. Choose one, and save.")
        adapter.send(known.provider, Sms(number, _TEST, known.sender, f"test-{uuid4()}", _no_report()))
    except NotTexted as error:
        raise Conflict(f"It was not sent: {error}") from error


def replies_url() -> str:
    """Return where the provider is to send what contacts answer: signed, so that nobody else knows it."""
    return mail_links.address(MailLink(LinkKind.SMS_REPLY, 0))


def _no_report() -> str:
    """Return where a provider tells what became of a message that is none of a contact's: nowhere."""
    return mail_links.address(MailLink(LinkKind.SMS_REPORT, 0))


def _check(new: SmsSettings, secret: str | None) -> None:
    if new.country and new.country not in COUNTRIES:
        raise Invalid.field("country", "unknown_country", "There is no such country.", "Write its code, like FR.")
    _fits("sender", SmsSender, new.sender, empty=not new.provider)
    if new.provider == "twilio":
        values.line("account", new.account)
    if new.provider == "http":
        _fits("url", Url, new.url.replace("{", "%7B").replace("}", "%7D").replace(" ", ""))
        _fits("secret", HeaderLines, secret or "", empty=True)


def _fits(field: str, kind: type[FormField], written: str, *, empty: bool = False) -> None:
    if empty and not written:
        return
    try:
        kind(same(field)).convert(written)
    except Unfit as error:
        raise Invalid.field(field, "invalid", f"This must be {error.expected.en}.", "Correct it.") from error


def _stored() -> Mapping[str, Any]:
    with db.transaction() as session:
        stored: Mapping[str, Any] = session.scalars(select(Workspace.sms)).one()
    return stored


def _settings(stored: Mapping[str, Any]) -> SmsSettings:
    return SmsSettings(**{name: stored[name] for name in SmsSettings._fields if name in stored})


def _goes_there(old: SmsSettings, new: SmsSettings) -> bool:
    """A secret goes to nobody else than whom it was entered for."""
    there = [(each.provider, urlsplit(each.url)[:2], each.account) for each in (old, new)]
    return there[0] == there[1]


def _pairs(lines: str) -> list[tuple[str, str]]:
    return [(name, value) for name, colon, value in (each.partition(":") for each in lines.splitlines()) if colon]
