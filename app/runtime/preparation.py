"""Bringing the database to where this release needs it: migrations, and the demo world if it is empty.

A process of its own (`python -m app.runtime.preparation`), so that the supervisor stays small.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple

from app import db, running
from app.adapters import migrations, redis
from app.runtime.errors import StartError
from app.runtime.processes import spawn
from app.runtime.terminal import Bar, step
from app.services import workspace
from app.settings import CHECKOUT, Settings


class Login(NamedTuple):
    """A person of the demo world."""

    role: str
    email: str
    password: str


def prepare(environment: Mapping[str, str]) -> list[Login]:
    """Run this module on that environment's database; returns the demo logins."""
    command = [sys.executable, "-m", __spec__.name if __name__ == "__main__" else __name__]
    child = spawn(command, directory=CHECKOUT, environment=environment, output=subprocess.PIPE)
    printed, _ = child.communicate()
    if child.returncode != 0:
        raise StartError("The database could not be prepared; see above.")
    return [Login(*login) for login in json.loads(printed)]


def main() -> None:
    """Prepare the database of the environment's settings; prints the logins as JSON."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = running.located(Settings.from_env())
    if not settings.database_url:
        raise SystemExit("Set DATABASE_URL, or start everything with `make run`.")
    with step("Migrating the database"):
        migrations.upgrade(settings.database_url)
        db.configure(settings.database_url)
        workspace.setup()
    json.dump(_seed(settings) if settings.demo else [], sys.stdout)


def _seed(settings: Settings) -> list[Login]:
    from app.services import demo  # noqa: PLC0415 - not needed where CADENZA_DEMO is 0

    redis.configure(settings.redis_url or "")
    bar = Bar()
    logins = demo.seed_if_empty(bar.update)
    bar.finish()
    return [Login(each.role, each.email, each.password) for each in logins]


if __name__ == "__main__":
    main()
