"""Tests reach this machine only."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideWorld(RuntimeError):
    """A test tried to reach another host."""


def confine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets of this process connect to loopback addresses and unix sockets, and nowhere else."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            _check(address[0])
        connect(self, address)

    def guarded_resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        _check(host)
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)


def _check(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", socket.gethostname()}:
        return
    try:
        local = ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        local = False
    if not local:
        raise OutsideWorld(f"A test tried to reach {name}.")
