"""Mail that is to leave at a time, as Brevo's clients ask for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from brevo import Brevo
from brevo.errors import NotFoundError
from sqlalchemy import event as sqlalchemy_events
from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

from app.models import Outbox
from app.services import outbox
from app.services.mailing import senders
from tests.support.mailbox import Mailbox

BATCH = "5c6cfa04-eed9-42c2-8b5c-6d470d978e9d"
AT = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _shop(mailbox: Mailbox) -> None:
    senders.create("Shop", "shop@example.com")


def send(wire: httpx.Client, *emails: str, **more: object) -> str:
    body = {"sender": {"email": "shop@example.com"}, "subject": "S", "htmlContent": "<p>Hi</p>"}
    people = [{"email": each} for each in emails]
    return wire.post("/smtp/email", json={**body, "to": people, **more}).raise_for_status().json()["messageId"]


def leave(database: Session) -> None:
    database.execute(update(Outbox).values(due_at=func.now()))
    while outbox.deliver():
        pass


def test_one_call_is_told_by_its_message_id(wire: httpx.Client, brevo: Brevo, mailbox: Mailbox, database: Session):
    """It waits, is on its way while a server takes part of it only, and is done; its time stays."""
    reference = send(wire, "a@example.com", "b@example.com", scheduledAt=AT.isoformat())
    seen = []
    for refused in ({"b@example.com": "450 Later"}, {}):
        told = brevo.transactional_emails.get_scheduled_email_by_id(reference)
        assert datetime.fromisoformat(told.scheduledAt) == AT
        seen.append(told.status)
        mailbox.refused.clear()
        mailbox.refused.update(refused)
        leave(database)
    assert [*seen, wire.get(f"/smtp/emailStatus/{reference}").json()["status"]] == ["queued", "inProgress", "processed"]


def test_what_nobody_took_is_an_error(wire: httpx.Client, mailbox: Mailbox, database: Session):
    """All of it was refused for good."""
    reference = send(wire, "a@example.com", scheduledAt=AT.isoformat())
    mailbox.refused["a@example.com"] = "554 Never"
    leave(database)
    assert wire.get(f"/smtp/emailStatus/{reference}").json()["status"] == "error"


def test_the_calls_of_a_batch_are_listed(wire: httpx.Client, brevo: Brevo):
    """By state, and in parts."""
    send(wire, "a@example.com", scheduledAt=AT.isoformat(), batchId=BATCH)
    send(wire, "b@example.com", scheduledAt=(AT + timedelta(hours=1)).isoformat(), batchId=BATCH)
    listed = brevo.transactional_emails.get_scheduled_email_by_id(BATCH)
    assert (listed.count, {each.status for each in listed.batches}) == (2, {"queued"})
    asked = f"/smtp/emailStatus/{BATCH}"
    assert wire.get(asked, params={"status": "processed"}).json() == {"count": 0, "batches": []}
    ordered = [wire.get(asked, params={"sort": sort, "limit": 1}).json()["batches"] for sort in ("asc", "desc")]
    assert [each["scheduledAt"][:19] for (each,) in ordered] == [
        (AT + timedelta(hours=hours)).isoformat()[:19] for hours in (0, 1)
    ]
    assert wire.get(asked, params={"startDate": "2020-01-01", "endDate": "2020-01-20"}).json()["count"] == 0


def test_what_has_no_time_or_is_unknown_is_not_found(wire: httpx.Client, brevo: Brevo):
    """Nor what was called off."""
    later = send(wire, "a@example.com", scheduledAt=AT.isoformat())
    wire.delete(f"/smtp/email/{later}").raise_for_status()
    for identifier in (send(wire, "a@example.com"), later, BATCH, "<999999.abc@example.com>", "no batch"):
        with pytest.raises(NotFoundError):
            brevo.transactional_emails.get_scheduled_email_by_id(identifier)


@pytest.mark.parametrize(
    "query",
    [{"status": "lost"}, {"limit": "501"}, {"sort": "up"}, {"startDate": "2026-01-01"}, {"offset": "-1"}],
)
def test_a_question_that_is_none_is_refused(wire: httpx.Client, query: dict[str, str]):
    """Naming what is wrong."""
    answer = wire.get(f"/smtp/emailStatus/{BATCH}", params=query)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"invalid_parameter", "out_of_range", "missing_parameter"}


@pytest.mark.parametrize("index", ["ix_outbox_of_programs_batch", "ix_outbox_of_programs_letter"])
def test_looking_up_scheduled_mail_reads_no_whole_outbox(wire: httpx.Client, database: Session, index: str):
    """By batch, and by the call of a Message-ID, to tell of it and to call it off."""
    reference = send(wire, "a@example.com", scheduledAt=AT.isoformat(), batchId=BATCH)
    named = BATCH if index.endswith("batch") else reference
    crowded = """
        INSERT INTO outbox (key, kind, payload)
        SELECT 'k' || n, 'email', jsonb_build_object('batch', 'b' || n, 'letter', 'l' || n, 'at', 1, 'message', 0)
        FROM generate_series(1, 3000) AS n
        """
    database.execute(text(crowded))
    database.execute(text("ANALYZE outbox"))
    plans: list[str] = []

    def explain(_connection: object, cursor: Any, statement: str, given: Any, *_: object) -> None:
        if "to_timestamp" in statement or statement.startswith("DELETE FROM outbox"):
            plans.append("\n".join(line for (line,) in cursor.execute(f"EXPLAIN {statement}", given)))

    connection = database.connection()
    sqlalchemy_events.listen(connection, "before_cursor_execute", explain)
    try:
        assert wire.get(f"/smtp/emailStatus/{named}").status_code == 200
        assert wire.delete(f"/smtp/email/{named}").status_code == 204
    finally:
        sqlalchemy_events.remove(connection, "before_cursor_execute", explain)
    assert [index in plan for plan in plans] == [True, True], plans
