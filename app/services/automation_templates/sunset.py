"""Contacts who have read nothing for half a year are asked once more, and then left in peace."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Sunset of the inactive", "Retrait des inactifs", "Прощание с неактивными")
DESCRIPTION: Final = Text(
    "Contacts who opened no email for 180 days are tagged “sunset” and mailed a last time. Who opens one in 14 days is "
    "kept; the others are tagged “do not mail”, and the owner can let them go.",
    "Les contacts qui n’ont ouvert aucun e-mail depuis 180 jours reçoivent l’étiquette « sunset » et un dernier "
    "e-mail. Sans ouverture en 14 jours, étiquette « do not mail », et leur propriétaire peut les laisser partir.",
    "Кто 180 дней не открывал писем, получает метку «sunset» и последнее письмо. Открывший за 14 дней остаётся; прочие "
    "помечаются «do not mail», и ответственный может их отпустить.",
)
_MAIL: Final = Mail(
    Text("Last mail before the sunset", "Dernier e-mail avant le retrait", "Последнее письмо перед прощанием"),
    Text("Shall we stay in touch?", "Restons-nous en contact ?", "Остаёмся на связи?"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\nwe do not want to bother you. Open this mail, and you stay; do "
        "nothing, and we write no more.",
        "Bonjour {{ contact.FIRSTNAME }},\n\nnous ne voulons pas vous déranger. Ouvrez cet e-mail et vous "
        "restez ; ne faites rien, et nous n’écrirons plus.",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nНе хотим надоедать. Откройте это письмо — и вы остаётесь; не "
        "делайте ничего — и мы больше не пишем.",
    ),
)
MAILS: Final = (_MAIL,)
_TASK: Final = Text(
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} reads nothing any more: let go?",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} ne lit plus rien : laisser partir ?",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} больше ничего не читает: отпустить?",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    silent = {"events": "email_opened", "within": {"amount": 180, "unit": "days"}, "op": "eq", "value": 0}
    known_long = {"not": {"field": "created_at", "op": "in_last", "value": 180}}
    steps: Steps = {
        "silent": ("joined_segment", {"of": "condition", "condition": {"all": [silent, known_long]}}),
        "sunset": ("add_tag", {"tag": "sunset"}),
        "mail": ("send_email", sent(_MAIL, catalog, language)),
        "opens": ("wait_until_event", {"event": "email_opened", "at_most": {"amount": 14, "unit": "days"}}),
        "kept": ("remove_tag", {"tag": "sunset"}),
        "over": ("remove_tag", {"tag": "sunset"}),
        "silence": ("add_tag", {"tag": "do not mail"}),
        "decide": ("create_task", {"title": _TASK.say(language), "due": "+7days", "assign_to": "owner"}),
    }
    ways = [
        "silent > sunset",
        "sunset > mail",
        "mail > opens",
        "opens.happened > kept",
        "opens.timed_out > over",
        "over > silence",
        "silence > decide",
    ]
    return document(NAME.say(language), steps, ways, re_entry=True)
