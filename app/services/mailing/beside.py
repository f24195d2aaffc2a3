"""What a program says of a mail besides its words: who else gets it or is shown in it, headers, files."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.adapters.mail import File
from app.models import Outbox
from app.services.mailing import files

Person = tuple[str, str]
"""A name, which may be empty, and an address."""


class Beside(NamedTuple):
    """As `Mail` has it."""

    shown_to: Sequence[Person]
    cc: Sequence[Person]
    bcc: Sequence[str]
    headers: Mapping[str, str]
    files: Sequence[File]


def beside(delivery: Outbox, suppressed: Collection[str], kept: Mapping[int, File]) -> Beside:
    """Return what goes along with a mail; addresses that take no mail get no copy either. `kept`: files by number."""
    said = delivery.payload.get("beside", {})
    return Beside(
        [(name, address) for name, address in said.get("shown_to", ())],
        [(name, address) for name, address in said.get("cc", ()) if address not in suppressed],
        [address for address in said.get("bcc", ()) if address not in suppressed],
        said.get("headers", {}),
        [kept[number] for number in files.numbers(delivery)],
    )


def copies_of(delivery: Outbox) -> Iterator[str]:
    """Give the addresses that get a copy."""
    said = delivery.payload.get("beside", {})
    yield from (address for _, address in said.get("cc", ()))
    yield from said.get("bcc", ())
