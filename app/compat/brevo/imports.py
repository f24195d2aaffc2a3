"""Importing contacts: out of a CSV text, a list of objects or a file somewhere, as a process that can be watched."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from flask import Response, jsonify

from app import db
from app.adapters import http
from app.adapters.catalog import load_catalog
from app.adapters.outside import NotReached
from app.compat.brevo.door import door
from app.compat.brevo.identifiers import attribute_identifier
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body
from app.permissions import requires
from app.services import imports, lists
from app.services.contacts import FieldName
from app.services.imports import ImportOptions, ImportPreview
from app.services.imports.text_files import LARGEST_FILE
from nodes.catalog import Attribute

_SOURCES: Final = ("fileUrl", "fileBody", "jsonBody")
_SEPARATOR: Final = ";"
_BLACKLISTS: Final[dict[str, FieldName]] = {"emailBlacklist": "email_blacklisted", "smsBlacklist": "sms_blacklisted"}


@door.post("/contacts/import")
@requires("contacts.import")
def import_contacts() -> tuple[Response, int]:
    """Begin an import."""
    sent = body()
    content = _content(sent)
    with db.transaction():
        uploaded = imports.upload(content, _source(sent), encoding="utf-8", separator=_SEPARATOR)
        imports.start(uploaded.id, _options(sent, uploaded))
    return jsonify(processId=uploaded.id), 202


def _source(sent: Body) -> str:
    given = [key for key in _SOURCES if sent.has(key)]
    if len(given) != 1:
        raise (wrong if given else missing)("fileUrl", f"Exactly one of {', '.join(_SOURCES)} should be given")
    return given[0]


def _content(sent: Body) -> bytes:
    source = _source(sent)
    if source == "fileUrl":
        return _fetched(sent.needed_text("fileUrl"))
    if source == "fileBody":
        return sent.needed_text("fileBody").encode()
    return _written(sent.bodies("jsonBody"), alike=sent.flag("emptyContactsAttributes"))


def _fetched(url: str) -> bytes:
    try:
        answer = http.request("GET", url, {}, largest=LARGEST_FILE)
    except NotReached as error:
        raise wrong("fileUrl", f"fileUrl cannot be read: {error}") from error
    if answer.status != 200:
        raise wrong("fileUrl", f"fileUrl cannot be read: it answered {answer.status}")
    return answer.body


def _options(sent: Body, uploaded: ImportPreview) -> ImportOptions:
    fields: dict[FieldName, bool] = {field: True for key, field in _BLACKLISTS.items() if sent.flag(key)}
    return ImportOptions(
        mapping=_mapping(column.header for column in uploaded.columns),
        list_ids=[*sent.numbers("listIds"), *_new_list(sent)],
        update_existing=sent.flag("updateExistingContacts", default=True),
        empty_overwrites=sent.flag("emptyContactsAttributes"),
        fields=fields,
        tolerant=True,
        notify_url=notify_url(sent),
    )


def _mapping(headers: Iterable[str]) -> dict[int, str]:
    """Where the columns go; those that the workspace has no attribute for are left out."""
    attributes = load_catalog().attributes
    mapping: dict[int, str] = {}
    for index, header in enumerate(headers):
        name = header.upper()
        target = attribute_identifier(name) or (f"attribute:{name}" if name in attributes else "skip")
        mapping[index] = "skip" if target in mapping.values() else target
    if not set(mapping.values()) - {"skip"}:
        raise wrong("fileBody", "The first line should name the columns, EMAIL among them, separated by ;")
    return mapping


def _new_list(sent: Body) -> list[int]:
    if not sent.has("newList"):
        return []
    new = Body(sent.mapping("newList"), "newList.")
    return [lists.create(new.needed_text("listName"), new.number("folderId"))]


def notify_url(sent: Body) -> str | None:
    """Return what is to be called when it is over, if anything."""
    url = sent.text("notifyUrl")
    if url and not url.startswith(("http://", "https://")):
        raise wrong("notifyUrl", "notifyUrl should begin with http:// or https://")
    return url or None


def _written(contacts: list[Body], *, alike: bool) -> bytes:
    """Return contacts as a file would have them. `alike`: a missing attribute must not pass for an empty one."""
    if not contacts:
        raise missing("jsonBody", "jsonBody is empty")
    known = load_catalog().attributes
    rows = [_row(each, known) for each in contacts]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if alike and any(len(row) < len(columns) for row in rows):
        message = "With emptyContactsAttributes every contact in jsonBody should have the same attributes"
        raise wrong("jsonBody", message)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=_SEPARATOR)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _row(contact: Body, known: Mapping[str, Attribute]) -> Mapping[str, str]:
    given = {name.upper(): value for name, value in contact.mapping("attributes").items()}
    kept = {name: _cell(value) for name, value in given.items() if name in known or attribute_identifier(name)}
    return {**kept, "EMAIL": contact.text("email")}


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(str(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
