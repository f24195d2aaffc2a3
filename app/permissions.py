"""Who may do what: the one table of permissions, and the actor every request and command acts as."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Final, Literal, ParamSpec, TypeVar

from app.errors import Forbidden, NotSignedIn

P = ParamSpec("P")
R = TypeVar("R")

ROLES: Final = ("owner", "admin", "sales_admin", "marketer", "rep", "guest")

_ADMINS = frozenset({"owner", "admin"})
_SALES = _ADMINS | {"sales_admin", "rep"}
_MARKETING = _ADMINS | {"sales_admin", "marketer"}
_STAFF = _SALES | _MARKETING
_EVERYONE = frozenset(ROLES)

TABLE: Final[Mapping[str, frozenset[str]]] = {
    "automations.view": _EVERYONE,
    "automations.edit": _MARKETING,
    "automations.comment": _STAFF,
    "automations.activate": _MARKETING,
    "automations.enter": _MARKETING,
    "automations.re_entry": _ADMINS,  # and marketers, while the workspace's policy lets them
    "contacts.view": _EVERYONE,
    "contacts.edit": _STAFF,
    "contacts.merge": _MARKETING,
    "contacts.import": _MARKETING,
    "contacts.export": _MARKETING,
    "mail.view": _EVERYONE,
    "mail.edit": _MARKETING,
    "forms.view": _EVERYONE,
    "forms.edit": _MARKETING,
    "campaigns.view": _EVERYONE,
    "campaigns.edit": _MARKETING,
    "campaigns.send": _MARKETING,
    "events.record": _ADMINS | {"marketer"},
    "deals.view": _EVERYONE,
    "deals.edit": _SALES,
    "pipelines.edit": _ADMINS | {"sales_admin"},
    "notifications.view": _EVERYONE,
    "profile.edit": _EVERYONE,
    "attributes.edit": _ADMINS,
    "settings.view": _MARKETING,
    "settings.edit": _ADMINS,
    "users.manage": _ADMINS,
    "api_keys.manage": _ADMINS,
    "webhooks.manage": _ADMINS,
    "audit.view": _ADMINS,
    "operations.view": _ADMINS,
    "operations.replay": _ADMINS,
}
"""Which roles hold each permission."""

PROGRAM: Final = frozenset(
    {
        "automations.view",
        "automations.edit",
        "automations.activate",
        "automations.enter",
        "contacts.view",
        "contacts.edit",
        "contacts.merge",
        "contacts.import",
        "contacts.export",
        "mail.view",
        "mail.edit",
        "forms.view",
        "forms.edit",
        "campaigns.view",
        "campaigns.edit",
        "campaigns.send",
        "events.record",
        "deals.view",
        "deals.edit",
        "attributes.edit",
        "settings.view",
        "webhooks.manage",
        "operations.view",
        "operations.replay",
    }
)
"""What an API key may do: work with data, but neither manage people, keys and settings nor let contacts enter again."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a program or the command line, for as long as one request or command lasts."""

    kind: Literal["person", "program", "command"]
    permissions: frozenset[str]
    user_id: int | None = None
    api_key_id: int | None = None
    roles: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        """Tell whether the actor holds the permission."""
        return permission in self.permissions

    @property
    def source(self) -> str:
        """Whose message ids these are: each program and person has ids of their own."""
        return f"key{self.api_key_id}" if self.api_key_id else f"user{self.user_id}"


COMMAND_LINE: Final = Actor("command", frozenset(TABLE))

_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def of_roles(roles: Iterable[str], *, re_entry_by_marketers: bool = False) -> frozenset[str]:
    """Return what these roles may do together, under the workspace's re-entry policy."""
    held = frozenset(roles)
    permissions = {name for name, holders in TABLE.items() if holders & held}
    if re_entry_by_marketers and "marketer" in held:
        permissions.add("automations.re_entry")
    return frozenset(permissions)


def current() -> Actor | None:
    """Return who acts; None: nobody is signed in, or it is the engine."""
    return _actor.get()


def set_current(actor: Actor | None) -> None:
    """Let `actor` act from now on in this context."""
    _actor.set(actor)


@contextmanager
def acting_as(actor: Actor | None) -> Iterator[None]:
    """Let `actor` act inside the block."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


def signed_in() -> Actor:
    """Return who acts; raises NotSignedIn."""
    actor = _actor.get()
    if actor is None:
        raise NotSignedIn("Sign in, or send an API key as “Authorization: Bearer …”.")
    return actor


def person() -> int:
    """Return the id of the signed-in person; raises Forbidden for programs, which have no inbox of their own."""
    actor = signed_in()
    if actor.user_id is None:
        raise Forbidden("This belongs to a person. Sign in instead of using an API key.")
    return actor.user_id


def demand(permission: str) -> Actor:
    """Return who acts; raises NotSignedIn or Forbidden."""
    actor = signed_in()
    if not actor.may(permission):
        raise Forbidden.lacking(permission)
    return actor


def requires(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a view. To stand right below `route`, so that nothing is read before the caller is known."""
    if permission not in TABLE:
        raise ValueError(f"There is no permission “{permission}”.")

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            demand(permission)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined] # read by `permission_of`
        return guarded

    return guard


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that anybody may call."""
    view.permission = None  # type: ignore[attr-defined] # read by `permission_of`
    return view


def permission_of(view: Callable[..., object]) -> str | None:
    """Return what a view requires, None if it is public; raises LookupError when it says neither."""
    try:
        permission: str | None = view.permission  # type: ignore[attr-defined] # set by `requires` and `public`
    except AttributeError:
        raise LookupError(f"{view!r} declares no permission.") from None
    return permission
