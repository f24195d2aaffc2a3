"""The mail of the demo world: who sends it, and two templates."""

from pathlib import Path
from typing import Final, NamedTuple

from app.models import TemplateFormat
from app.services.mailing import senders, templates
from app.services.mailing.templates import Written

_FOLDER: Final = Path(__file__).with_name("mails")
_SENDER: Final = ("Nora at Northlight", "nora@example.com")


class Post(NamedTuple):
    """Ids of what the welcome is made of."""

    sender: int
    welcome: int


def write() -> Post:
    """Make the sender and the templates."""
    sender = senders.create(*_SENDER)
    welcome = _template(
        "Welcome", 'Welcome, {{ contact.FIRSTNAME | default("and hello") }}', "Your first list, in three minutes"
    )
    _template("Product news", "Pricing made simple", "One plan, everything in it")
    return Post(sender, welcome)


def _template(name: str, subject: str, preheader: str) -> int:
    source = (_FOLDER / f"{name.lower().replace(' ', '_')}.mjml").read_text()
    return templates.create(name, Written(subject, preheader, TemplateFormat.MJML.value, source))
