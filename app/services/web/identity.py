"""Who came by a link: what its address carries, in order of precedence."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from app.adapters import mail_links
from app.adapters.mail_links import LinkKind, MailLink
from app.errors import Invalid
from app.services import values
from app.services.contacts import Identifier

OWN: Final = "cdz"
PLATFORM: Final = "braze_id"
EXTERNAL: Final = "br_user_id"
PARAMETERS: Final = (OWN, PLATFORM, EXTERNAL)
_LONGEST_ID: Final = 18


def came_by(link: Mapping[str, str]) -> Identifier | None:
    """Return whom a page's address names; None for nobody.

    Our own signed parameter goes before all. Of the others, where both are there only `braze_id` counts: the contact's
    number here. `br_user_id` is its external id. An empty one names nobody, and neither does one that cannot be read.
    """
    if contact := _signed(link.get(OWN, "")):
        return Identifier("id", contact)
    if platform := link.get(PLATFORM, "").strip():
        number = int(platform) if platform.isascii() and platform.isdigit() and len(platform) <= _LONGEST_ID else 0
        return Identifier("id", number) if number else None
    try:
        external = link.get(EXTERNAL, "").strip()
        return Identifier("ext_id", values.ext_id(external)) if external else None
    except Invalid:
        return None


def is_proven(link: Mapping[str, str]) -> bool:
    """Tell whether `came_by` goes by what we signed ourselves; anybody can write the other parameters."""
    return _signed(link.get(OWN, "")) is not None


def signed(address: str, contact: int) -> str:
    """Return an address that says who comes by it, and is otherwise letter for letter what it was."""
    parts = urlsplit(address)
    kept = [each for each in parts.query.split("&") if each and not each.startswith(f"{OWN}=")]
    mark = f"{OWN}={mail_links.token(MailLink(LinkKind.VISIT, contact))}"
    return urlunsplit(parts._replace(query="&".join([*kept, mark])))


def _signed(token: str) -> int | None:
    link = mail_links.read(LinkKind.VISIT, token) if token else None
    return link.message if link else None
