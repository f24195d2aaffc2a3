"""Reading mail that came back: not delivered (RFC 3464), not wanted (RFC 5965), or answered."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from enum import StrEnum
from typing import Final, NamedTuple

# What makes our Message-IDs and the addresses that mail comes back to: see `composing.message_id`.
_REFERENCE: Final = re.compile(rb"([0-9]{1,18}\.[0-9a-f]{32})@")
_LONGEST_SAID: Final = 500
_MOST_REFERENCES: Final = 20
# As with the answers of servers: any other refusal may be about us, or over tomorrow.
_NO_SUCH_ADDRESS: Final = re.compile(r"5\.1\.(?:1|2|3|6|10)$|5\.2\.1$")
_UNSAID: Final = frozenset({"5.0.0", "5.0"})
_REFUSED_PLAINLY: Final = re.compile(r"\b55[013][ -](?!#?[0-9]\.[0-9])")
_COMPLAINTS: Final = frozenset({"abuse", "fraud"})
# Out of office, on holiday, a list: no person wrote it (RFC 3834, and what was used before it).
_BY_MACHINE: Final = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "List-Id")
_IN_BULK: Final = frozenset({"bulk", "junk", "list", "auto_reply"})


class ReturnKind(StrEnum):
    """Why a message came back: `hard` will always, `soft` may be delivered another time; `reply`: a person answers."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    REPLY = "reply"


class Returned(NamedTuple):
    """What a report says: why, in whose words, and the references it may be about (the right one is signed)."""

    kind: ReturnKind
    said: str
    references: tuple[str, ...]


def read(raw: bytes) -> Returned | None:
    """Read a message as it came; None if it neither reports mail as not delivered or not wanted nor answers it."""
    report = message_from_bytes(raw, policy=policy.compat32)
    found = next((each for part in report.walk() if (each := _reported(part))), None) or _answered(report)
    if found is None:
        return None
    kind, said = found
    where = _answers_to(report) if kind == ReturnKind.REPLY else raw
    references = dict.fromkeys(each.decode() for each in _REFERENCE.findall(where))
    return Returned(kind, _storable(said)[:_LONGEST_SAID], tuple(references)[:_MOST_REFERENCES])


def _storable(said: str) -> str:
    """Write in one line what may hold anything: half a character cannot be stored, nor can a zero."""
    return " ".join(said.replace("\0", " ").encode(errors="replace").decode().split())


def _reported(part: Message) -> tuple[ReturnKind, str] | None:
    match part.get_content_type():
        case "message/delivery-status":
            return next((each for block in _blocks(part) if (each := _undelivered(block))), None)
        case "message/feedback-report":
            return next((each for block in _blocks(part) if (each := _unwanted(block))), None)
    return None


def _blocks(part: Message) -> Iterator[Message]:
    """Return the groups of headers that a report is made of."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (each for each in payload if isinstance(each, Message))


def _undelivered(recipient: Message) -> tuple[ReturnKind, str] | None:
    """Read what became of one recipient. A delay is no end: another report will come."""
    if _plain(recipient, "Action").lower() != "failed":
        return None
    status = _plain(recipient, "Status").partition(" ")[0]
    diagnostic = _plain(recipient, "Diagnostic-Code").partition(";")[2].strip()
    plainly = status in _UNSAID and _REFUSED_PLAINLY.search(f"{diagnostic} ")
    kind = ReturnKind.HARD if _NO_SUCH_ADDRESS.match(status) or plainly else ReturnKind.SOFT
    return kind, diagnostic or status


def _unwanted(report: Message) -> tuple[ReturnKind, str] | None:
    feedback = _plain(report, "Feedback-Type").lower()
    return (ReturnKind.COMPLAINT, f"{feedback}: {_plain(report, 'User-Agent')}") if feedback in _COMPLAINTS else None


def _answered(message: Message) -> tuple[ReturnKind, str] | None:
    """Tell an answer that a person wrote from what machines send by themselves."""
    by_itself = _plain(message, "Auto-Submitted").lower() not in {"", "no"} or any(
        name in message for name in _BY_MACHINE
    )
    in_bulk = _plain(message, "Precedence").lower() in _IN_BULK
    # Receipts tell of a message (RFC 6522), and whoever is not to be answered (RFC 5321) has no one to answer.
    tells = message.get_content_type() == "multipart/report" or _plain(message, "Return-Path") == "<>"
    if by_itself or in_bulk or tells or not _REFERENCE.search(_answers_to(message)):
        return None
    return ReturnKind.REPLY, _subject(message)


def _answers_to(message: Message) -> bytes:
    """Return what names the messages that one answers, the one that is answered first."""
    return f"{_plain(message, 'In-Reply-To')} {_plain(message, 'References')}".encode(errors="replace")


def _subject(message: Message) -> str:
    try:
        return str(make_header(decode_header(_plain(message, "Subject"))))
    except (ValueError, LookupError, HeaderParseError):  # in letters that do not exist: as it came
        return _plain(message, "Subject")


def _plain(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip()
