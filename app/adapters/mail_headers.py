"""How the headers of a mail are written."""

from email import policy
from email.headerregistry import HeaderRegistry
from functools import cache
from typing import Final


class _HeaderClasses(HeaderRegistry):
    """The library makes a class anew for each header of each mail, which takes longer than writing the header."""

    @cache  # noqa: B019 - there is one, for good
    def __getitem__(self, name: str) -> type:
        return super().__getitem__(name)


# A long address in a header would be taken apart, and mail programs do not put it together again.
UNFOLDED: Final = policy.SMTP.clone(max_line_length=900, header_factory=_HeaderClasses())
