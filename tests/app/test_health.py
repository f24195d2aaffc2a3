import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import text

from app import db, health
from app.adapters import processes, workers
from app.adapters import redis as app_redis
from tests.support.servers import Servers, create_empty, drop


@pytest.fixture
def probe(database_url: str, redis_url: str, redis: "Redis") -> FlaskClient:
    """A client of an app with the health checks only, on real servers."""
    db.configure(database_url)
    app_redis.configure(redis_url)
    app = Flask("health")
    health.register(app)
    yield app.test_client()
    db.dispose()
    app_redis.dispose()


def test_a_process_that_answers_is_alive(probe: FlaskClient):
    """/healthz needs no server."""
    db.dispose()
    app_redis.dispose()
    assert probe.get("/healthz").json == {"status": "ok"}


def test_ready_when_all_parts_are_there(probe: FlaskClient, redis: "Redis"):
    """Database, Redis, clock and a worker present: 200, nothing missing."""
    workers.report(redis)
    processes.Sign(processes.CLOCK).give()
    answer = probe.get("/readyz")
    assert answer.status_code == 200
    parts = ("database", "redis", "worker", "clock", "lag")
    assert answer.json == {"status": "ready", "missing": dict.fromkeys(parts)}


def test_a_missing_worker_is_named(probe: FlaskClient):
    """Without a sign of life in 15 seconds the instance is not ready."""
    answer = probe.get("/readyz")
    assert answer.status_code == 503
    assert "15 seconds" in answer.json["missing"]["worker"]


def test_a_missing_clock_is_named(probe: FlaskClient, redis: "Redis"):
    """With workers alone no wait ends: not ready, before anybody misses a mail."""
    workers.report(redis)
    answer = probe.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "not ready")
    assert "15 seconds" in answer.json["missing"]["clock"]


def test_a_workers_sign_of_life_expires(redis: "Redis"):
    """A worker that died is not seen for longer than 15 seconds."""
    workers.report(redis)
    assert 0 < redis.ttl("cadenza:worker-seen") <= 15


def test_an_unmigrated_database_is_named(probe: FlaskClient, servers: Servers):
    """A database of another release tells where it is and where it must be."""
    db.configure(create_empty(servers, "unmigrated"))
    missing = probe.get("/readyz").json["missing"]["database"]
    db.dispose()
    drop(servers, "unmigrated")
    assert missing.startswith("is at migration None, this release needs ")


def test_servers_that_are_away_are_named(probe: FlaskClient):
    """With both away the answer still comes, and at once."""
    db.configure("postgresql://nobody@127.0.0.1:1/x")
    app_redis.configure("redis://127.0.0.1:1")
    missing = probe.get("/readyz").json["missing"]
    assert missing["database"] == missing["redis"] == "cannot be reached"


def test_the_database_is_only_looked_at(probe: FlaskClient):
    """Asking for readiness leaves no connection in a transaction."""
    probe.get("/readyz")
    with db.engine().connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    assert db.engine().pool.checkedout() == 0
