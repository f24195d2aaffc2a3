"""Where a scenario plays: a whole instance of its own on a temporary folder, and databases beside it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from psycopg import sql
from sqlalchemy import make_url

from app import db
from app.adapters import migrations, redis
from app.instance import find
from app.services import api_keys
from bench.database import connect
from bench.options import Options
from tests.support.instance import Instance, instance

LIMIT: Final = "limit"


@dataclass(frozen=True)
class Place:
    """A running instance; this process's services work on its database. `key` is a program's key to its API."""

    instance: Instance
    options: Options
    database_url: str
    key: str

    def say(self, words: str) -> None:
        """Tell whoever waits."""
        print(f"    {words} …", flush=True)

    def turns(self) -> Iterator[int]:
        """Number the turns."""
        for turn in range(1, self.options.repeat + 1):
            self.say(f"turn {turn} of {self.options.repeat}")
            yield turn

    def database_beside(self) -> str:
        """Make a migrated database on the same server, for what SQL alone can do; returns its URL."""
        with connect(self.database_url) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(LIMIT)))
        url = make_url(self.database_url).set(database=LIMIT).render_as_string(hide_password=False)
        migrations.upgrade(url)
        return url


@contextlib.contextmanager
def open_place(options: Options) -> Iterator[Place]:
    """Start an instance; afterwards no process and no file of it is left."""
    # Mail goes to a server on this machine.
    processes = {
        "CADENZA_ALLOW_PRIVATE_HOSTS": "1",
        "WORKERS": str(options.workers),
        "WEB_PROCESSES": str(options.web_processes),
    }
    with instance(**processes) as made:
        made.start()
        servers = find(made.data)
        if servers is None:
            raise RuntimeError("The instance does not say where its servers are.")
        redis.configure(servers.redis_url)
        db.configure(servers.database_url)
        try:
            yield Place(made, options, servers.database_url, api_keys.create("Benchmark").key)
        finally:
            db.dispose()
            redis.dispose()
