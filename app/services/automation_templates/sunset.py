"""Contacts who have read nothing for half a year are asked once more, and then left in peace."""

from typing import Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Sunset of the inactive", "Retrait des inactifs", "Прощание с неактивными")
DESCRIPTION: Final = Text(
    "Contacts who opened no email for 180 days are tagged “sunset” and have 14 days to open one. Who does is kept; the "
    "others are tagged “do not mail”, and the owner can let them go.",
    "Les contacts qui n’ont ouvert aucun e-mail depuis 180 jours reçoivent l’étiquette « sunset » et ont 14 jours pour "
    "en ouvrir un. Sinon, étiquette « do not mail », et leur propriétaire peut les laisser partir.",
    "Кто 180 дней не открывал писем, получает метку «sunset» и ещё 14 дней. Открывший остаётся; прочие помечаются «do "
    "not mail», и ответственный может их отпустить.",
)
_TASK: Final = Text(
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} reads nothing any more: let go?",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} ne lit plus rien : laisser partir ?",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} больше ничего не читает: отпустить?",
)


def build(_catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    silent = {"events": "email_opened", "within": {"amount": 180, "unit": "days"}, "op": "eq", "value": 0}
    known_long = {"not": {"field": "created_at", "op": "in_last", "value": 180}}
    steps: Steps = {
        "silent": ("joined_segment", {"of": "condition", "condition": {"all": [silent, known_long]}}),
        "sunset": ("add_tag", {"tag": "sunset"}),
        "opens": ("wait_until_event", {"event": "email_opened", "at_most": {"amount": 14, "unit": "days"}}),
        "kept": ("remove_tag", {"tag": "sunset"}),
        "over": ("remove_tag", {"tag": "sunset"}),
        "silence": ("add_tag", {"tag": "do not mail"}),
        "decide": ("create_task", {"title": _TASK.say(language), "due": "+7days", "assign_to": "owner"}),
    }
    ways = [
        "silent > sunset",
        "sunset > opens",
        "opens.happened > kept",
        "opens.timed_out > over",
        "over > silence",
        "silence > decide",
    ]
    return document(NAME.say(language), steps, ways, re_entry=True)
