"""Who has an automation open, and which step each of them works on."""

from typing import NamedTuple

from app import db, permissions
from app.adapters import live
from app.adapters import presence as tabs
from app.adapters.catalog import load_catalog
from app.services.automations.drafts import find
from app.services.views import Reference


class Visitor(NamedTuple):
    """One tab of a person. `node` is the step whose settings are open there; of several the first has it."""

    tab: str
    user: Reference
    node: str | None


def come(automation_id: int, tab: str, node: str | None, sign: int) -> list[Visitor]:
    """Note that the signed-in person is there, and return all who are; raises NotFound, Forbidden for programs."""
    user = permissions.person()
    with db.transaction() as session:
        find(session, automation_id)
        if tabs.come(automation_id, tab, user, node, sign):
            _tell(automation_id)
    return _there(automation_id)


def leave(automation_id: int, tab: str, sign: int) -> None:
    """Forget a tab of the signed-in person; raises NotFound, Forbidden for programs."""
    user = permissions.person()
    with db.transaction() as session:
        find(session, automation_id)
        if tabs.leave(automation_id, tab, user, sign):
            _tell(automation_id)


def _there(automation_id: int) -> list[Visitor]:
    names = {user.id: user.name for user in load_catalog().users.values()}
    found = tabs.there(automation_id)
    return [Visitor(each.tab, Reference(each.user, names.get(each.user, "")), each.node) for each in found]


def _tell(automation_id: int) -> None:
    live.publish(live.WORKSPACE, "presence", {"automation_id": automation_id})
