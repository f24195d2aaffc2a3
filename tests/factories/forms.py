"""Hosted forms, made and submitted, for tests."""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import Event, EventType
from tests.app.conftest import Caller

Json = dict[str, Any]
IRIS = "iris@example.com"
FRAMED = {"Sec-Fetch-Dest": "iframe", "Referer": "https://shop.example.com/"}


def design(*fields: Json, **more: Any) -> Json:
    asked = [{"takes": "email", "label": "E-mail", "required": True}, *fields]
    words = {"kind": "newsletter", "language": "en", "title": "Hear from us", "button": "Sign up", "fields": asked}
    return {"name": "News", "domains": ["shop.example.com"], "design": {**words, **more}}


def make(admin: Caller, new: Json) -> str:
    """Make a form; returns the path of its page."""
    answer = admin.post("/api/forms", json=new)
    assert answer.status_code == 201, answer.get_json()
    return "/f/" + str(answer.get_json()["url"]).rpartition("/")[2]


def seal_of(page: TestResponse) -> str:
    found = LexborHTMLParser(page.text).css_first("input[name=seal]")
    assert found is not None
    return str(found.attributes["value"])


def submit(
    client: FlaskClient, path: str, query: str = "", headers: Mapping[str, str] | None = None, **given: Any
) -> TestResponse:
    """Look at the form, with these headers, and send it, as a browser without scripts does."""
    seen = client.get(f"{path}{query}", headers=headers)
    return client.post(f"{path}{query}", data={"seal": seal_of(seen), **given})


def submissions(database: Session) -> list[Mapping[str, Any]]:
    wanted = select(Event.properties).join(EventType, EventType.id == Event.type_id)
    return list(database.scalars(wanted.where(EventType.name == "form_submitted")))
