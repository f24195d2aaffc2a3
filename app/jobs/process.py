"""What every background process does first, and how it hears that it shall end."""

import contextlib
import gc
import signal
import socket
from collections.abc import Iterator

from app import db, instance
from app import logging as app_logging
from app.adapters import mail_links, outside, pulse, redis, secrets
from app.settings import Settings

_ALLOCATIONS = 50_000


class StopRequest:
    """Becomes true at SIGTERM or Ctrl-C. A plain flag: an Event could deadlock in a signal handler."""

    def __init__(self) -> None:
        self._made = False

    def __bool__(self) -> bool:
        return self._made

    def make(self) -> None:
        """Ask the process to end."""
        self._made = True

    def listen(self) -> None:
        """Make the request at a signal from now on."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.make())


def calm_collector() -> None:
    """Let the garbage collector leave alone what was imported, and come seldom: batches make no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, 20, 50)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away meanwhile: it would look through all that a batch has in hand for nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def begin(name: str) -> Settings:
    """Read the settings, log under `name`, and connect with few connections: jobs run one at a time."""
    settings = instance.looked_up()
    app_logging.configure(settings.log_level, name, settings.log_format)
    if not settings.database_url or not settings.redis_url:
        raise SystemExit(f"{instance.absence(settings)} Or set DATABASE_URL and REDIS_URL to servers of your own.")
    secrets.configure(settings.secret_key)
    db.configure(settings.database_url, pool_size=2, max_overflow=2)
    redis.configure(settings.redis_url)
    outside.configure(allow_private=settings.allow_private_hosts)
    mail_links.configure(settings.public_url)
    pulse.time_steps()
    pulse.begin()
    app_logging.say_started(socket.gethostname())
    return settings


def end() -> None:
    """Log what was done since it was last told, and that the process stops."""
    pulse.tell()
    app_logging.say_stopped()
