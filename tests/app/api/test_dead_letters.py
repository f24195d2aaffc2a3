import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry, DeadLetter, Outbox
from tests.app.conftest import Caller

GIVEN_UP = {"state": "failed", "payload": {}, "error": "It answered 500.", "tries": 6}


@pytest.fixture
def dead(database: Session) -> None:
    """An event that the log no longer holds, and two mails that can be sent again."""
    database.add(DeadLetter(event_id=1, contact_id=1, reason="KeyError"))
    database.add_all(Outbox(key=f"{number}:a:mail:1", kind="mail", **GIVEN_UP) for number in range(2))
    database.flush()


def test_dead_letters_are_listed_and_counted(admin: Caller, dead: None) -> None:
    """All of them, those of one kind, and how many are alike."""
    assert len(admin.get("/api/dead-letters").get_json()["items"]) == 3
    mail = admin.get("/api/dead-letters?kind=mail&reason=It+answered+500.").get_json()["items"]
    assert [(each["reason"], each["tries"], each["contact"]) for each in mail] == [("It answered 500.", 6, None)] * 2
    groups = admin.get("/api/dead-letters/groups").get_json()["items"]
    assert [(each["kind"], each["count"]) for each in groups] == [("mail", 2), ("event", 1)]


def test_one_is_replayed_and_the_log_names_who_did_it(admin: Caller, dead: None, database: Session) -> None:
    """One click sends it again; the audit log says who clicked."""
    letter = admin.get("/api/dead-letters?kind=mail").get_json()["items"][0]
    answer = admin.post(f"/api/dead-letters/{letter['id']}/replay")
    assert answer.get_json() == {"replayed": 1, "obsolete": 0, "blocked": 0}
    entry = database.scalars(select(AuditEntry).where(AuditEntry.entity == "dead_letter")).one()
    assert (entry.action, entry.entity_id, entry.user_id) == ("dead_letter.replayed", letter["id"], admin.user.id)
    assert admin.post(f"/api/dead-letters/{letter['id']}/replay").status_code == 404


def test_a_program_replays_all_of_a_kind(program: FlaskClient, dead: None) -> None:
    """A key may do what the screen may, so that it can be done by a script."""
    answer = program.post("/api/dead-letters/replay", json={"kind": "mail"})
    assert answer.get_json() == {"replayed": 2, "obsolete": 0, "blocked": 0}


@pytest.mark.parametrize("wish", [{}, {"kind": ""}, {"kind": None}, {"kind": "mail", "reason": "\0"}, {"all": True}])
def test_what_to_replay_must_be_said(admin: Caller, dead: None, wish: dict[str, object]) -> None:
    """Nothing goes back to work by a request that names no kind."""
    assert admin.post("/api/dead-letters/replay", json=wish).status_code == 422
