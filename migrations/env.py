"""How Alembic reaches the database: one upgrade at a time, and never waiting long for a lock."""

import time

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

from app.adapters.migrations import hurry
from app.adapters.months import is_part
from app.instance import absence, looked_up
from app.models import Base

# Any number, the same for every host that may migrate this database.
UPGRADE_LOCK = 770_001
PERIOD_SECONDS = 0.5


def _url() -> str:
    if url := context.config.attributes.get("url"):
        return str(url)
    settings = looked_up()
    if not settings.database_url:
        raise SystemExit(f"{absence(settings)} Or set DATABASE_URL to a database of your own.")
    return settings.database_url


def _migrate(connection: Connection) -> None:
    hurry(connection)
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=True,
        include_name=lambda name, kind, _parents: kind != "table" or not is_part(name or ""),
        transaction_per_migration=True,
    )
    context.run_migrations()
    connection.commit()


def _migrate_alone(connection: Connection) -> None:
    """Wait, without a limit, for another host's upgrade to end: then there is nothing left to do.

    By asking again: an index that the other makes concurrently would wait for a statement of ours that waits.
    """
    while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": UPGRADE_LOCK}):
        connection.commit()
        time.sleep(PERIOD_SECONDS)
    connection.commit()
    try:
        _migrate(connection)
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": UPGRADE_LOCK})
        connection.commit()


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = create_engine(_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        _migrate_alone(connection)
    engine.dispose()
