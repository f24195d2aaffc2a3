"""People and programs for tests."""

from itertools import count

from sqlalchemy import select

from app import db
from app.adapters import passwords
from app.adapters.catalog import bump_revision
from app.models import Role, User
from app.services import api_keys

_numbers = count(1)


def make_user(*roles: str, email: str | None = None, password: str | None = None, active: bool = True) -> User:
    """A user with these roles (a marketer without any); a password costs time, so give one only to sign in with it."""
    number = next(_numbers)
    with db.transaction() as session:
        held = session.scalars(select(Role).where(Role.name.in_(roles or ("marketer",)))).all()
        user = User(
            email=email or f"user{number}@example.com",
            name=f"User {number}",
            roles=list(held),
            active=active,
            fs_uniquifier=f"user-{number}",
            password=passwords.hash_of(password) if password else None,
        )
        session.add(user)
        session.flush()
        session.refresh(user)
        bump_revision()
    return user


def make_api_key(name: str = "A program") -> str:
    """A program's key."""
    return api_keys.create(name).key
