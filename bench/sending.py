"""Sending requests as fast as they are answered, over connections that stay, with as little work as possible.

Sender and instance share the machine: what the sender computes, the instance cannot. So requests are made beforehand,
and of an answer only its first line and length are read.
"""

import re
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Final, Self
from urllib.parse import urlsplit

_ACCEPTED: Final = (200, 202, 204)
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_CHUNK: Final = 65_536
_HOSTS: Final = 250  # in a network


class Connection:
    """One connection that stays open: a request at a time. Each `sender` has its own network address."""

    def __init__(self, url: str, sender: int = 1) -> None:
        address = urlsplit(url)
        net, host = divmod(sender, _HOSTS)
        self._socket = socket.create_connection(
            (address.hostname or "", address.port or 80), timeout=120, source_address=(f"127.0.{net}.{host + 1}", 0)
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, request: bytes) -> None:
        """Send a request and read its answer to the end. Raises RuntimeError unless it was accepted."""
        self._socket.sendall(request)
        head, _, body = self._read_until(b"\r\n\r\n").partition(b"\r\n\r\n")
        found = _LENGTH.search(head + b"\r\n")
        missing = int(found[1]) - len(body) if found else 0
        while missing > 0:
            more = self._read()
            body, missing = body + more, missing - len(more)
        if int(head.split(b" ", 2)[1]) not in _ACCEPTED:
            raise RuntimeError(f"{head.splitlines()[0]!r}: {body[:500]!r}")

    def _read_until(self, end: bytes) -> bytes:
        data = b""
        while end not in data:
            data += self._read()
        return data

    def _read(self) -> bytes:
        if data := self._socket.recv(_CHUNK):
            return data
        raise ConnectionError("The other side hung up.")


def make_request(path: str, key: str, body: bytes, **headers: str) -> bytes:
    """Return a whole POST request with a JSON body, signed with a program's key, if there is one."""
    signed = {"Authorization": f"Bearer {key}", "api-key": key} if key else {}
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        *(f"{name}: {value}" for name, value in (signed | headers).items()),
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def send_all(url: str, requests: Sequence[bytes], senders: int, first: int = 1) -> None:
    """Send everything over so many connections, each the next request as soon as its last was answered.

    The senders are numbered from `first`: what one may send in a minute is limited.
    """
    waiting: SimpleQueue[bytes] = SimpleQueue()
    for request in requests:
        waiting.put(request)
    with ThreadPoolExecutor(senders) as pool:
        for sender in [pool.submit(_send_some, url, number, waiting) for number in range(first, first + senders)]:
            sender.result()


def _send_some(url: str, sender: int, waiting: "SimpleQueue[bytes]") -> None:
    with Connection(url, sender) as connection:
        while True:
            try:
                request = waiting.get_nowait()
            except Empty:
                return
            connection.send(request)
