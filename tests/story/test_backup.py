"""A backup of an instance that is hard at work, restored into another one."""

import json
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import httpx
import pytest

from app.settings import CHECKOUT
from tests.story.test_exactness import SCORING
from tests.support.database import connect, wait_until
from tests.support.external import external_servers
from tests.support.instance import Instance, instance

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]

OUTCOME = """
    SELECT (SELECT count(*) FROM event e JOIN event_type t ON t.id = e.type_id AND t.name = 'email_opened'),
           (SELECT count(*) FROM enrollment WHERE state = 'finished'), (SELECT count(*) FROM enrollment),
           (SELECT CAST(sum({score}) AS bigint) FROM contact)
    """


class Sender:
    """Sends batches of events without a pause until it is stopped, and counts those that were accepted."""

    def __init__(self, to: Instance, key: str) -> None:
        self.accepted = 0
        self._to, self._key = to, key
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        headers = {"api-key": self._key}
        while not self._stop.is_set():
            emails = (f"c{number % 100}@example.com" for number in range(self.accepted, self.accepted + 50))
            events = [{"event_name": "email_opened", "identifiers": {"email_id": each}} for each in emails]
            answer = httpx.post(self._to.url + "/v3/events/batch", json={"events": events}, headers=headers, timeout=60)
            assert answer.status_code == 202, answer.text
            self.accepted += 50


@pytest.fixture
def addresses() -> Callable[[str], dict[str, str]]:
    """Gives an instance its servers: by default, those that it brings along."""
    return lambda _: {}


@pytest.fixture
def busy(addresses: Callable[[str], dict[str, str]]) -> Iterator[tuple[Instance, str]]:
    """An instance in which every opened mail adds five points, and a key to it."""
    with instance(**addresses("busy")) as made:
        made.start()
        user = ("user", "create", "--email", "ann@example.com", "--role", "rep", "--password-stdin")
        assert made.command(*user, text="a long enough passphrase").returncode == 0
        key = made.command("api-key", "create", "--name", "story").stdout.strip()
        simple = {**SCORING, "nodes": SCORING["nodes"][:2], "edges": SCORING["edges"][:1]}
        attribute = httpx.post(
            made.url + "/v3/contacts/attributes/normal/SCORE", json={"type": "float"}, headers={"api-key": key}
        )
        assert attribute.status_code == 201, attribute.text
        path = Path(made.data, "scoring.json")
        path.write_text(json.dumps(simple))
        assert made.command("automation", "import", "--activate", str(path)).returncode == 0
        yield made, key


@pytest.fixture
def other(addresses: Callable[[str], dict[str, str]]) -> Iterator[Instance]:
    """An instance that was never started."""
    with instance(**addresses("other")) as made:
        yield made


def run(part: str, on: Instance, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"app.runtime.{part}", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=on.environment,
    )


def outcome(of: Instance) -> tuple[int, ...]:
    with connect(of) as connection:
        number = connection.execute("SELECT id FROM attribute WHERE name = 'SCORE'").fetchone()
        return connection.execute(OUTCOME.format(score=f"a{number[0]}")).fetchone()


def settle(of: Instance) -> None:
    """Wait until nothing is left in the inbox."""
    with connect(of) as connection:
        wait_until(lambda: connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,), seconds=60)


def on_servers_of_ones_own() -> Iterator[Callable[[str], dict[str, str]]]:
    with external_servers() as (postgres, redis):
        yield lambda name: {"DATABASE_URL": postgres.make(name), "REDIS_URL": redis.url}


class TestOnServersOfOnesOwn:
    """`DATABASE_URL` and `REDIS_URL` name servers elsewhere; the role owns its database and nothing else."""

    addresses = pytest.fixture(staticmethod(on_servers_of_ones_own), name="addresses")

    def test_a_busy_instance_is_restored(self, busy: tuple[Instance, str], other: Instance, tmp_path: Path):
        """As on the servers that come along."""
        restore_the_busy(busy, other, tmp_path / "cadenza.backup")

    def test_data_is_replaced_only_when_asked_for(self, busy: tuple[Instance, str], tmp_path: Path):
        """While it runs, and while it holds data, a restore is refused; then it goes back to what was backed up."""
        (source, key), file = busy, tmp_path / "cadenza.backup"
        with Sender(source, key) as sender:
            wait_until(lambda: sender.accepted >= 50, seconds=60)
        settle(source)
        assert run("backup", source, str(file)).returncode == 0
        held = outcome(source)
        with Sender(source, key) as sender:
            wait_until(lambda: sender.accepted >= 50, seconds=60)
        elsewhere = {**source.environment, "CADENZA_DATA": str(tmp_path / "elsewhere")}
        source.environment, usual = elsewhere, source.environment
        assert "are connected to the database" in run("restore", source, str(file), "--replace").stderr
        source.environment = usual
        source.stop()
        assert "--replace" in run("restore", source, str(file)).stderr
        restored = run("restore", source, str(file), "--replace")
        assert restored.returncode == 0, restored.stderr
        source.start()
        assert outcome(source) == held


def test_a_busy_instance_is_restored_to_one_instant(busy: tuple[Instance, str], other: Instance, tmp_path: Path):
    """What the backup holds is consistent: each event is in the inbox or worked through whole; then it goes on."""
    restore_the_busy(busy, other, tmp_path / "cadenza.backup")


def restore_the_busy(busy: tuple[Instance, str], other: Instance, file: Path) -> None:
    source, key = busy
    with Sender(source, key) as sender:
        wait_until(lambda: sender.accepted >= 500, seconds=60)
        before = sender.accepted
        made = run("backup", source, str(file))
        after = sender.accepted + 50
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o077 == 0
    restored = run("restore", other, str(file))
    assert restored.returncode == 0, restored.stderr
    other.start()
    settle(other)
    events, finished, runs, points = outcome(other)
    assert before <= events <= after
    assert (finished, runs, points) == (events, events, 5 * events)
    assert (other.data / "secret_key").read_text() == (source.data / "secret_key").read_text()
    with Sender(other, key) as again:
        wait_until(lambda: again.accepted >= 50, seconds=60)
    settle(other)
    assert outcome(other)[1] == events + again.accepted


def test_nothing_is_lost_by_a_wrong_restore(busy: tuple[Instance, str], tmp_path: Path):
    """A running instance, one with data, and a damaged file are refused; what is there stays as it was."""
    (source, key), file = busy, tmp_path / "cadenza.backup"
    with Sender(source, key) as sender:
        wait_until(lambda: sender.accepted >= 50, seconds=60)
    settle(source)
    assert run("backup", source, str(file)).returncode == 0
    held = outcome(source)
    assert "already runs" in run("restore", source, str(file), "--replace").stderr
    source.stop()
    assert "--replace" in run("restore", source, str(file)).stderr
    cut = tmp_path / "cut.backup"
    with tarfile.open(file) as whole, tarfile.open(cut, "w") as damaged:
        for member in whole:
            member.size = member.size // 2 if member.name == "database.dump" else member.size
            damaged.addfile(member, whole.extractfile(member.name))
    assert "Nothing was restored" in run("restore", source, str(cut), "--replace").stderr
    (tmp_path / "no.backup").write_bytes(b"x" * 5000)
    assert "is no backup" in run("restore", source, str(tmp_path / "no.backup"), "--replace").stderr
    other_key = {**source.environment, "SECRET_KEY": "x" * 40}
    source.environment, usual = other_key, source.environment
    assert "SECRET_KEY" in run("restore", source, str(file), "--replace").stderr
    source.environment = usual
    source.start()
    assert outcome(source) == held
