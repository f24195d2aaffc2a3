"""Bringing the database to where this release needs it: migrations, and the demo world if it is empty.

A process of its own (`python -m app.runtime.database`), so that the supervisor stays small.
"""

import json
import sys

from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from app import db, instance
from app.adapters import migrations, redis
from app.runtime.preparing import Login
from app.runtime.terminal import Bar, step
from app.services import workspace
from app.settings import Settings


def main() -> None:
    """Prepare the database of the environment's settings; prints the logins as JSON."""
    settings = instance.looked_up()
    if not settings.database_url or not settings.redis_url:
        raise SystemExit(f"{instance.absence(settings)} Or set DATABASE_URL and REDIS_URL to servers of your own.")
    redis.configure(settings.redis_url)
    try:
        redis.client().ping()
        logins = _prepare(settings, settings.database_url)
    except OperationalError as error:
        raise SystemExit(f"DATABASE_URL: {_first_line(error.orig)}") from None
    except RedisError as error:
        raise SystemExit(f"REDIS_URL: {_first_line(error)}") from None
    json.dump(logins, sys.stdout)


def _prepare(settings: Settings, database_url: str) -> list[Login]:
    with step("Migrating the database"):
        migrations.upgrade(database_url)
        db.configure(database_url)
        workspace.setup()
    return _seed() if settings.demo else []


def _first_line(error: BaseException | None) -> str:
    """What the server or driver said; the rest of it would only frighten."""
    return str(error).strip().partition("\n")[0]


def _seed() -> list[Login]:
    from app.services import demo  # noqa: PLC0415 - not needed where CADENZA_DEMO is 0

    bar = Bar()
    logins = demo.seed_if_empty(bar.update)
    bar.finish()
    return [Login(each.role, each.email, each.password) for each in logins]


if __name__ == "__main__":
    main()
