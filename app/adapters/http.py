"""Requests to the outside world, guarded: a person's URL must not reach what only this machine can reach."""

import contextlib
import ipaddress
import socket
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

import httpx

TIMEOUT_SECONDS: Final = 15.0
LARGEST_ANSWER: Final = 50 * 1024 * 1024
_USER_AGENT: Final = "Cadenza"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotReached(Exception):
    """No answer came. `permanent`: trying again would not help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Answer(NamedTuple):
    """What the other side said."""

    status: int
    body: bytes


class _Request(NamedTuple):
    """A request, and the address that was checked."""

    method: str
    url: httpx.URL
    address: str
    headers: Mapping[str, str]
    body: bytes


class _State:
    allow_private = False


def configure(*, allow_private: bool) -> None:
    """Say whether private addresses may be reached: only where the people who enter URLs are trusted with them."""
    _State.allow_private = allow_private


def request(
    method: str, url: str, headers: Mapping[str, str], body: bytes = b"", *, largest: int | None = LARGEST_ANSWER
) -> Answer:
    """Send one request, without following redirects; raises NotReached. `largest` None: the answer's body is not read.

    The address is looked up once, checked, and connected to: a name cannot change its mind in between.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotReached("Only http:// and https:// addresses can be called.", permanent=True)
    try:
        address = _checked_address(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        return _send(_Request(method, httpx.URL(url), address, headers, body), largest)
    except (ValueError, httpx.InvalidURL, httpx.LocalProtocolError) as error:
        raise NotReached("This is no address that can be called.", permanent=True) from error
    except httpx.HTTPError as error:
        raise NotReached(f"No answer: {type(error).__name__}.", permanent=False) from error


def _checked_address(host: str, port: int) -> str:
    addresses = _looked_up(host, port)
    if not _State.allow_private and not all(map(_is_public, addresses)):
        raise NotReached(f"{host} is a private address; those are not called.", permanent=True)
    return str(addresses[0])


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


def _send(asked: _Request, largest: int | None) -> Answer:
    sent = {"User-Agent": _USER_AGENT, **asked.headers, "Host": asked.url.netloc.decode("ascii")}
    with (
        httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client,
        client.stream(
            asked.method,
            asked.url.copy_with(host=asked.address),
            headers={name.encode(): value.encode() for name, value in sent.items()},
            content=asked.body,
            extensions={"sni_hostname": asked.url.host},
        ) as response,
    ):
        return Answer(response.status_code, _read(response, largest) if largest is not None else b"")


def _read(response: httpx.Response, largest: int) -> bytes:
    received = bytearray()
    for chunk in response.iter_bytes():
        received += chunk
        if len(received) > largest:
            raise NotReached(f"The answer is larger than {largest // 1024**2} MB.", permanent=True)
    return bytes(received)
