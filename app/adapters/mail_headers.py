"""How the headers of a mail are written."""

from collections.abc import Sequence
from email import policy
from email.headerregistry import HeaderRegistry
from email.utils import formataddr
from functools import cache
from typing import Final


class _HeaderClasses(HeaderRegistry):
    """The library makes a class anew for each header of each mail, which takes longer than writing the header."""

    @cache  # noqa: B019 - there is one, for good
    def __getitem__(self, name: str) -> type:
        return super().__getitem__(name)


# A long address in a header would be taken apart, and mail programs do not put it together again.
UNFOLDED: Final = policy.SMTP.clone(max_line_length=900, header_factory=_HeaderClasses())


def in_ascii(address: str) -> str:
    """Write an international domain as every mail server understands it."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def listed(people: Sequence[tuple[str, str]]) -> str:
    """Write names and addresses beside each other."""
    return ", ".join(formataddr((name, in_ascii(address))) for name, address in people)
