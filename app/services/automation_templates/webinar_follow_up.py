"""Who came to the webinar and who did not are followed up each in their own way."""

from typing import Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Webinar follow-up", "Suivi de webinaire", "После вебинара")
DESCRIPTION: Final = Text(
    "After the event “webinar_registered” it waits a week for “webinar_attended”: whoever came is tagged and called, "
    "whoever missed it is tagged and sent the recording by their owner.",
    "Après l’événement « webinar_registered », attend une semaine « webinar_attended » : les présents sont étiquetés "
    "et appelés ; aux absents, étiquetés aussi, leur propriétaire envoie l’enregistrement.",
    "После события «webinar_registered» неделю ждёт «webinar_attended»: кто пришёл, получает метку и звонок; кто "
    "пропустил — метку и запись от ответственного.",
)
_CAME: Final = Text(
    "Ask {{ contact.FIRSTNAME }} how the webinar was",
    "Demander à {{ contact.FIRSTNAME }} son avis sur le webinaire",
    "Спросить о впечатлениях от вебинара: {{ contact.FIRSTNAME }}",
)
_MISSED: Final = Text(
    "Send {{ contact.FIRSTNAME }} the recording of the webinar",
    "Envoyer à {{ contact.FIRSTNAME }} l’enregistrement du webinaire",
    "Отправить запись вебинара: {{ contact.FIRSTNAME }}",
)


def build(_catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    steps: Steps = {
        "registered": ("custom_event", {"event": "webinar_registered"}),
        "attends": ("wait_until_event", {"event": "webinar_attended", "at_most": {"amount": 7, "unit": "days"}}),
        "came": ("add_tag", {"tag": "webinar attended"}),
        "call": ("create_task", {"title": _CAME.say(language), "due": "+1days", "assign_to": "owner"}),
        "missed": ("add_tag", {"tag": "webinar missed"}),
        "recording": ("create_task", {"title": _MISSED.say(language), "due": "+1days", "assign_to": "owner"}),
    }
    ways = [
        "registered > attends",
        "attends.happened > came",
        "came > call",
        "attends.timed_out > missed",
        "missed > recording",
    ]
    return document(NAME.say(language), steps, ways, re_entry=True)
