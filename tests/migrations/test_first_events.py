from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.adapters import migrations
from tests.support.servers import Servers, create_empty, drop

# Two automations, switched on at noon and in the evening, and an event of the afternoon that still waits.
FILLED = """
    INSERT INTO automation (name, draft, activated_at)
    VALUES ('Noon', '{}', '2026-11-22 12:00Z'), ('Evening', '{}', '2026-11-22 18:00Z'), ('Draft', '{}', NULL);
    INSERT INTO inbox (part, id, contact_id, type_id, at, received_at, properties)
    VALUES (1, 7, 1, 1, now(), '2026-11-22 15:00Z', '{}');
    """


def test_what_came_before_an_automation_was_switched_on_keeps_out(servers: Servers):
    """An event that waits while the release changes counts for the same automations as before."""
    url = create_empty(servers, "filled")
    command.upgrade(migrations.configuration(url), "0004")
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(FILLED))
    command.upgrade(migrations.configuration(url), "0005")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        first = connection.execute(text("SELECT name, first_event FROM automation ORDER BY id")).all()
    drop(servers, "filled")
    assert first == [("Noon", 0), ("Evening", 8), ("Draft", 0)]
