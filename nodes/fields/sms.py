"""Fields of text messages."""

import re

from nodes.fields.base import Stored, Unfit
from nodes.fields.plain import Line
from nodes.fields.templates import TemplateText
from nodes.texts import Text

_SENDER = re.compile(r"\+?[0-9]{3,15}|[A-Za-z0-9 ]{1,11}|MG[0-9a-f]{32}", re.ASCII)


class SmsText(TemplateText):
    """A text message, filled in for each contact; its length is shown while one types."""

    widget = "sms_text"


class SmsSender(Line):
    """In whose name a text message comes: a number, a name of up to 11 letters and digits, or a service of Twilio."""

    expects = Text(
        "a number, or up to 11 letters and digits",
        "un numéro, ou jusqu’à 11 lettres et chiffres",
        "номер или до 11 латинских букв и цифр",
    )

    def convert(self, value: Stored) -> str:
        sender = super().convert(value)
        if not _SENDER.fullmatch(sender):
            raise Unfit(self.expects)
        return sender
