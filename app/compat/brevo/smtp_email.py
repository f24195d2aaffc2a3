"""POST /smtp/email: mail to one person, at once or at a time."""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final
from uuid import UUID

from flask import Response, jsonify, request

from app import permissions
from app.adapters.mail import File, written_id
from app.compat.brevo.door import door
from app.compat.brevo.mail_senders import sender_id, shown_sender
from app.compat.brevo.refusals import missing, out_of_range, wrong
from app.compat.brevo.requests import Body, body, read_moment
from app.compat.brevo.smtp_templates import kept
from app.permissions import requires
from app.services import values
from app.services.mailing import transactional
from app.services.mailing.beside import Person
from app.services.mailing.moulds import Words
from app.services.mailing.transactional import Letter

_MOST_PEOPLE: Final = 99
_MOST_IN_ALL: Final = 2000
_MOST_TAGS: Final = 20
_LARGEST_FILES: Final = 7_000_000
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}", re.ASCII)
_OURS: Final = frozenset(
    {
        *("from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to", "message-id", "return-path", "received"),
        *("list-unsubscribe", "list-unsubscribe-post", "mime-version", "dkim-signature", "content-type"),
        *("content-transfer-encoding", "content-disposition"),
    }
)
_IDEMPOTENCY: Final = frozenset({"idempotencykey", "idempotency-key"})


@door.post("/smtp/email")
@requires("campaigns.send")
def send_email() -> tuple[Response, int]:
    """Let mail leave through the outbox; answers the Message-ID of each."""
    sent = body()
    if sum(len(each.bodies("to")) for each in sent.bodies("messageVersions")) > _MOST_IN_ALL:
        raise out_of_range("messageVersions", f"At most {_MOST_IN_ALL} people can be written to by one call")
    named = _Named()
    letters = _letters(sent, named)
    ids = [
        written_id(identifier, named.address(letter.sender))
        for letter, identifier in zip(letters, transactional.send(letters), strict=True)
    ]
    answer: dict[str, object] = {"messageIds": ids} if sent.has("messageVersions") else {"messageId": ids[0]}
    if sent.has("batchId") and letters[0].at is not None:
        return jsonify({**answer, "batchId": letters[0].batch}), 202
    return jsonify(answer), 201


class _Named:
    """What the versions name, each looked up once a call."""

    def __init__(self) -> None:
        self.template = cache(kept)
        self.sender = cache(lambda raw: sender_id(Body(json.loads(raw), "sender.")))
        self.address = cache(lambda number: shown_sender(number)["email"])


def _letters(sent: Body, named: _Named) -> list[Letter]:
    """Read the mail of each version; what a version does not say is said for all."""
    given, files = sent.bodies("messageVersions"), _files(sent)
    if not given:
        return [_letter(sent, sent, 0, files, named)]
    for each in given:
        if not each.has("to"):
            raise missing("messageVersions.to")
    return [
        _letter(Body({**sent.raw, **each.raw}), sent, place, _files(each) if each.has("attachment") else files, named)
        for place, each in enumerate(given)
    ]


def _letter(sent: Body, whole: Body, place: int, files: Sequence[File], named: _Named) -> Letter:
    to = people(sent, "to")
    if not to:
        raise missing("to")
    number, name = _sender(sent, named)
    headers, key = _headers(sent)
    words = _words(sent, named)
    return Letter(
        words=words,
        to=to,
        sender=number,
        sender_name=name,
        reply_to=_reply_to(sent, named),
        cc=people(sent, "cc"),
        bcc=[address for _, address in people(sent, "bcc")],
        params={**whole.mapping("params"), **sent.mapping("params")},
        tags=_tags(sent),
        headers=headers,
        files=files,
        at=_scheduled(sent),
        batch=_batch(whole),
        key=f"{permissions.signed_in().source}:{key}:{place}" if key else "",
    )


def people(sent: Body, key: str) -> Sequence[Person]:
    """Read who is written to, each with a name that may be empty."""
    found = sent.bodies(key)
    if len(found) > _MOST_PEOPLE:
        raise out_of_range(key, f"{key} should hold at most {_MOST_PEOPLE} people")
    read = {values.email(each.needed_text("email"), f"{key}.email"): _plain(each, "name") for each in found}
    return [(name, address) for address, name in read.items()]


def _sender(sent: Body, named: _Named) -> tuple[int | None, str]:
    """Return who sends, and the name to say; the template's own where the request names nobody."""
    if not sent.has("sender"):
        if not sent.has("templateId"):
            raise missing("sender")
        return named.template(sent.needed_number("templateId")).sender, ""
    given = Body(sent.mapping("sender"), "sender.")
    return named.sender(json.dumps(given.raw, sort_keys=True)), _plain(given, "name")


def _reply_to(sent: Body, named: _Named) -> str | None:
    if sent.has("replyTo"):
        return values.email(Body(sent.mapping("replyTo"), "replyTo.").needed_text("email"), "replyTo.email")
    return named.template(sent.needed_number("templateId")).reply_to if sent.has("templateId") else None


def _words(sent: Body, named: _Named) -> Words:
    """Read what the mail says; a template's words may be replaced one by one."""
    if sent.has("templateId"):
        template = named.template(sent.needed_number("templateId"))
        if not template.active:
            raise wrong("templateId", "This template is not active; PUT /smtp/templates with isActive first")
        return template.words._replace(
            subject=sent.text("subject") or template.words.subject,
            html=sent.text("htmlContent") or template.words.html,
            text=sent.text("textContent"),
        )
    if not sent.text("htmlContent").strip() and not sent.text("textContent").strip():
        raise missing("htmlContent", "htmlContent or textContent is missing")
    return Words(sent.needed_text("subject"), sent.text("htmlContent"), sent.text("textContent"))


def _tags(sent: Body) -> list[str]:
    found = [values.line("tags", each) for each in sent.texts("tags")]
    if len(found) > _MOST_TAGS:
        raise out_of_range("tags", f"tags should hold at most {_MOST_TAGS} tags")
    return found


def _scheduled(sent: Body) -> datetime | None:
    if not sent.has("scheduledAt"):
        return None
    at = read_moment("scheduledAt", sent.text("scheduledAt"))
    if at <= datetime.now(UTC):
        raise wrong("scheduledAt", "scheduledAt should lie in the future")
    return at


def _batch(sent: Body) -> str:
    try:
        return str(UUID(sent.text("batchId"))) if sent.has("batchId") else ""
    except ValueError as error:
        raise wrong("batchId", "batchId should be a UUID") from error


def _headers(sent: Body) -> tuple[dict[str, str], str]:
    """Return the headers of the mail, and the key by which a repetition is known."""
    read: dict[str, str] = {}
    key = request.headers.get("Idempotency-Key", "")
    for name, value in sent.mapping("headers").items():
        if not isinstance(value, str) or not value.isprintable() or not _HEADER.fullmatch(name):
            raise wrong("headers", f"headers should be names and texts of one line; {values.shortened(name)} is not")
        if name.lower() in _IDEMPOTENCY:
            key = value
        elif name.lower() in _OURS:
            raise wrong("headers", f"The header {name} is written here; it cannot be given")
        else:
            read[name] = value
    return read, values.storable("headers.idempotencyKey", key, values.LONGEST_IDENTIFIER)


def _files(sent: Body) -> list[File]:
    found = sent.bodies("attachment")
    for each in found:
        if each.has("url"):
            raise wrong("attachment.url", "Files are not fetched from addresses here; send their content in base64")
    if sum(len(each.text("content")) for each in found) > _LARGEST_FILES:
        raise out_of_range("attachment", f"attachment should hold at most {_LARGEST_FILES} characters in all")
    return [File(values.line("attachment.name", each.needed_text("name")), _content(each)) for each in found]


def _content(file: Body) -> bytes:
    try:
        return base64.b64decode(file.needed_text("content"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise wrong("attachment.content", "attachment.content should be base64") from error


def _plain(given: Body, key: str) -> str:
    """Read a name that may be left out."""
    return values.line(key, given.text(key)) if given.text(key).strip() else ""
