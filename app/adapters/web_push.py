"""Web push (RFC 8030): encrypted so that only the browser reads it (RFC 8291), and signed as ours (RFC 8292)."""

import base64
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid
from pywebpush import WebPusher, WebPushException

from app.adapters import http
from app.adapters.outside import NotReached

LONGEST_MESSAGE: Final = 3800
"""So many bytes every push service takes, before encryption, which adds about a hundred."""

_GONE: Final = frozenset({404, 410})
_LARGEST_ANSWER: Final = 1000


class Keys(NamedTuple):
    """A workspace's key pair. `public`: as browsers are given it; `private`: to be kept encrypted."""

    private: str
    public: str


class Browser(NamedTuple):
    """Where a browser is reached, and its keys."""

    endpoint: str
    p256dh: str
    auth: str


class Parcel(NamedTuple):
    """What is sent. `ttl`: for how many seconds a push service keeps it for a browser that is off.

    `topic`: of two with the same one a browser that was off gets the later only; up to 32 letters, digits, _ and -.
    """

    message: bytes
    ttl: int
    topic: str


class NotPushed(Exception):
    """A push service did not take it. `gone`: the browser takes no push any more; `permanent`: trying again is vain."""

    def __init__(self, reason: str, *, permanent: bool, gone: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.gone = gone


def new_keys() -> Keys:
    """Make a key pair."""
    made = Vapid()
    made.generate_keys()
    point = made.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = made.private_key.private_numbers().private_value.to_bytes(32)
    return Keys(_encoded(secret), _encoded(point))


def send(browser: Browser, parcel: Parcel, keys: Keys, sender: str, seconds: float) -> None:
    """Hand a message to a browser's push service; raises NotPushed, after `seconds` at the latest.

    `sender`: whom the service may ask, `mailto:…`.
    """
    parts = urlsplit(browser.endpoint)
    try:
        pusher = WebPusher({"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}})
        body = pusher.encode(parcel.message)["body"]
    except (WebPushException, ValueError) as error:
        raise NotPushed("The browser's keys are none.", permanent=True, gone=True) from error
    signed = Vapid.from_raw(keys.private.encode()).sign({"aud": f"{parts.scheme}://{parts.netloc}", "sub": sender})
    headers = {
        **signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(parcel.ttl),
        "Topic": parcel.topic,
    }
    try:
        answer = http.request(
            "POST", browser.endpoint, headers, body, largest=_LARGEST_ANSWER, cut=True, seconds=seconds
        )
    except NotReached as error:
        raise NotPushed(str(error), permanent=error.permanent) from error
    if answer.status >= 300:
        reason = f"{parts.hostname} answered {answer.status}: {answer.body.decode(errors='replace')[:200]}"
        temporary = answer.status >= 500 or answer.status in {408, 425, 429}
        raise NotPushed(reason, permanent=not temporary, gone=answer.status in _GONE)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
