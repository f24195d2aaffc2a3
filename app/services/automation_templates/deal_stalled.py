"""A deal that does not move for two weeks is brought up."""

from typing import Any, Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Stalled deal", "Affaire à l’arrêt", "Застрявшая сделка")
DESCRIPTION: Final = Text(
    "When a contact’s open deal still stands at the first stage after 14 days, the contact’s owner is alerted and "
    "gets a task to bring it on or close it.",
    "Quand une affaire ouverte d’un contact en est encore à la première étape après 14 jours, le propriétaire du "
    "contact est prévenu et reçoit une tâche : la faire avancer ou la clore.",
    "Если открытая сделка контакта через 14 дней всё ещё на первом этапе, ответственный за контакт получает "
    "сигнал и задачу: сдвинуть её или закрыть.",
)
_ALERT: Final = Text(
    "The deal with {{ contact.FIRSTNAME }} {{ contact.LASTNAME }} does not move",
    "L’affaire avec {{ contact.FIRSTNAME }} {{ contact.LASTNAME }} n’avance pas",
    "Сделка не движется: {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
)
_TASK: Final = Text(
    "Bring on or close the deal with {{ contact.FIRSTNAME }}",
    "Faire avancer ou clore l’affaire avec {{ contact.FIRSTNAME }}",
    "Сдвинуть или закрыть сделку: {{ contact.FIRSTNAME }}",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document, about the first stage of the default pipeline."""
    which: dict[str, Any] = {"status": "open"}
    pipeline = catalog.default_pipeline()
    if pipeline is not None and pipeline.stages:
        which |= {"pipeline": pipeline.id, "stage": pipeline.stages[0].id}
    stands = {"all": [{"deals": which, "op": "gte", "value": 1}]}
    moved = {"all": [{"deals": which, "op": "eq", "value": 0}]}
    steps: Steps = {
        "opened": ("joined_segment", {"of": "condition", "condition": stands}),
        "moves": ("wait_until_condition", {"condition": moved, "at_most": {"amount": 14, "unit": "days"}}),
        "alert": ("send_alert", {"to": "owner", "title": _ALERT.say(language)}),
        "decide": ("create_task", {"title": _TASK.say(language), "due": "+2days", "assign_to": "owner"}),
    }
    ways = ["opened > moves", "moves.timed_out > alert", "alert > decide"]
    return document(NAME.say(language), steps, ways, re_entry=True)
