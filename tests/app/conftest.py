"""Callers of the application: people signed in by role, and programs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.adapters import outside
from app.adapters import redis as redis_adapter
from app.models import User
from app.services import workspace
from tests.factories.users import make_api_key, make_user
from tests.support.mailbox import Mailbox, mail_server

CSRF = "X-CSRF-Token"


class Caller(FlaskClient):
    """A client that sends its token with every unsafe request; `user` is who is signed in."""

    user: User
    token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if self.token:
            kwargs["headers"] = {CSRF: self.token, **(kwargs.get("headers") or {})}
        return super().open(*args, **kwargs)


SignedIn = Callable[..., Caller]


@pytest.fixture
def signed_in(app: Flask, database: Session) -> SignedIn:
    """Make a caller signed in as a new user with these roles, or as the given user."""

    def sign_in(*roles: str, user: User | None = None) -> Caller:
        caller = Caller(app, app.response_class, use_cookies=True)
        caller.user = user or make_user(*roles)
        with caller.session_transaction() as session:
            session["_user_id"] = caller.user.fs_uniquifier
            session["_fresh"] = True
        caller.token = caller.get("/api/session").get_json()["csrf_token"]
        return caller

    return sign_in


@pytest.fixture
def admin(signed_in: SignedIn) -> Caller:
    """An admin, signed in."""
    return signed_in("admin")


@pytest.fixture
def program(app: Flask, database: Session) -> FlaskClient:
    """A program with an API key."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {make_api_key()}"
    return client


@pytest.fixture
def redis_live(redis: Redis, redis_url: str) -> Iterator[None]:
    """This process's own client, connected to the worker's Redis, as in a running instance."""
    redis_adapter.configure(redis_url)
    yield
    redis_adapter.dispose()


@pytest.fixture
def reachable_loopback() -> Iterator[None]:
    """Webhooks and mail may reach servers of the test on this machine."""
    outside.configure(allow_private=True)
    yield
    outside.configure(allow_private=False)


@pytest.fixture
def mailbox(database: Session, reachable_loopback: None) -> Iterator[Mailbox]:
    """The workspace's mail server."""
    workspace.setup()
    with mail_server() as box:
        yield box
