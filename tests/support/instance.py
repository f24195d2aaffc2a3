"""A whole instance of Cadenza in processes of its own, as `make run` starts it."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil

from app.runtime.processes import leftovers
from app.settings import CHECKOUT

START_SECONDS = 150
STOP_SECONDS = 60


class Instance:
    """`python -m app.runtime` on a data folder; start it, stop it, kill it."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "supervisor.log"
        self.environment = _without_settings() | {
            "CADENZA_DATA": str(data),
            "CADENZA_DEMO": "0",
            "PORT": str(self.port),
            "WORKERS": "1",
            "WEB_PROCESSES": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and return when it is ready."""
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Start it."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.runtime"],
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait for /readyz; fails with what was printed."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise AssertionError(f"The instance did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def is_ready(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        return False

    def is_alive(self) -> bool:
        """Tell whether the supervisor lives."""
        return self.process is not None and self.process.poll() is None

    def children(self) -> list[psutil.Process]:
        """Every process below the supervisor."""
        return psutil.Process(self.process.pid).children(recursive=True) if self.process else []

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; returns the exit code."""
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def command(self, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run `flask --app wsgi …` beside it, with nothing but the data folder known."""
        return self.module("flask", "--app", "wsgi", *arguments, text=text)

    def module(self, *arguments: str, text: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m …` beside it, with nothing but the data folder known, and these variables."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            check=False,
            capture_output=True,
            text=True,
            input=text,
            cwd=CHECKOUT,
            env=_without_settings() | {"CADENZA_DATA": str(self.data), **environment},
        )


@contextlib.contextmanager
def instance(**environment: str) -> Iterator[Instance]:
    """An instance, not yet started, that leaves no process and no file behind."""
    data = Path(tempfile.mkdtemp(prefix="cadenza-test-"))
    data.chmod(0o711)
    made = Instance(data, **environment)
    try:
        yield made
    finally:
        if made.process and made.process.poll() is None:
            made.stop()
        _wait_for(leftovers(data))
        shutil.rmtree(data)


def free_port() -> int:
    """A port nobody listens on now, below those that outgoing connections are given."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("No free port was found.")


def _wait_for(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=STOP_SECONDS)
    for process in alive:
        process.kill()


def _without_settings() -> dict[str, str]:
    """The caller's environment without anything that would point the instance elsewhere."""
    ours = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HOST", "PORT", "WORKERS", "PUBLIC_URL", "CADENZA_DATA"}
    return {name: value for name, value in os.environ.items() if name not in ours}
