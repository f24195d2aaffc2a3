from sqlalchemy import inspect, text

from app.services import contacts
from tests.factories.contacts import make_contact, make_list

FILLED = [
    "INSERT INTO event_type (id, name) VALUES (900, 'x')",
    "INSERT INTO event (id, contact_id, type_id, at) VALUES (900, :id, 900, now())",
    "INSERT INTO inbox VALUES (:part, 900, :id, 900, now(), now(), '{}')",
    (
        "INSERT INTO enrollment (id, automation_id, version_id, contact_id, event_id, state, node, entered_at, path)"
        " VALUES (900, 1, 1, :id, 900, 'active', 'n', now(), '[]')"
    ),
    "INSERT INTO timer (part, wake_at, enrollment_id) VALUES (:part, now(), 900)",
    "INSERT INTO held_timer (automation_id, enrollment_id, part, wake_at) VALUES (1, 900, :part, now())",
    "INSERT INTO pending_entry VALUES (1, :id, 900, 't', '{}')",
    "INSERT INTO visit VALUES (1, :id, '')",
    (
        "INSERT INTO refusal (contact_id, automation_id, reason, times, last_event_id, last_at)"
        " VALUES (:id, 1, 'r', 1, 900, now())"
    ),
    "INSERT INTO outbox (key, kind, payload, contact_id) VALUES ('k', 'mail', '{}', :id)",
    "INSERT INTO dead_letter (contact_id, reason) VALUES (:id, 'r')",
    "INSERT INTO note (contact_id, text) VALUES (:id, 'secret')",
    "INSERT INTO task (contact_id, title) VALUES (:id, 'call')",
]


def test_a_deleted_contact_is_gone_everywhere(database):
    """No table that names contacts keeps a row of the one deleted, and another contact keeps all of its own."""
    contact = make_contact(lists=[make_list()], tags=["vip"])
    for statement in FILLED:
        database.execute(text(statement), {"id": contact, "part": contact % 16})
    assert contacts.delete([contact, 999_999]) == {contact}
    inspector = inspect(database.connection())
    for table in inspector.get_table_names():
        if "contact_id" in {column["name"] for column in inspector.get_columns(table)}:
            left = database.scalar(text(f"SELECT count(*) FROM {table} WHERE contact_id = :id"), {"id": contact})
            assert (table, left) == (table, 0)
    assert database.scalar(text("SELECT (SELECT count(*) FROM timer) + (SELECT count(*) FROM held_timer)")) == 0


def test_deleting_spares_everybody_else(database):
    """Other contacts stay."""
    ada, bob = make_contact(), make_contact()
    contacts.delete([ada])
    assert [view.id for view in contacts.fetch([ada, bob])] == [bob]
