"""Every route against every kind of caller. Nothing here names a route, except those that anybody may call."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.compat.brevo import tracker
from app.permissions import PROGRAM, ROLES, TABLE, permission_of
from tests.app.conftest import SignedIn
from tests.factories.users import make_user

PUBLIC = {
    ("GET", "/api/session"),
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/docs"),
    ("GET", "/api/docs/<name>"),
}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
LACKING = "This needs the permission"


class Route(NamedTuple):
    method: str
    rule: str
    permission: str

    def call(self, client: FlaskClient) -> tuple[int, str]:
        path = re.sub(r"<(id:)?\w+>", "4242", self.rule)
        with client.open(path, method=self.method, json={} if self.method in UNSAFE else None) as response:
            refused = response.status_code in {401, 403, 400}
            return response.status_code, response.get_json()["detail"] if refused else ""


def all_routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Those of our own API. The tracker that lies below it is another tool's door, with keys of its own."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api") and not rule.rule.startswith(f"{tracker.PREFIX}/"):
            yield from ((method, rule.rule, rule.endpoint) for method in sorted(rule.methods - {"HEAD", "OPTIONS"}))


def guarded_routes(app: Flask) -> list[Route]:
    return [
        Route(method, rule, permission_of(app.view_functions[endpoint]) or "")
        for method, rule, endpoint in all_routes(app)
        if (method, rule) not in PUBLIC
    ]


def test_every_route_declares_a_permission(app: Flask) -> None:
    """A view says which permission it requires, unless it is one of the few that anybody may call."""
    assert {(method, rule) for method, rule, _ in all_routes(app)} >= PUBLIC
    assert [route for route in guarded_routes(app) if route.permission not in TABLE] == []


def test_public_routes_are_marked_so(app: Flask) -> None:
    """What of our own API anybody may call says so itself."""
    public = [endpoint for method, rule, endpoint in all_routes(app) if rule == "/api/session"]
    assert {permission_of(app.view_functions[endpoint]) for endpoint in public} == {None}


def test_every_permission_is_used(app: Flask) -> None:
    """The table promises nothing that no route asks for; re-entry is asked for inside activation."""
    assert {route.permission for route in guarded_routes(app)} == set(TABLE) - {"automations.re_entry"}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says(app: Flask, signed_in: SignedIn, role: str) -> None:
    """Whoever holds the permission gets past it, whoever does not is refused with its name."""
    caller = signed_in(role)
    for route in guarded_routes(app):
        status, detail = route.call(caller)
        assert (status == 403 and LACKING in detail) == (role not in TABLE[route.permission]), route
        assert status != 401, route


def test_a_program_reaches_what_programs_may(app: Flask, program: FlaskClient) -> None:
    """An API key opens the same doors for every program, and needs no token against forged requests."""
    for route in guarded_routes(app):
        status, detail = route.call(program)
        assert (status == 403 and LACKING in detail) == (route.permission not in PROGRAM), route
        assert status not in {401, 400} or "CSRF" not in detail, route


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/api/workspace/mail"),
        ("POST", "/api/workspace/mail/test"),
        ("PATCH", "/api/workspace"),
        ("POST", "/api/users"),
        ("POST", "/api/api-keys"),
    ],
)
def test_a_program_governs_nothing(program: FlaskClient, method: str, path: str) -> None:
    """A key of the website must not reach the mail password, the re-entry policy, people or other keys."""
    assert program.open(path, method=method, json={}).status_code == 403


def test_nobody_reaches_anything(app: Flask, client: FlaskClient) -> None:
    """Without a session or a key, every route but the public ones answers 401."""
    assert [route for route in guarded_routes(app) if route.call(client)[0] != 401] == []


@pytest.mark.parametrize("authorization", ["Bearer cdz_wrong", "Basic YTpi", "Bearer"])
def test_a_wrong_key_is_refused(app: Flask, database: Session, authorization: str) -> None:
    """A key that does not exist is refused outright, even where a session would have been enough."""
    answer = app.test_client().get("/api/automations", headers={"Authorization": authorization})
    assert answer.status_code == 401


def test_every_unsafe_route_needs_the_token(app: Flask, signed_in: SignedIn) -> None:
    """A request that another site made a browser send changes nothing, whichever route it takes."""
    caller = signed_in("owner")
    caller.token = None
    for route in guarded_routes(app):
        if route.method in UNSAFE:
            status, detail = route.call(caller)
            assert (status, "CSRF" in detail) == (400, True), route


def test_roles_add_up(signed_in: SignedIn) -> None:
    """Somebody with two roles may do what either may."""
    both = signed_in("guest", "marketer").get("/api/session").get_json()["user"]["permissions"]
    assert set(both) >= {name for name, holders in TABLE.items() if "marketer" in holders}


def test_a_deactivated_user_is_nobody(signed_in: SignedIn) -> None:
    """A session of somebody who was deactivated opens nothing."""
    assert signed_in(user=make_user("owner", active=False)).get("/api/users").status_code == 401
