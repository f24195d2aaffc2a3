"""The parts of a running instance: servers and our own processes, all started and stopped alike."""

import contextlib
import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from app.runtime.errors import StartError
from app.runtime.processes import end, spawn
from app.settings import CHECKOUT

LARGEST_LOG = 16 * 1024 * 1024
_BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_STEADY_SECONDS = 30.0
_PATIENCE_SECONDS = 20


class Part(Protocol):
    """Something with a process that can be started again."""

    name: str

    log: Path

    @property
    def process(self) -> subprocess.Popen[bytes] | None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Program:
    """One of our own Python processes."""

    def __init__(self, name: str, module: str, logs: Path, environment: Mapping[str, str]) -> None:
        self.name = name
        self.log = logs / f"{name.replace(' ', '-')}.log"
        self._module = module
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = False

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        return self._process

    def start(self) -> None:
        """Start the process; its log grows until LARGEST_LOG, then begins anew."""
        self._asked = False
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.unlink()
        self._process = spawn(
            [sys.executable, "-m", self._module],
            directory=CHECKOUT,
            log=self.log,
            environment=self._environment,
        )

    def ask_to_stop(self) -> None:
        """Let the process finish what it is doing. Asked a second time, a worker would drop it."""
        if self._process and self._process.poll() is None and not self._asked:
            self._process.send_signal(signal.SIGTERM)
            self._asked = True

    def stop(self) -> None:
        """Wait for what it is doing, a while."""
        self.ask_to_stop()
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_PATIENCE_SECONDS)
            end(self._process)
            self._process = None


class Watch:
    """Starts a part again when it ended by itself, more slowly each time it does not last."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._failures = 0
        self._started = time.monotonic()
        self._due: float | None = None

    def look(self) -> str | None:
        """Restart the part if it is due; returns what a person should know."""
        now = time.monotonic()
        if self._due is not None:
            return self._restart() if now >= self._due else None
        process = self.part.process
        if process is None or process.poll() is None:
            return None
        self._failures = 0 if now - self._started > _STEADY_SECONDS else self._failures
        pause = _BACKOFF[min(self._failures, len(_BACKOFF) - 1)]
        self._failures += 1
        self._due = now + pause
        if self._failures > len(_BACKOFF):
            return None  # said often enough
        ended = f"{self.part.name} ended ({_how(process.returncode)}); starting it again in {pause:g} s."
        return ended if self._failures < len(_BACKOFF) else f"{ended} So it goes on; see {self.part.log}."

    def _restart(self) -> str | None:
        self._due, self._started = None, time.monotonic()
        try:
            self.part.start()
        except StartError as error:
            self._due = time.monotonic() + _BACKOFF[-1]
            return str(error)
        return None


def _how(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"code {code}"


def require_free(host: str, port: int) -> None:
    """Raise StartError when the address cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise StartError(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"HOST: {host!r} is no address of this machine."
    if isinstance(error, PermissionError):
        return f"PORT: this account may not listen on port {port}; choose one above 1023."
    return f"PORT: {host}:{port} is taken ({error.strerror}). Stop what listens there, or set PORT to another number."
