"""Connections to the outside world, guarded.

A person's address must not reach what only this machine can reach, and whoever is reached must not hold us for long.
"""

import contextlib
import ipaddress
import socket
import threading
from types import TracebackType
from typing import Final, Self, TypeAlias

DEADLINE_SECONDS: Final = 60.0
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotReached(Exception):
    """No answer came. `permanent`: trying again would not help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class _State:
    allow_private = False


def configure(*, allow_private: bool) -> None:
    """Say whether private addresses may be reached: only where the people who enter them are trusted with that."""
    _State.allow_private = allow_private


def private_is_allowed() -> bool:
    """Tell what `configure` said."""
    return _State.allow_private


def checked_address(host: str, port: int) -> str:
    """Look a name up and return the address to connect to; raises NotReached for one that is not to be reached.

    Connect to what this returns: a name cannot change its mind in between.
    """
    addresses = _looked_up(host, port)
    if not _State.allow_private and not all(map(_is_public, addresses)):
        reason = f"{host} is a private address. It is not reached unless CADENZA_ALLOW_PRIVATE_HOSTS is 1."
        raise NotReached(reason, permanent=True)
    return str(addresses[0])


class Deadline:
    """Ends a connection when its time is up, and raises NotReached then.

    A socket's own time limit is no help against somebody who sends a byte now and then: it begins anew with each.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._passed = False
        self._watched: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._watched:
            self._watched.close()
        if self._passed:
            raise NotReached(f"No whole answer came within {self._seconds:g} s.", permanent=False) from error

    def watch(self, connection: socket.socket) -> None:
        """Make this the connection to be ended."""
        self._watched = connection.dup()  # TLS takes the socket itself over
        if self._passed:
            self._pass()

    def _pass(self) -> None:
        self._passed = True
        if self._watched:
            with contextlib.suppress(OSError):  # it is closed already
                self._watched.shutdown(socket.SHUT_RDWR)


def _is_public(address: Address) -> bool:
    """Tell whether an address, and any older one that is written inside it, belongs to the whole internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(inside)
    return address.is_global and not address.is_multicast


def _looked_up(host: str, port: int) -> list[Address]:
    with contextlib.suppress(ValueError):
        return [ipaddress.ip_address(host)]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotReached(f"{host} is not known.", permanent=False) from error
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
