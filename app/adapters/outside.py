"""Connections to the outside world, guarded.

A person's address must not reach what only this machine can reach, and whoever is reached must not hold us for long.
"""

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
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
        self._lock = threading.Lock()
        self._over = False
        self._passed = False
        self._watched: socket.socket | None = None

    def __enter__(self) -> Self:
        _watch.add(time.monotonic() + self._seconds, self.end)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._over = True
            self._let_go()
        if self._passed:
            raise NotReached(f"No whole answer came within {self._seconds:g} s.", permanent=False) from error

    def watch(self, connection: socket.socket) -> None:
        """Make this the connection to be ended."""
        with self._lock:
            self._let_go()
            self._watched = connection.dup()  # TLS takes the socket itself over
            if self._passed:
                self._shut()

    def end(self) -> None:
        """End the connection, and whichever is still made, unless all is over."""
        with self._lock:
            self._passed = not self._over
            if self._passed:
                self._shut()

    def _shut(self) -> None:
        if self._watched:
            with contextlib.suppress(OSError):  # it is closed already
                self._watched.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._watched:
            self._watched.close()
            self._watched = None


class _Watch:
    """Calls back when a time has come. One thread for all of them: one for each would cost more than sending a mail."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._began = False

    def add(self, at: float, call: Callable[[], None]) -> None:
        """Call back at that moment of the monotonic clock."""
        with self._changed:
            heappush(self._waiting, (at, next(self._numbers), call))
            if not self._began:
                threading.Thread(target=self._go_on, name="deadlines", daemon=True).start()
                self._began = True
            elif self._waiting[0][0] == at:
                self._changed.notify()

    def _go_on(self) -> None:
        while True:
            self._next()()

    def _next(self) -> Callable[[], None]:
        with self._changed:
            while not self._waiting or self._waiting[0][0] > time.monotonic():
                self._changed.wait(self._waiting[0][0] - time.monotonic() if self._waiting else None)
            return heappop(self._waiting)[2]


_watch = _Watch()


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
