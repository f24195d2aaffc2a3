"""Lists and tags of contacts, written in bulk."""

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session


class Pair(NamedTuple):
    """A contact and the list or tag it is put on or taken off."""

    group: int
    contact: int


def _unnest(statement: str) -> TextClause:
    given = "unnest(CAST(:groups AS bigint[]), CAST(:contacts AS bigint[])) AS given (group_id, contact_id)"
    return text(statement.format(given=given))


_ADD_TO_LISTS: Final = _unnest(
    "INSERT INTO list_member (list_id, contact_id) SELECT group_id, contact_id FROM {given} "
    "ORDER BY group_id, contact_id ON CONFLICT DO NOTHING RETURNING list_id, contact_id"
)
_REMOVE_FROM_LISTS: Final = _unnest(
    "DELETE FROM list_member m USING {given} "
    "WHERE m.list_id = given.group_id AND m.contact_id = given.contact_id RETURNING m.list_id, m.contact_id"
)
_ADD_TAGS: Final = _unnest(
    "INSERT INTO contact_tag (tag_id, contact_id) SELECT group_id, contact_id FROM {given} "
    "ORDER BY group_id, contact_id ON CONFLICT DO NOTHING RETURNING tag_id, contact_id"
)
_REMOVE_TAGS: Final = _unnest(
    "DELETE FROM contact_tag m USING {given} "
    "WHERE m.tag_id = given.group_id AND m.contact_id = given.contact_id RETURNING m.tag_id, m.contact_id"
)
_LISTS_OF: Final = text("SELECT list_id, contact_id FROM list_member WHERE contact_id = ANY(:contacts)")
_TAGS_OF: Final = text(
    "SELECT t.name, c.contact_id FROM contact_tag c JOIN tag t ON t.id = c.tag_id WHERE c.contact_id = ANY(:contacts)"
)
_MAKE_TAGS: Final = text(
    "INSERT INTO tag (name) SELECT name FROM unnest(CAST(:names AS text[])) AS given (name) ORDER BY name "
    "ON CONFLICT (name) DO NOTHING"
)
_FIND_TAGS: Final = text("SELECT name, id FROM tag WHERE name = ANY(CAST(:names AS text[]))")


def add_to_lists(session: Session, pairs: Collection[Pair]) -> list[Pair]:
    """Put contacts on lists; returns those that were not on them yet."""
    return _run(session, _ADD_TO_LISTS, pairs)


def remove_from_lists(session: Session, pairs: Collection[Pair]) -> list[Pair]:
    """Take contacts off lists; returns those that were on them."""
    return _run(session, _REMOVE_FROM_LISTS, pairs)


def add_tags(session: Session, pairs: Collection[Pair]) -> list[Pair]:
    """Give contacts tags; returns those that did not bear them yet."""
    return _run(session, _ADD_TAGS, pairs)


def remove_tags(session: Session, pairs: Collection[Pair]) -> list[Pair]:
    """Take tags off contacts; returns those that bore them."""
    return _run(session, _REMOVE_TAGS, pairs)


def lists_of(session: Session, contact_ids: Collection[int]) -> list[Pair]:
    """Return which of these contacts is on which lists."""
    return [Pair(*row) for row in session.execute(_LISTS_OF, {"contacts": list(contact_ids)})] if contact_ids else []


def tags_of(session: Session, contact_ids: Collection[int]) -> list[tuple[str, int]]:
    """Return which of these contacts (second) bears which tags (first)."""
    return [tuple(row) for row in session.execute(_TAGS_OF, {"contacts": list(contact_ids)})] if contact_ids else []


def tag_ids(session: Session, names: Iterable[str], *, make: bool) -> dict[str, int]:
    """Return the ids of tags by name; with `make`, those met for the first time are made."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    if make:
        session.execute(_MAKE_TAGS, {"names": wanted})
    return dict(session.execute(_FIND_TAGS, {"names": wanted}).all())


def _run(session: Session, statement: TextClause, pairs: Collection[Pair]) -> list[Pair]:
    if not pairs:
        return []
    groups, contacts = zip(*pairs, strict=True)
    rows = session.execute(statement, {"groups": list(groups), "contacts": list(contacts)})
    return [Pair(*row) for row in rows]
