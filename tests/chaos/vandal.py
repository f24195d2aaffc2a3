"""What is done to a running instance, at random but for the seed."""

import contextlib
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import psutil
import psycopg
from redis import Redis
from redis.exceptions import RedisError

from app.instance import find
from tests.support.database import connect
from tests.support.instance import Instance

KILLED: Final = {"worker": 8, "web": 3, "clock": 2, "redis": 2, "backend": 3, "postmaster": 1}
OTHERS: Final = {"wipe Redis": 2, "fill the disk": 1, "move the clock": 1}
SMALL_DISK: Final = 768  # MiB, and as many more as there are kills: so much is written until then
FULL_SECONDS: Final = 2.0
PAUSE: Final = (0.1, 0.7)

# Names are looked up along the search path: this `now()`, by which the engine tells the time, stands before
# PostgreSQL's own.
MOVABLE_CLOCK: Final = """
    CREATE SCHEMA moved;
    CREATE TABLE moved.clock AS SELECT interval '0' AS ahead;
    CREATE FUNCTION moved.now() RETURNS timestamptz LANGUAGE sql STABLE
        AS 'SELECT pg_catalog.now() + ahead FROM moved.clock';
    ALTER DATABASE cadenza SET search_path = moved, pg_catalog, public;
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cadenza';
    """
SMALL_LOG: Final = (
    "ALTER SYSTEM SET max_wal_size = '128MB'",
    "ALTER SYSTEM SET min_wal_size = '32MB'",
    "SELECT pg_reload_conf()",
)


class Vandal:
    """Breaks things one by one; `done` counts what it did, `skipped` says what it could not do here."""

    def __init__(self, instance: Instance, seed: int) -> None:
        self.instance, self.chance = instance, Random(seed)
        self.done: Counter[str] = Counter()
        self.skipped: list[str] = []
        self.disk = instance.data / "postgres"
        self.others = dict(OTHERS)
        if not self.disk.is_mount():
            self.skipped.append("The disk was not filled: mounting a small one takes root.")
            del self.others["fill the disk"]

    @property
    def kills(self) -> int:
        return sum(self.done[kind] for kind in KILLED)

    def prepare(self) -> None:
        """Make the clock movable and the write-ahead log small, once the instance runs."""
        with connect(self.instance) as connection:
            for statement in SMALL_LOG:
                connection.execute(statement)
            make_clock_movable(connection)

    def break_something(self) -> None:
        """Do one thing, and pause."""
        kinds = KILLED | self.others
        kind = self.chance.choices(list(kinds), list(kinds.values()))[0]
        acts: dict[str, Callable[[], bool]] = {
            "wipe Redis": self.wipe_redis,
            "fill the disk": self.fill_disk,
            "move the clock": lambda: self.set_clock(timedelta(minutes=self.chance.choice([-5, 10, 60, 600]))),
        }
        if acts.get(kind, lambda: self.kill(kind))():
            self.done[kind] += 1
        time.sleep(self.chance.uniform(*PAUSE))

    def kill(self, kind: str) -> bool:
        """Kill -9 one process of that kind; False if there is none at present."""
        with contextlib.suppress(psutil.NoSuchProcess):
            found = sorted(
                (each for each in self.instance.children() if kind_of(each) == kind), key=lambda each: each.pid
            )
            if found:
                self.chance.choice(found).kill()
                return True
        return False

    def wipe_redis(self) -> bool:
        announced = find(self.instance.data)
        with contextlib.suppress(RedisError), Redis.from_url(announced.redis_url if announced else "") as client:
            return bool(client.flushall())
        return False

    def fill_disk(self) -> bool:
        """Leave the database no room for a while."""
        filler = self.disk.parent / "postgres" / "filler"
        with filler.open("wb") as file, contextlib.suppress(OSError):
            while True:
                os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), 1 << 20)
                file.seek(0, os.SEEK_END)
        time.sleep(FULL_SECONDS)
        filler.unlink()
        return True

    def set_clock(self, span: timedelta) -> bool:
        """Set the database's clock forward or back; False while it is away."""
        with contextlib.suppress(psycopg.Error, AssertionError), connect(self.instance) as connection:
            move_clock(connection, span)
            return True
        return False


def make_clock_movable(connection: psycopg.Connection) -> None:
    """Put a clock that can be moved before the database's own, and let everybody connect anew."""
    for statement in MOVABLE_CLOCK.strip().rstrip(";").split(";"):
        connection.execute(statement)


def move_clock(connection: psycopg.Connection, span: timedelta) -> None:
    """Set the database's clock forward or back at one stroke."""
    connection.execute("UPDATE moved.clock SET ahead = ahead + %s", [span])


def kind_of(process: psutil.Process) -> str | None:
    """Tell what a process of an instance is; None for one that is left in peace."""
    words = process.cmdline()
    for module, kind in (("app.jobs.worker", "worker"), ("app.runtime.web", "web"), ("app.jobs.clock", "clock")):
        if module in words:
            return kind
    if process.name().startswith(("redis-server", "valkey-server")):
        return "redis"
    if process.name() == "postgres":
        title = " ".join(words)
        return "backend" if title.startswith("postgres: cadenza") else "postmaster" if "-D" in words else None
    return None


@contextlib.contextmanager
def small_disk(directory: Path, kills: int) -> Iterator[None]:
    """Put the database's files on a small disk in memory, where that is allowed."""
    if os.geteuid() != 0:
        yield
        return
    directory.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK + kills}m,mode=700", "tmpfs", str(directory)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        yield
        return
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=True)
