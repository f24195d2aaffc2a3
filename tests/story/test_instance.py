import contextlib
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest
from redis import Redis
from sqlalchemy import make_url

from app.instance import find
from app.version import VERSION
from tests.support.instance import Instance, free_port, instance

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def shared() -> Iterator[Instance]:
    """One instance for all these tests: each leaves it startable, which is what they are about."""
    with instance() as made:
        yield made


@pytest.fixture
def running(shared: Instance) -> Instance:
    """The instance, ready."""
    if shared.process is None or shared.process.poll() is not None:
        shared.start()
    return shared


def database(of: Instance) -> psycopg.Connection:
    """A connection to its database, by what it announces."""
    announced = find(of.data)
    assert announced
    url = make_url(announced.database_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_stops_every_child(running: Instance, number: signal.Signals):
    """Ctrl-C and SIGTERM end web, workers, clock, Redis and PostgreSQL, and report success."""
    children = running.children()
    assert len(children) >= 6
    assert running.stop(number) == 0
    assert not psutil.wait_procs(children, timeout=10)[1]
    assert find(running.data) is None
    assert "database system is shut down" in (running.data / "postgres.log").read_text()


def test_each_process_logs_that_it_starts_what_it_did_and_that_it_stops(running: Instance):
    """Whoever looks into the logs of a quiet instance sees which Cadenza runs, as what and where, and that it works."""
    key = running.command("api-key", "create", "--name", "log").stdout.strip()
    seen = {"event": "seen", "contact": {"email": "ann@example.com"}}
    headers = {"Authorization": f"Bearer {key}"}
    httpx.post(f"{running.url}/api/events", json={"events": [seen]}, headers=headers).raise_for_status()
    running.stop()
    logs = {path.stem: path.read_text() for path in (running.data / "logs").iterdir()}
    for name in ("web", "worker-1", "clock"):
        role = name.partition("-")[0]
        started, stopped = logs[name].splitlines()[0], logs[name].splitlines()[-1]
        assert f" {role}[" in started
        assert f"Started: Cadenza {VERSION} at " in started
        assert stopped.endswith("Stopped.")
    assert f" at {running.url}." in logs["web"]
    assert "events taken in" in logs["web"]
    assert "ann" not in "".join(logs.values())


@pytest.mark.chaos
def test_after_kill_9_of_the_supervisor_the_next_start_needs_no_hand_work(running: Instance):
    """Whatever was left over is ended, and every committed row is there."""
    with database(running) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    assert running.process
    running.process.kill()
    running.process.wait()
    running.start()
    with database(running) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (42,)


@pytest.mark.chaos
def test_after_kill_9_of_everything_the_next_start_needs_no_hand_work(running: Instance):
    """A power cut for processes: PostgreSQL recovers, Redis starts empty."""
    assert running.process
    processes = [psutil.Process(running.process.pid), *running.children()]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):  # it may have followed its parent
            process.kill()
    running.process.wait()
    running.start()
    assert httpx.get(f"{running.url}/readyz").status_code == 200


@pytest.mark.chaos
@pytest.mark.parametrize("victim", ["app.runtime.web", "app.jobs.worker", "app.jobs.clock", "redis-server", "postgres"])
def test_a_killed_part_comes_back(running: Instance, victim: str):
    """Kill -9 of any part: the supervisor starts it again, and the instance is ready once more."""
    (first,) = processes_of(running, victim)
    first.kill()
    wait_until(lambda: processes_of(running, victim) not in ([], [first]))
    running.wait_until_ready()
    (second,) = processes_of(running, victim)
    assert second != first


def processes_of(of: Instance, part: str) -> list[psutil.Process]:
    """The direct children of the supervisor that run this part now."""
    assert of.process
    found = []
    for child in psutil.Process(of.process.pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if part in " ".join(child.cmdline()):
                found.append(child)
    return found


def test_stopped_while_it_prepares_it_starts_anew():
    """Ctrl-C in the middle of making the demo world ends quietly; the next start makes it whole."""
    with instance(CADENZA_DEMO="") as made:  # as by default: on this machine, with a demo
        made.launch()
        wait_until(lambda: "demo world" in made.log.read_text())
        assert made.stop(signal.SIGINT) == 0
        assert "Traceback" not in made.log.read_text()
        made.start()
        wait_until(lambda: "Sign in as" in made.log.read_text())
        assert "Sign in as" in made.log.read_text()


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait, at most a minute."""
    deadline = time.monotonic() + 60
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)


def test_a_second_instance_on_the_same_data_is_refused(running: Instance):
    """The second says where the first is; the first goes on."""
    second = Instance(running.data)
    second.log = running.data / "second.log"
    with pytest.raises(AssertionError, match=re.escape(running.url)):
        second.start()
    assert running.is_ready()


def test_two_instances_run_side_by_side(running: Instance):
    """Different PORT and CADENZA_DATA are all that two instances need."""
    with instance() as second:
        second.start()
        assert second.is_ready()
        assert running.is_ready()


def test_a_taken_port_is_a_clear_refusal(running: Instance):
    """The variable to change is named, and nothing stays behind."""
    with instance() as second:
        second.environment["PORT"] = str(running.port)
        with pytest.raises(AssertionError, match=r"PORT: .* is taken"):
            second.start()
        assert not (second.data / "postgres").exists()


def test_commands_share_the_servers_of_the_running_instance(running: Instance):
    """`flask --app wsgi …` needs no setting to reach the running instance, and says what to do without one."""
    made = running.command("api-key", "create", "--name", "shop")
    assert (made.returncode, len(made.stdout.split())) == (0, 1)
    running.stop()
    refused = running.command("api-key", "create", "--name", "shop")
    assert refused.returncode != 0
    assert all(word in refused.stderr for word in ("make run", "http://127.0.0.1:8000", str(running.data)))


@pytest.mark.parametrize(
    "arguments",
    [
        ["flask", "--app", "wsgi", "api-key", "create", "--name", "shop"],
        ["flask", "--app", "wsgi", "demo", "traffic"],
        ["app.runtime.backup", "all.backup"],
        ["app.jobs.worker"],
        ["alembic", "current"],
    ],
)
def test_who_looks_in_the_wrong_place_is_told_where_and_leaves_nothing(tmp_path: Path, arguments: list[str]):
    """The folder, the address and both variables are named; the folder is not made by looking there."""
    wrong, port = tmp_path / "wrong", str(free_port())
    refused = Instance(wrong).module(*arguments, PORT=port)
    said = ("make run", f"{wrong} (CADENZA_DATA)", f"http://127.0.0.1:{port}", f"PORT={port}")
    assert (refused.returncode, [each for each in said if each not in refused.stderr]) == (1, [])
    assert not wrong.exists()


def test_only_the_own_machine_is_listened_on(running: Instance):
    """Web listens on the loopback address; PostgreSQL and Redis on no address at all."""
    listening = {
        connection.laddr
        for process in running.children()
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert {(address.ip, address.port) for address in listening} == {("127.0.0.1", running.port)}


def test_the_secret_key_and_sockets_are_private(running: Instance):
    """No other account reads the key or speaks to Redis."""
    socket = running.data / "redis" / "redis.sock"
    assert (running.data / "secret_key").stat().st_mode & 0o077 == 0
    assert socket.stat().st_mode & 0o077 == 0
    with Redis(unix_socket_path=str(socket)) as client:
        assert client.ping()
