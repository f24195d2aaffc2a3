"""Who works in the demo workspace, and the password that everybody may know."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import select, update

from app import db
from app.adapters import passwords
from app.models import User
from app.permissions import Actor
from app.services import users

PASSWORD: Final = "cadenza-demo"  # noqa: S105 - shown at every start of a demo world


class DemoLogin(NamedTuple):
    """Somebody to sign in as."""

    role: str
    email: str
    password: str


class Member(NamedTuple):
    """Somebody who works here."""

    name: str
    email: str
    role: str


MEMBERS: Final = (
    Member("Olivia Okoro", "owner@example.com", "owner"),
    Member("Adrian Weiss", "admin@example.com", "admin"),
    Member("Sofia Lindholm", "sales@example.com", "sales_admin"),
    Member("Mathilde Roche", "marketer@example.com", "marketer"),
    Member("Ruth Adeyemi", "rep@example.com", "rep"),
    Member("Rafael Monteiro", "rep2@example.com", "rep"),
    Member("Renata Kovač", "rep3@example.com", "rep"),
    Member("Gustav Ek", "guest@example.com", "guest"),
)
FORMER: Final = Member("Felix Brandner", "felix@example.com", "sales_admin")
"""Left a few days ago and never had a password; an automation still wants to alert him, and fails."""


def join() -> dict[str, int]:
    """Make the users; returns their ids by email."""
    ids = {each.email: users.create(each.email, each.name, [each.role]).id for each in (*MEMBERS, FORMER)}
    with db.transaction() as session:
        # Hashed once for all of them: a hash is slow on purpose.
        present = User.email != FORMER.email
        session.execute(update(User).where(present).values(password=passwords.hash_of(PASSWORD)))
    return ids


def actor(role: str, ids: Mapping[str, int]) -> Actor:
    """Return the first of a role, to act in their name."""
    email = next(each.email for each in MEMBERS if each.role == role)
    return users.actor_of(users.get(ids[email]))


def logins() -> list[DemoLogin]:
    """Return those whom the demo password still signs in."""
    with db.transaction() as session:
        found = session.execute(select(User.email, User.password).where(User.active))
        stored = dict(found.all())
    fitting = {hash_ for hash_ in set(stored.values()) if hash_ and passwords.fits(PASSWORD, hash_)}
    return [DemoLogin(each.role, each.email, PASSWORD) for each in MEMBERS if stored.get(each.email) in fitting]
