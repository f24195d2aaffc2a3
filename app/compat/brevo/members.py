"""Putting contacts on lists and taking them off."""

from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

from flask import Response, jsonify

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.lists import list_of
from app.compat.brevo.processes import record_emptying
from app.compat.brevo.refusals import missing, out_of_range, wrong
from app.compat.brevo.requests import Body, body
from app.permissions import requires
from app.services import contacts, lists
from app.services.contacts import Identifier, IdentifierKind

_MOST: Final = 150


class _Named(NamedTuple):
    """Contacts as the client named them, and what they were found by."""

    sent: Sequence[str | int]
    identifiers: Sequence[Identifier]


@door.post("/contacts/lists/<id:list_id>/contacts/add")
@requires("contacts.edit")
def add_members(list_id: int) -> tuple[Response, int]:
    """Put contacts on a list."""
    return _each(list_of(list_id).id, body(), lists.add, "Contact already in list and/or does not exist")


@door.post("/contacts/lists/<id:list_id>/contacts/remove")
@requires("contacts.edit")
def remove_members(list_id: int) -> tuple[Response, int]:
    """Take contacts off a list, or all of them."""
    found, sent = list_of(list_id), body()
    if sent.flag("all"):
        if any(map(sent.has, ("emails", "ids", "extIds"))):
            raise wrong("all", "Only one of emails, ids, extIds and all can be given")
        with db.transaction():
            total = lists.clear(found.id)
            process_id = record_emptying(total)
        return jsonify(contacts={"processId": process_id, "total": total}), 201
    return _each(found.id, sent, lists.remove, "Contact already removed from list and/or does not exist")


def _each(
    list_id: int, sent: Body, change: Callable[[int, Collection[int]], set[int]], refusal: str
) -> tuple[Response, int]:
    """Change the membership of those named, and tell for whom it made a difference."""
    named = _named(sent)
    found = contacts.resolve(named.identifiers)
    changed = change(list_id, {each for each in found if each is not None})
    if not changed:
        raise wrong("contacts", refusal)
    success = [name for name, contact_id in zip(named.sent, found, strict=True) if contact_id in changed]
    failure = [name for name, contact_id in zip(named.sent, found, strict=True) if contact_id not in changed]
    return jsonify(contacts={"success": success, "failure": failure, "total": len(success)}), 201


def _named(sent: Body) -> _Named:
    given = [key for key in ("emails", "ids", "extIds") if sent.has(key)]
    if len(given) != 1:
        raise (wrong if given else missing)("emails", "Exactly one of emails, ids and extIds should be given")
    if given == ["ids"]:
        ids = sent.numbers("ids")
        named = _Named(ids, [Identifier("id", each) for each in ids])
    else:
        texts = sent.texts(given[0])
        kind: IdentifierKind = "email" if given == ["emails"] else "ext_id"
        named = _Named(texts, [Identifier(kind, each) for each in texts])
    if not named.sent:
        raise missing(given[0], f"{given[0]} is empty")
    if len(named.sent) > _MOST:
        raise out_of_range(given[0], f"{given[0]} should hold at most {_MOST} contacts")
    return named
