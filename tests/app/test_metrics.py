import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from redis import Redis
from rq import SimpleWorker
from sqlalchemy.orm import Session

from app.adapters import pulse
from app.adapters import redis as app_redis
from app.models import DeadLetter, Outbox
from tests.app.conftest import Caller


def samples(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """What Prometheus would read: figures by name and labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


def test_prometheus_reads_what_the_database_knows(program: FlaskClient, redis_live: None, database: Session) -> None:
    """Without Redis too: every partition, the outbox, dead letters by kind and reason."""
    database.add_all([DeadLetter(event_id=1, contact_id=1, reason='Key"Error'), Outbox(key="a", kind="m", payload={})])
    database.flush()
    app_redis.configure("redis://127.0.0.1:1")
    found = samples(program)
    assert [found["cadenza_lag_seconds", str(part)] for part in range(16)] == [0] * 16
    assert found["cadenza_deliveries", "due"] == 1
    assert found["cadenza_dead_letters", "event", 'Key"Error'] == 1
    assert ("cadenza_events_received_total",) not in found


def test_prometheus_reads_what_redis_knows(program: FlaskClient, redis_live: None, redis: "Redis") -> None:
    """Queues, workers by host, and counters that only grow."""
    pulse._Counted.figures.clear()
    worker = SimpleWorker(["drain"], connection=redis)
    worker.register_birth()
    for _ in range(2):
        pulse.count(received=3)
        pulse.beat()
    found = samples(program)
    assert found["cadenza_events_received_total",] == 6
    assert found["cadenza_queue_jobs", "drain"] == 0
    assert [key[1:3] for key in found if key[0] == "cadenza_worker"] == [(worker.hostname, str(worker.pid))]


@pytest.mark.parametrize("authorization", [None, "Bearer cdz_wrong", "Basic YTpi", "Bearer"])
def test_nobody_reads_them_without_a_key(
    client: FlaskClient, admin: Caller, authorization: str | None, database: Session
) -> None:
    """Neither a stranger nor a browser that somebody is signed in with."""
    headers = {} if authorization is None else {"Authorization": authorization}
    assert client.get("/metrics", headers=headers).status_code == 401
    assert admin.get("/metrics").status_code == 401
