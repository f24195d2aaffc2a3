"""What follows from changed contacts: memberships, hand-overs, and signals for automations that listen."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import permissions
from app.adapters import announcing
from app.adapters.announcing import News
from app.adapters.attributes import column_name
from app.models import Assignment
from app.services import signals
from app.services.contacts import memberships
from app.services.contacts.batch import Target
from app.services.contacts.memberships import Pair
from nodes.catalog import Catalog
from nodes.world import Signal, Topic

_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "owner": frozenset({"owner_id"}),
    "company": frozenset({"company_id"}),
    "fields": frozenset({"email", "phone", "ext_id", "time_zone"}),
}


def settle(session: Session, targets: Sequence[Target], catalog: Catalog) -> None:
    """Write what follows from a batch whose contacts are stored."""
    moved = _save_memberships(session, targets)
    _hand_over(session, targets)
    if announcing.listeners(session):
        announcing.announce(session, _news(targets, catalog))
    heard = signals.listened()
    if heard:
        own = [*_created(targets), *_attribute_changes(targets, catalog, heard)]
        signals.emit([*own, *joined_lists(moved.joined), *_facts(targets, moved)])


def _news(targets: Sequence[Target], catalog: Catalog) -> Iterator[News]:
    """What webhooks are told: who is new, and what changed of the others, in the names of fields and attributes."""
    names = {column_name(each.id): name for name, each in catalog.attributes.items()}
    for target in targets:
        if target.before is None:
            yield News("contact.created", target.stored_id)
        elif changed := target.changed:
            yield News("contact.updated", target.stored_id, {"changed": sorted(names.get(key, key) for key in changed)})
            if changed.get("email_blacklisted"):
                yield News("contact.unsubscribed", target.stored_id)


def joined_lists(pairs: Collection[Pair]) -> Iterator[Signal]:
    """Return the signals of contacts that were put on lists."""
    for list_id, contact_id in pairs:
        yield Signal(Topic("list_added", str(list_id)), contact_id, {"list": list_id})


class _Moved(NamedTuple):
    """Who came to lists, left lists, and got or lost tags."""

    joined: list[Pair]
    left: list[Pair]
    tagged: list[Pair]


def _facts(targets: Sequence[Target], moved: _Moved) -> Iterator[Signal]:
    """What changed of contacts that were there before, besides attributes."""
    known = {target.stored_id for target in targets if target.before is not None}
    changes = {
        "lists": {pair.contact for pair in (*moved.joined, *moved.left)},
        "tags": {pair.contact for pair in moved.tagged},
        **{
            fact: {target.stored_id for target in targets if not columns.isdisjoint(target.changed)}
            for fact, columns in _COLUMNS.items()
        },
    }
    for fact, contacts in changes.items():
        yield from signals.changed(fact, sorted(contacts & known))


def _save_memberships(session: Session, targets: Sequence[Target]) -> _Moved:
    whole = {target.stored_id: target for target in targets if target.whole_lists}
    for list_id, contact_id in memberships.lists_of(session, whole):
        whole[contact_id].lists.setdefault(list_id, False)
    left = memberships.remove_from_lists(session, _pairs(targets, lambda target: target.lists, wanted=False))
    joined = memberships.add_to_lists(session, _pairs(targets, lambda target: target.lists, wanted=True))
    return _Moved(joined, left, _save_tags(session, targets))


def _save_tags(session: Session, targets: Sequence[Target]) -> list[Pair]:
    whole = {target.stored_id: target for target in targets if target.whole_tags}
    for name, contact_id in memberships.tags_of(session, whole):
        whole[contact_id].tags.setdefault(name, False)
    added = {name for target in targets for name, wanted in target.tags.items() if wanted}
    removed = {name for target in targets for name, wanted in target.tags.items() if not wanted}
    ids = memberships.tag_ids(session, added, make=True) | memberships.tag_ids(session, removed, make=False)

    def groups(target: Target) -> dict[int, bool]:
        return {ids[name]: wanted for name, wanted in target.tags.items() if name in ids}

    lost = memberships.remove_tags(session, _pairs(targets, groups, wanted=False))
    return [*lost, *memberships.add_tags(session, _pairs(targets, groups, wanted=True))]


def _pairs(targets: Sequence[Target], groups: Callable[[Target], dict[int, bool]], *, wanted: bool) -> list[Pair]:
    return [
        Pair(group, target.stored_id) for target in targets for group, each in groups(target).items() if each == wanted
    ]


def _hand_over(session: Session, targets: Sequence[Target]) -> None:
    actor = permissions.current()
    rows: list[dict[str, Any]] = [
        {
            "contact_id": target.stored_id,
            "user_id": target.columns["owner_id"],
            "by_user_id": actor.user_id if actor else None,
        }
        for target in targets
        if "owner_id" in target.changed
    ]
    if rows:
        session.execute(insert(Assignment), rows)


def _created(targets: Sequence[Target]) -> Iterator[Signal]:
    """`source` tells who made the contact: a person, a program, the command line, or an import that runs by itself."""
    actor = permissions.current()
    for target in targets:
        if target.before is None:
            yield Signal(Topic("contact_created"), target.stored_id, {"source": actor.kind if actor else "import"})


def _attribute_changes(targets: Sequence[Target], catalog: Catalog, heard: Collection[Topic]) -> Iterator[Signal]:
    """A new contact's attributes did not change: that it was created is signal enough."""
    columns = {
        column_name(attribute.id): name
        for name, attribute in catalog.attributes.items()
        if Topic("attribute_changed", name) in heard
    }
    for target in targets if columns else ():
        for column, new in target.changed.items() if target.before else ():
            if column in columns:
                name, old = columns[column], target.before and target.before[column]
                properties = {"attribute": name, "old": _plain(old), "new": _plain(new)}
                yield Signal(Topic("attribute_changed", name), target.stored_id, properties)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a stored value, made JSON
    return value.isoformat() if hasattr(value, "isoformat") else value
