"""The instance that runs on a data folder now: how other commands find its servers."""

import contextlib
import dataclasses
import fcntl
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from app.settings import Settings

_FILE = "run.json"
_LOCK = "run.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Where a running instance listens. Valid as long as its supervisor holds the lock."""

    pid: int
    url: str
    database_url: str
    redis_url: str


class AlreadyRunning(RuntimeError):
    """Another supervisor works on this data folder."""


@contextlib.contextmanager
def sole_instance(data: Path) -> Iterator[None]:
    """Hold the data folder for this process; raises AlreadyRunning. The kernel lets go when it dies."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            there = _read(data)
            where = f" at {there.url} (process {there.pid})" if there else ""
            raise AlreadyRunning(
                f"Cadenza already runs on {data}{where}. Stop it first, or set CADENZA_DATA and PORT for a second one."
            ) from error
        (data / _FILE).unlink(missing_ok=True)
        yield


@contextlib.contextmanager
def announced(data: Path, running: Running) -> Iterator[None]:
    """Tell other commands about this instance for as long as the block lasts."""
    with tempfile.NamedTemporaryFile("w", dir=data, delete=False) as draft:
        json.dump(asdict(running), draft)
    Path(draft.name).replace(data / _FILE)
    try:
        yield
    finally:
        (data / _FILE).unlink(missing_ok=True)


def find(data: Path) -> Running | None:
    """Find the live instance of this data folder, if any."""
    running = _read(data)
    return running if running and _is_held(data) else None


def located(settings: Settings) -> Settings:
    """The settings with the addresses of the running instance's servers where none were set."""
    running = find(settings.data)
    if not running:
        return settings
    return dataclasses.replace(
        settings,
        database_url=settings.database_url or running.database_url,
        redis_url=settings.redis_url or running.redis_url,
    )


def looked_up() -> Settings:
    """The environment's settings, and the addresses of the running instance: for commands beside it."""
    return located(Settings.from_env(looking=True))


def absence(settings: Settings) -> str:
    """Say where a running instance was looked for in vain, and what leads to it."""
    return (
        f"No instance of Cadenza runs on {settings.data} (CADENZA_DATA); it would be at {settings.public_url} "
        f"(PORT={settings.port}). Start it with `make run` in another terminal. If it was started with another "
        "CADENZA_DATA or PORT, give this command the same ones."
    )


def _read(data: Path) -> Running | None:
    try:
        return Running(**json.loads((data / _FILE).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _is_held(data: Path) -> bool:
    try:
        with (data / _LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
