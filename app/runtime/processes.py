"""Children that never outlive their supervisor, and the ending of those that an earlier one left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

# Marks our Python processes: its value is the data folder they work for.
MARK = "CADENZA_SUPERVISED"
SERVERS = {"postgres", "redis-server", "valkey-server"}

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class Account(NamedTuple):
    """The operating-system account a child runs as."""

    uid: int
    gid: int


def spawn(
    command: Sequence[str | Path],
    *,
    directory: Path,
    log: Path | None = None,
    output: int | None = None,
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own; the kernel sends it `death_signal` when this process is gone.

    What it prints goes to the end of `log`. Without one its errors stay on this terminal, and its output
    too, unless `output` is subprocess.PIPE.
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(log.open("ab")) if log else None
        return subprocess.Popen(
            [os.fspath(part) for part in command],
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file or output,
            stderr=subprocess.STDOUT if file else None,
            start_new_session=True,
            preexec_fn=_die_with_parent(death_signal),  # noqa: PLW1509 - no thread runs when children start
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


def run(
    command: Sequence[str | Path], *, directory: Path, environment: Mapping[str, str], account: Account | None
) -> subprocess.CompletedProcess[str]:
    """Run a short command to its end, keeping what it prints."""
    return subprocess.run(
        [os.fspath(part) for part in command],
        check=False,
        capture_output=True,
        text=True,
        cwd=directory,
        env=environment,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    if _libc is None:
        return None
    parent, prctl = os.getpid(), _libc.prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os._exit(1)

    return ask


def end(process: subprocess.Popen[bytes], *signals: tuple[signal.Signals, float]) -> None:
    """Send each signal and wait its seconds until the process is gone; SIGKILL comes last."""
    for number, patience in signals:
        if process.poll() is None:
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
    if process.poll() is None:
        process.kill()
        process.wait()


def leftovers(directory: Path) -> list[psutil.Process]:
    """Live processes that an earlier supervisor left for this data folder or server directory.

    Python processes carry MARK; servers overwrite the memory that holds their environment, but work in
    their directory.
    """
    own = {os.getpid(), os.getppid()}
    return [process for process in psutil.process_iter() if process.pid not in own and _serves(process, directory)]


def _serves(process: psutil.Process, directory: Path) -> bool:
    try:
        if process.environ().get(MARK) == str(directory):
            return True
        return process.name() in SERVERS and process.cwd() == str(directory)
    except (psutil.Error, OSError):
        return False


def end_leftovers(processes: Sequence[psutil.Process], *, patience: float = 20) -> None:
    """End them, each first asked kindly; returns when all are gone."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
    for process in _wait(processes, patience):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    _wait(processes, patience)


def _wait(processes: Sequence[psutil.Process], patience: float) -> list[psutil.Process]:
    """Wait until they are gone; returns those that stay. Nobody may reap them, so a zombie counts as gone."""
    deadline = time.monotonic() + patience
    while (alive := [each for each in processes if _lives(each)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return alive


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
