"""New leads are given a month to warm up; only then does anybody call them."""

from typing import Final

from app.services.automation_templates.parts import Steps, document, reps
from nodes.catalog import Catalog, Kind
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Nurturing", "Maturation des leads", "Прогрев лидов")
DESCRIPTION: Final = Text(
    "Whoever sends in a form gets 30 days to reach 20 points: warm leads go to the least busy rep, who is alerted; the "
    "others are tagged “cold”.",
    "Qui envoie un formulaire a 30 jours pour atteindre 20 points : les leads mûrs vont au commercial le moins chargé, "
    "qui est prévenu ; les autres reçoivent l’étiquette « cold ».",
    "У отправившего форму есть 30 дней, чтобы набрать 20 баллов: тёплые лиды получает наименее занятый менеджер, "
    "остальные помечаются «cold».",
)
NEEDS: Final = {"SCORE": Kind.NUMBER}
_ALERT: Final = Text(
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} is ready for a talk",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} est prêt pour un échange",
    "Пора поговорить: {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document; without anybody to assign, the author has to choose."""
    warm = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}
    steps: Steps = {
        "asked": ("form_submitted", {}),
        "begin": ("add_tag", {"tag": "nurturing"}),
        "ripen": ("wait_until_condition", {"condition": warm, "at_most": {"amount": 30, "unit": "days"}}),
        "warm": ("remove_tag", {"tag": "nurturing"}),
        "assign": ("assign_owner", {"how": "least_loaded", "reps": reps(catalog), "tell": False}),
        "alert": ("send_alert", {"to": "owner", "title": _ALERT.say(language)}),
        "over": ("remove_tag", {"tag": "nurturing"}),
        "cold": ("add_tag", {"tag": "cold"}),
    }
    ways = [
        "asked > begin",
        "begin > ripen",
        "ripen.met > warm",
        "warm > assign",
        "assign > alert",
        "ripen.timed_out > over",
        "over > cold",
    ]
    return document(NAME.say(language), steps, ways)
