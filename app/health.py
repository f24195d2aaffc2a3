"""Is this process alive, and can the whole instance work?"""

from collections.abc import Callable

from flask import Flask, Response, jsonify
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.adapters import migrations, processes, redis, workers
from app.services import backpressure

_Check = Callable[[], str | None]


def register(app: Flask) -> None:
    """Serve /healthz and /readyz."""
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/readyz", view_func=readyz)


def healthz() -> Response:
    """This process answers."""
    return jsonify(status="ok")


def readyz() -> tuple[Response, int]:
    """200 when database, Redis, clock and a worker are there and keep up; else 503, each with what is missing, or null.

    `degraded`: all are there, but events are worked through too late.
    """
    checks: dict[str, _Check] = {
        "database": _database,
        "redis": _redis,
        "worker": _worker,
        "clock": _clock,
        "lag": _lag,
    }
    missing = {name: check() for name, check in checks.items()}
    wrong = {name for name, words in missing.items() if words}
    status = "ready" if not wrong else "degraded" if wrong == {"lag"} else "not ready"
    return jsonify(status=status, missing=missing), 503 if wrong else 200


def _database() -> str | None:
    try:
        with db.engine().connect() as connection:
            revision = migrations.revision(connection)
    except (SQLAlchemyError, db.NotConfigured):
        return "cannot be reached"
    newest = migrations.newest_revision()
    return None if revision == newest else f"is at migration {revision}, this release needs {newest}"


def _lag() -> str | None:
    try:
        return backpressure.excess()
    except (SQLAlchemyError, db.NotConfigured):
        return "unknown while the database is away"


def _redis() -> str | None:
    try:
        redis.client().ping()
    except (RedisError, redis.NotConfigured):
        return "cannot be reached"
    return None


def _worker() -> str | None:
    return _unseen(workers.seen)


def _clock() -> str | None:
    """One that hangs gives no sign either: without it no wait ends, and nothing lost is found again."""
    return _unseen(lambda: processes.seen(processes.CLOCK))


def _unseen(seen: Callable[[], bool]) -> str | None:
    try:
        found = seen()
    except (RedisError, redis.NotConfigured):
        return "unknown while Redis is away"
    return None if found else f"none seen in the last {workers.SEEN_SECONDS} seconds"
