"""Telling people from machines that open and follow what is in mail: scanners, proxies, previews.

Pure, and wary of both mistakes: whoever is no person starts nothing and scores nothing, and is shown all the same.
"""

import re
from typing import Final, NamedTuple

from app.models import HitKind

TRAP: Final = "trap"
# What follows everything within moments of its arrival reads nothing.
_HASTE_SECONDS: Final = 2.0
_BURST_SECONDS: Final = 2.0
_SCANNERS = re.compile(
    r"bot\b|crawl|spider|scan|preview|barracuda|mimecast|proofpoint|safelinks|trendmicro|symantec|fireeye|cloudmark|"
    r"curl/|wget/|python-|go-http-client|java/|okhttp|headless|phantomjs|libwww|httpclient|axios/|node-fetch",
    re.IGNORECASE,
)
# Mail Privacy Protection of Apple loads every picture beforehand, and says no more than this of itself.
_PRIVACY_PROXIES: Final = frozenset({"Mozilla/5.0", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"})


class Before(NamedTuple):
    """An earlier hit of the same message: what it was, which link it followed, how many seconds ago."""

    kind: str
    link: str | None
    seconds: float
    machine: str | None


class Hit(NamedTuple):
    """A hit to be judged: who says to come, whether only the head was asked for, seconds since the mail left."""

    kind: HitKind
    agent: str
    head_only: bool
    seconds: float
    link: str | None = None
    before: tuple[Before, ...] = ()


def judge(hit: Hit) -> str | None:
    """Return what gives a machine away, by a stable code; None: take it for a person.

    To unsubscribe is an act, whoever carries it out.
    """
    if hit.kind == HitKind.UNSUBSCRIBED:
        return None
    if any(each.machine == TRAP for each in hit.before):
        return TRAP
    if hit.head_only or not hit.agent or _SCANNERS.search(hit.agent):
        return "scanner"
    if hit.kind == HitKind.OPENED and hit.agent in _PRIVACY_PROXIES:
        return "privacy_proxy"
    if hit.seconds < _HASTE_SECONDS:
        return "haste"
    others = {each.link for each in hit.before if each.kind == HitKind.CLICKED and each.seconds < _BURST_SECONDS}
    return "burst" if hit.kind == HitKind.CLICKED and others - {hit.link} else None
