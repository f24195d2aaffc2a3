"""Requests to the outside world."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import httpx

from app.adapters.outside import DEADLINE_SECONDS, Deadline, NotReached, checked_address

TIMEOUT_SECONDS: Final = 15.0
LARGEST_ANSWER: Final = 50 * 1024 * 1024
_USER_AGENT: Final = "Cadenza"


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


def basic(user: str, password: str) -> str:
    """Return the value of an Authorization header (RFC 7617)."""
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes = b"",
    *,
    largest: int | None = LARGEST_ANSWER,
    cut: bool = False,
    seconds: float = DEADLINE_SECONDS,
) -> Answer:
    """Send one request, without following redirects; raises NotReached, after `seconds` at the latest.

    `largest` None: the answer's body is not read. `cut`: of a larger one the beginning is read, else it is refused.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotReached("Only http:// and https:// addresses can be called.", permanent=True)
    try:
        address = checked_address(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        with Deadline(seconds) as deadline:
            return _send(_Request(method, httpx.URL(url), address, headers, body), largest, deadline, cut=cut)
    except (ValueError, httpx.InvalidURL, httpx.LocalProtocolError) as error:
        raise NotReached("This is no address that can be called.", permanent=True) from error
    except httpx.HTTPError as error:
        raise NotReached(f"No answer: {type(error).__name__}.", permanent=False) from error


def _send(asked: _Request, largest: int | None, deadline: Deadline, *, cut: bool) -> Answer:
    def connected(event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            deadline.watch(info["return_value"].get_extra_info("socket"))

    sent = {"User-Agent": _USER_AGENT, **asked.headers, "Host": asked.url.netloc.decode("ascii")}
    with (
        httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client,
        client.stream(
            asked.method,
            asked.url.copy_with(host=asked.address),
            headers={name.encode(): value.encode() for name, value in sent.items()},
            content=asked.body,
            extensions={"sni_hostname": asked.url.host, "trace": connected},
        ) as response,
    ):
        return Answer(response.status_code, _read(response, largest, cut=cut) if largest is not None else b"")


def _read(response: httpx.Response, largest: int, *, cut: bool) -> bytes:
    received = bytearray()
    for chunk in response.iter_bytes():
        received += chunk
        if len(received) > largest and cut:
            return bytes(received[:largest])
        if len(received) > largest:
            raise NotReached(f"The answer is larger than {largest // 1024**2} MB.", permanent=True)
    return bytes(received)
