"""Mail of one call to many people."""

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact, Outbox, TemplateVersion
from app.services.mailing import casting, moulds, senders
from app.services.mailing.compiling import Compiled, compile_mail
from app.services.mailing.moulds import Mould
from tests.support.statements import counted_statements

BODY = {"sender": {"email": "shop@example.com"}, "subject": "S", "htmlContent": "<p>Hi</p>"}


@pytest.fixture(autouse=True)
def _shop(database: Session) -> None:
    senders.create("Shop", "shop@example.com")


def test_the_number_of_statements_does_not_grow_with_the_people(wire: httpx.Client):
    """Two hundred versions with words of their own, to people who are new, take as many statements as two."""

    def statements(prefix: str, count: int) -> int:
        body = {
            **BODY,
            "subject": "Hello {{ params.name }}",
            "htmlContent": "<p>{{ contact.email }}</p><a href='https://example.com/{{ params.name }}'>Look</a>",
            "headers": {"idempotencyKey": prefix},
            "messageVersions": [
                {"to": [{"email": f"{prefix}{number}@example.com"}], "params": {"name": f"{number}"}}
                for number in range(count)
            ],
        }
        with counted_statements() as made:
            assert len(wire.post("/smtp/email", json=body).raise_for_status().json()["messageIds"]) == count
        return len(made)

    statements("warm", 1)
    assert statements("few", 2) == statements("many", 200)


def test_more_people_than_one_call_may_name_are_refused(wire: httpx.Client, database: Session):
    """Two thousand in all; the fault names the field and the limit, and nothing is kept."""
    crowd = [{"to": [{"email": f"p{place}-{number}@x.io"} for number in range(99)]} for place in range(21)]
    answer = wire.post("/smtp/email", json={**BODY, "messageVersions": crowd})
    assert (answer.status_code, answer.json()["code"]) == (400, "out_of_range")
    assert "2000" in answer.json()["message"]
    assert database.scalar(select(func.count()).select_from(Contact)) == 0


def test_mail_that_would_be_too_large_in_all_is_refused(wire: httpx.Client, database: Session, monkeypatch):
    """What is filled in for each counts together; the fault says what to do, and nothing is kept."""
    monkeypatch.setattr(casting, "_MOST_WRITTEN", 5_000)
    body = {**BODY, "htmlContent": f"<p>{'Hi ' * 50}</p>"}
    few, many = ([{"email": f"p{number}@x.io"} for number in range(count)] for count in (2, 90))
    answer = wire.post("/smtp/email", json={**body, "to": many})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert "fewer people" in answer.json()["message"]
    assert database.scalar(select(func.count()).select_from(Outbox)) == 0
    assert wire.post("/smtp/email", json={**body, "to": few}).status_code == 201


def test_all_is_filled_in_before_anything_is_written(wire: httpx.Client, database: Session, monkeypatch):
    """Others go on between two of its people, and wait for no contact meanwhile; who is new is known by the address."""
    turns: list[int] = []

    def others() -> None:
        turns.append(database.scalar(select(func.count()).select_from(Contact)) or 0)

    monkeypatch.setattr(casting, "let_others_go_on", others)
    body = {**BODY, "htmlContent": "{% if contact.email %}<p>To {{ contact.email }}</p>{% endif %}"}
    people = [{"email": f"p{number}@x.io"} for number in range(5)]
    wire.post("/smtp/email", json={**body, "to": people}).raise_for_status()
    assert turns == [0] * 6  # the page, then each of the five
    pages = database.scalars(select(TemplateVersion.html).order_by(TemplateVersion.id)).all()
    assert [each["email"] in page for each, page in zip(people, pages, strict=True)] == [True] * 5


def test_a_page_compiled_anew_for_each_is_for_fewer_people(wire: httpx.Client, database: Session, monkeypatch):
    """Told before any of the work; without conditions the same page may go to as many."""

    def never(*_: object) -> None:
        raise AssertionError("This would have kept others waiting.")

    page = f"<p>{'Hi ' * 50_000}</p>"
    people = [{"email": f"p{number}@x.io"} for number in range(90)]
    with monkeypatch.context() as patch:
        patch.setattr(Mould, "fill", never)
        chosen = {**BODY, "htmlContent": f"{page}{{% if contact.email %}}!{{% endif %}}", "to": people}
        answer = wire.post("/smtp/email", json=chosen)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert "fewer people" in answer.json()["message"]
    assert wire.post("/smtp/email", json={**BODY, "htmlContent": page, "to": people}).status_code == 201


def test_mail_that_shares_a_page_has_it_compiled_once(wire: httpx.Client, database: Session, monkeypatch):
    """Whatever subjects its versions have."""
    compiled: list[str] = []

    def once(html: str, *more: object, **options: object) -> Compiled:
        compiled.append(html)
        return compile_mail(html, *more, **options)

    monkeypatch.setattr(moulds, "compile_mail", once)
    versions = [{"to": [{"email": f"p{number}@x.io"}], "subject": f"Number {number}"} for number in range(5)]
    body = {**BODY, "htmlContent": "<p>Shared by five</p>", "messageVersions": versions}
    wire.post("/smtp/email", json=body).raise_for_status()
    assert len(compiled) == 1
