"""People who work here: who they are, what they may do, how they sign in."""

import secrets
from collections.abc import Iterable
from typing import TypedDict

from marshmallow import ValidationError, validate
from sqlalchemy import func, select

from app import db, permissions
from app.adapters import passwords
from app.adapters.catalog import bump_revision
from app.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from app.models import Role, User, Workspace
from app.permissions import ROLES, Actor
from app.services import audit

OWNER = "owner"


class UserChanges(TypedDict, total=False):
    """What an admin may change about a user."""

    name: str
    roles: list[str]
    active: bool
    password: str


class ProfileChanges(TypedDict, total=False):
    """What users may change about themselves."""

    name: str
    locale: str
    theme: str


def authenticate(email: str, password: str) -> User | None:
    """Return the active user with this email and password. Takes as long whatever is wrong."""
    with db.transaction() as session:
        user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if not passwords.fits(password, user.password if user else None):
        return None
    return user if user and user.active else None


def actor_of(user: User) -> Actor:
    """Return what the user may do now."""
    roles = frozenset(role.name for role in user.roles)
    held = permissions.of_roles(roles, re_entry_by_marketers="marketer" in roles and _marketers_may())
    return Actor("person", held, user_id=user.id, roles=roles)


def all_users() -> list[User]:
    """Return everybody, deactivated people last, by name."""
    with db.transaction() as session:
        return list(session.scalars(select(User).order_by(User.active.desc(), func.lower(User.name), User.id)))


def get(user_id: int) -> User:
    """Return one user; raises NotFound."""
    with db.transaction() as session:
        user = session.get(User, user_id)
    if user is None:
        raise NotFound.thing("user", user_id)
    return user


def create(email: str, name: str, roles: Iterable[str], password: str | None = None) -> User:
    """Add a user. Without a password, they cannot sign in until an admin sets one."""
    email = _checked_email(email)
    with db.transaction() as session:
        if session.scalar(select(User.id).where(User.email == email)):
            raise Conflict(
                f"There is a user with the email {email} already.",
                [Problem("email", "taken", "This email belongs to a user already.", "Activate or edit that user.")],
            )
        wanted = _roles(roles)
        _guard_owner_role(before=frozenset(), after=_names(wanted))
        user = User(email=email, name=name, roles=wanted, fs_uniquifier=_uniquifier())
        user.password = passwords.hash_of(password) if password is not None else None
        session.add(user)
        session.flush()
        session.refresh(user)
        audit.record("user.created", "user", user.id, {"email": email, "roles": sorted(_names(wanted))})
        bump_revision()
    return user


def update(user_id: int, changes: UserChanges) -> User:
    """Change a user; deactivating or setting a password ends all of their sessions."""
    with db.transaction() as session:
        user = _locked(user_id)
        before = _names(user.roles) if user.active else frozenset()
        if "roles" in changes:
            user.roles = _roles(changes["roles"])
        user.name = changes.get("name", user.name)
        user.active = changes.get("active", user.active)
        after = _names(user.roles) if user.active else frozenset()
        _guard_owner_role(before=before | _names(user.roles), after=after)
        if "password" in changes:
            user.password = passwords.hash_of(changes["password"])
        if "password" in changes or not user.active:
            user.fs_uniquifier = _uniquifier()
        if OWNER in before - after:
            session.flush()
            _demand_an_owner()
        audit.record("user.updated", "user", user_id, {"changed": sorted(changes), "roles": sorted(_names(user.roles))})
        bump_revision()
    return user


def deactivate(user_id: int) -> None:
    """Shut a user out, keeping their name in the history."""
    update(user_id, {"active": False})


def update_profile(user_id: int, changes: ProfileChanges) -> User:
    """Change one's own name, language or colours."""
    with db.transaction():
        user = _locked(user_id)
        known = {name for name in ("name", "locale") if changes.get(name, getattr(user, name)) != getattr(user, name)}
        for name, value in changes.items():
            setattr(user, name, value)
        if known:
            bump_revision()
    return user


def change_password(user_id: int, current: str, new: str) -> User:
    """Change one's own password; ends all sessions, this one's to be begun anew by the caller."""
    with db.transaction():
        user = _locked(user_id)
        if not passwords.fits(current, user.password):
            raise Invalid.field("current", "wrong_password", "This is not your present password.", "Type it again.")
        user.password = passwords.hash_of(new)
        user.fs_uniquifier = _uniquifier()
        audit.record("user.changed_password", "user", user_id)
    return user


def _locked(user_id: int) -> User:
    with db.transaction() as session:
        user = session.get(User, user_id, with_for_update={"of": User}, populate_existing=True)
    if user is None:
        raise NotFound.thing("user", user_id)
    return user


def _checked_email(email: str) -> str:
    try:
        return str(validate.Email()(email.strip().lower()))
    except ValidationError as error:
        raise Invalid.field("email", "invalid_email", f"“{email}” is no email.", "Correct it.") from error


def _roles(names: Iterable[str]) -> list[Role]:
    wanted = set(names)
    unknown = wanted - set(ROLES)
    if unknown or not wanted:
        remedy = f"Choose among {', '.join(ROLES)}."
        message = f"There is no role “{min(unknown)}”." if unknown else "A user needs at least one role."
        raise Invalid.field("roles", "unknown_role" if unknown else "required", message, remedy)
    with db.transaction() as session:
        return list(session.scalars(select(Role).where(Role.name.in_(wanted)).order_by(Role.id)))


def _guard_owner_role(*, before: frozenset[str], after: frozenset[str]) -> None:
    """Let only owners touch owners and make owners."""
    actor = permissions.current()
    if OWNER in before | after and actor is not None and actor.kind == "person" and OWNER not in actor.roles:
        raise Forbidden("Only an owner may change an owner, or make one.")


def _demand_an_owner() -> None:
    with db.transaction() as session:
        # Locks the role's row: two owners cannot resign at the same moment.
        owner = session.scalar(select(Role).where(Role.name == OWNER).with_for_update())
        left = session.scalar(select(func.count()).select_from(User).where(User.active, User.roles.contains(owner)))
    if owner is not None and not left:
        raise Conflict("The workspace needs at least one active owner. Make somebody else an owner first.")


def _names(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset(role.name for role in roles)


def _marketers_may() -> bool:
    with db.transaction() as session:
        return bool(session.scalar(select(Workspace.re_entry_by_marketers)))


def _uniquifier() -> str:
    return secrets.token_hex(16)
