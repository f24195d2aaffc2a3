import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue

from app.adapters import workers
from app.runtime.redis import RedisServer
from app.settings import CHECKOUT

pytestmark = [pytest.mark.story, pytest.mark.timeout(120)]
NOTE = "tests.support.jobs.note"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of its own, to be taken away."""
    made = RedisServer(tmp_path / "redis")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def start(
    server: RedisServer, committed_database: str, tmp_path: Path
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts the worker of that Redis; it is ended after the test."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {"CADENZA_DATA": str(tmp_path), "DATABASE_URL": committed_database, "REDIS_URL": server.url}

    def start_worker() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "app.jobs.worker"]
        started.append(subprocess.Popen(command, cwd=CHECKOUT, env={**os.environ, **environment}))
        return started[-1]

    yield start_worker
    for worker in started:
        worker.kill()
        worker.wait()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """The file that jobs write to."""
    return tmp_path / "notes"


def enqueue(server: RedisServer, queue: str, notes: Path, word: str, seconds: float = 0) -> None:
    with Redis.from_url(server.url) as client:
        Queue(queue, connection=client).enqueue(NOTE, str(notes), word, seconds)


def words(notes: Path, count: int, seconds: float = 30) -> list[str]:
    """The first words noted, waiting for as many as `count`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = notes.read_text().split() if notes.exists() else []
        if len(found) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"Not {count} words after {seconds} s: {found}")


def test_events_go_before_mail_and_mail_before_imports(server: RedisServer, start, notes: Path):
    """Whatever was queued first, the worker takes what somebody waits for."""
    for queue in ("default", "send", "drain"):
        enqueue(server, queue, notes, queue)
    start()
    assert words(notes, 3) == ["drain", "send", "default"]


def test_a_working_worker_gives_its_sign_of_life(server: RedisServer, start, notes: Path):
    """/readyz sees a worker from its start on."""
    enqueue(server, "drain", notes, "ready")
    start()
    words(notes, 1)
    with Redis.from_url(server.url) as client:
        assert client.ttl(workers._KEY) > 0


def test_asked_to_stop_a_worker_finishes_its_job(server: RedisServer, start, notes: Path):
    """SIGTERM in the middle of a job: the job ends as it should, the next is left to others."""
    enqueue(server, "drain", notes, "started")
    enqueue(server, "drain", notes, "finished", 1.5)
    enqueue(server, "drain", notes, "left")
    worker = start()
    words(notes, 1)
    time.sleep(0.3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    assert notes.read_text().split() == ["started", "finished"]


@pytest.mark.chaos
@pytest.mark.parametrize("seconds", [0.0, 1.0], ids=["idle", "during a job"])
def test_a_worker_is_back_soon_after_redis_was_away(server: RedisServer, start, notes: Path, seconds: float):
    """Redis dies, idle or in the middle of a job, and comes back empty: the same worker takes the next job."""
    enqueue(server, "drain", notes, "before")
    worker = start()
    words(notes, 1)
    enqueue(server, "drain", notes, "during", seconds)
    time.sleep(0.3)
    server.stop()
    time.sleep(1)
    server.start()
    enqueue(server, "drain", notes, "after")
    assert words(notes, 3, seconds=10) == ["before", "during", "after"]
    assert worker.poll() is None
