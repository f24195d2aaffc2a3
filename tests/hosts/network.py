"""Hosts on one machine: network namespaces joined by virtual cables that can be cut. Takes root and iproute2."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

HOSTS: Final = ("main", "left", "right")
_CLONE_NEWNET: Final = 0x40000000
_NETWORK: Final = "10.213.77"
_libc = ctypes.CDLL(None, use_errno=True)


def why_not() -> str | None:
    """Return why hosts cannot be made here; None if they can."""
    if os.geteuid() != 0:
        return "Making network namespaces takes root."
    if shutil.which("ip") is None:
        return "The program ip is missing; install iproute2."
    made = subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True)
    return None if made.returncode == 0 else "This system does not let us make network namespaces."


def address(host: str) -> str:
    """Return the host's address; the servers listen at that of `main`."""
    return f"{_NETWORK}.{HOSTS.index(host) + 1}"


def space(host: str) -> str:
    """Return the name of the host's namespace; several runs do not meet."""
    return f"cadenza-{os.getpid()}-{host}"


@contextmanager
def hosts() -> Iterator[None]:
    """Three hosts: `main`, and two that reach it by a cable each; gone afterwards."""
    try:
        for host in HOSTS:
            _ip("netns", "add", space(host))
            _ip("-n", space(host), "link", "set", "lo", "up")
        _ip("-n", space("main"), "link", "add", "bridge", "type", "bridge")
        _ip("-n", space("main"), "addr", "add", f"{address('main')}/24", "dev", "bridge")
        _ip("-n", space("main"), "link", "set", "bridge", "up")
        for host in HOSTS[1:]:
            ends = ("type", "veth", "peer", "name", "cable", "netns", space(host))
            _ip("-n", space("main"), "link", "add", host, *ends)
            _ip("-n", space("main"), "link", "set", host, "master", "bridge", "up")
            _ip("-n", space(host), "addr", "add", f"{address(host)}/24", "dev", "cable")
            _ip("-n", space(host), "link", "set", "cable", "up")
        yield
    finally:
        for host in HOSTS:
            subprocess.run(["ip", "netns", "del", space(host)], check=False, capture_output=True)


def cut(host: str) -> None:
    """Nothing passes between the host and the others any more; neither side is told."""
    _ip("-n", space("main"), "link", "set", host, "nomaster")


def heal(host: str) -> None:
    """The cable is whole again."""
    _ip("-n", space("main"), "link", "set", host, "master", "bridge")


@contextmanager
def standing_on(host: str) -> Iterator[None]:
    """Let this thread, and every process and thread it starts, be on the host."""
    with Path("/proc/thread-self/ns/net").open() as home, Path("/run/netns", space(host)).open() as there:
        _enter(there.fileno())
        try:
            yield
        finally:
            _enter(home.fileno())


def _enter(namespace: int) -> None:
    if _libc.setns(namespace, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns failed")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
