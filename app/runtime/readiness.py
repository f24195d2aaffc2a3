"""Waiting until a started instance answers."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from app.runtime.errors import StartError, tail
from app.runtime.parts import Program
from app.settings import Settings

READY_SECONDS = 90
_PAUSE = 0.1


def wait_until_ready(settings: Settings, programs: Sequence[Program]) -> None:
    """Return once /readyz says so; raises StartError with the log of a program that ended instead."""
    deadline = time.monotonic() + READY_SECONDS
    while not _is_ready(settings):
        for program in programs:
            if program.process is not None and program.process.poll() is not None:
                raise StartError(f"{program.name} ended while starting.\n{tail(program.log)}")
        if time.monotonic() > deadline:
            raise StartError(f"Nothing answered in {READY_SECONDS} s; see the logs in {settings.data / 'logs'}.")
        time.sleep(_PAUSE)


def local_url(settings: Settings) -> str:
    """The address this machine itself reaches the web processes at, whatever they are called outside."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _is_ready(settings: Settings) -> bool:
    """Tell whether all parts are there. What waits since the last time (degraded) is no reason not to start."""
    try:
        return _status(f"{local_url(settings)}/readyz") in {"ready", "degraded"}
    except (OSError, ValueError, KeyError):
        return False


def _status(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - ours
            return str(json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        return str(json.load(error)["status"])
