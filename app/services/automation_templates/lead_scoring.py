"""Points for each sign of interest; who has enough of them gets a rep, or has one already, who is told at once."""

from typing import Final

from app.services.automation_templates.parts import Steps, document, reps
from nodes.catalog import Catalog, Kind
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Lead scoring", "Scoring des leads", "Оценка лидов")
DESCRIPTION: Final = Text(
    "Adds 5 points for each opened campaign and clicked web push. From 20 points on, a rep is assigned and alerted; "
    "where a rep has the contact already, that one is alerted by the points that lead to 20.",
    "Ajoute 5 points par campagne ouverte et par notification web cliquée. Dès 20 points, un commercial est assigné "
    "et prévenu ; si le contact en a déjà un, celui-ci est prévenu par les points qui mènent à 20.",
    "Прибавляет 5 баллов за каждую открытую рассылку и клик по веб-пушу. С 20 баллов назначает менеджера и сообщает "
    "ему; если менеджер уже есть, ему сообщают те баллы, с которыми набралось 20.",
)
NEEDS: Final = {"SCORE": Kind.NUMBER}
_ALERT: Final = Text(
    "Hot lead: {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
    "Lead chaud : {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
    "Горячий лид: {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
)
_BODY: Final = Text(
    "{{ contact.email }} now has {{ contact.SCORE }} points.",
    "{{ contact.email }} a maintenant {{ contact.SCORE }} points.",
    "{{ contact.email }}: баллов теперь {{ contact.SCORE }}.",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document; without anybody to assign, the author has to choose.

    Who has a rep goes on scoring: below 25 it was these 5 points that led to 20. Where something else led there, an
    automation of that has to tell the rep.
    """
    campaigns = {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]}
    steps: Steps = {
        "opened": ("email_opened", {"event_filter": campaigns}),
        "clicked": ("web_push_clicked", {}),
        "points": ("update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5}),
        "hot": ("conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}),
        "assign": ("assign_owner", {"how": "round_robin", "reps": reps(catalog), "tell": False}),
        "reached": ("conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "lt", "value": 25}]}}),
        "alert": ("send_alert", {"to": "owner", "title": _ALERT.say(language), "body": _BODY.say(language)}),
    }
    ways = [
        "opened > points",
        "clicked > points",
        "points > hot",
        "hot.yes > assign",
        "assign > alert",
        "assign.kept > reached",
        "reached.yes > alert",
    ]
    return document(NAME.say(language), steps, ways, re_entry=True)
