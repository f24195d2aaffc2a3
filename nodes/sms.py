"""How long a text message is: networks cut it into parts, and each is paid for (3GPP TS 23.038, 23.040)."""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from nodes.websites import allows

LONGEST: Final = 1600
"""So many letters providers take, ten parts; what is longer is cut."""

LONGEST_MARK: Final = 48
"""So many letters the address of a watched website grows by, at the most, among ten million contacts."""

GSM_7: Final = "GSM-7"
UCS_2: Final = "UCS-2"

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_ENDS_SENTENCE: Final = ".,;:!?)]}'»"
# So many units fit into one message; into each of several, which also say how they belong together, fewer.
_ROOM: Final = {GSM_7: (160, 153), UCS_2: (70, 67)}


class Length(NamedTuple):
    """How a text is written for the network, in how many units, and in how many parts."""

    encoding: str
    units: int
    parts: int


def length(text: str) -> Length:
    """Measure a text. One letter beyond the small alphabet makes all of it take twice the room."""
    encoding = GSM_7 if _BASIC.union(_EXTENDED).issuperset(text) else UCS_2
    sizes = [_size(each, encoding) for each in text]
    single, several = _ROOM[encoding]
    if sum(sizes) <= single:
        return Length(encoding, sum(sizes), 1)
    parts, left = 1, several
    for size in sizes:  # none is cut in two
        if size > left:
            parts, left = parts + 1, several
        left -= size
    return Length(encoding, sum(sizes), parts)


def marked(text: str, mark: Callable[[str], str]) -> str:
    """Return a text with each address as `mark` gives it back, as far as there is room for it.

    One that was cut would lead nowhere.
    """
    room = LONGEST - len(text)

    def replace(found: re.Match[str]) -> str:
        nonlocal room
        address = found[0].rstrip(_ENDS_SENTENCE)
        longer = mark(address)
        if len(longer) - len(address) > room:
            return found[0]
        room -= len(longer) - len(address)
        return longer + found[0][len(address) :]

    return _ADDRESS.sub(replace, text)


def as_sent(text: str, domains: Sequence[str]) -> str:
    """Return a text as long as it leaves: pages of these domains say who comes by their address."""
    return marked(text, lambda address: address + "x" * LONGEST_MARK if allows(domains, address) else address)


def _size(letter: str, encoding: str) -> int:
    if encoding == GSM_7:
        return 2 if letter in _EXTENDED else 1
    return len(letter.encode("utf-16-be", "surrogatepass")) // 2
