"""Who came to the site by a mailing is welcomed after the visit, with what was looked at most."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Welcome after a visit", "Bienvenue après une visite", "Приветствие после визита")
DESCRIPTION: Final = Text(
    "Whoever comes to the site by a link of our mail is written to once the visit is over, about what interested them.",
    "Qui vient sur le site par un lien de nos e-mails reçoit, la visite finie, un message sur ce qui l’a intéressé.",
    "Кто пришёл на сайт по ссылке из письма, после визита получает письмо о том, что его заинтересовало.",
)
_MAIL: Final = Mail(
    Text("Welcome after a visit", "Bienvenue après une visite", "Приветствие после визита"),
    Text("Thank you for your visit", "Merci de votre visite", "Спасибо, что зашли"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\nthank you for looking around. More about "
        "{{ contact.interest | default('what we do') }} is here.",
        "Bonjour {{ contact.FIRSTNAME }},\n\nmerci de votre visite. En savoir plus : "
        "{{ contact.interest | default('ce que nous faisons') }}.",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nСпасибо, что зашли. Подробнее: "
        "{{ contact.interest | default('чем мы занимаемся') }}.",
    ),
)
MAILS: Final = (_MAIL,)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    steps: Steps = {
        "ended": ("visit_ended", {"by": "mailing"}),
        "welcome": ("send_email", sent(_MAIL, catalog, language)),
    }
    return document(NAME.say(language), steps, ["ended > welcome"], re_entry=True)
