"""Who came to the webinar and who did not are followed up each in their own way."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Webinar follow-up", "Suivi de webinaire", "После вебинара")
DESCRIPTION: Final = Text(
    "After the event “webinar_registered” it waits a week for “webinar_attended”: whoever came is tagged and called, "
    "whoever missed it is tagged and offered the recording by mail.",
    "Après l’événement « webinar_registered », attend une semaine « webinar_attended » : les présents sont étiquetés "
    "et appelés ; les absents, étiquetés aussi, se voient proposer l’enregistrement par e-mail.",
    "После события «webinar_registered» неделю ждёт «webinar_attended»: кто пришёл, получает метку и звонок; кто "
    "пропустил — метку и письмо с предложением записи.",
)
_CAME: Final = Text(
    "Ask {{ contact.FIRSTNAME }} how the webinar was",
    "Demander à {{ contact.FIRSTNAME }} son avis sur le webinaire",
    "Спросить о впечатлениях от вебинара: {{ contact.FIRSTNAME }}",
)
_RECORDING: Final = Mail(
    Text("Webinar recording", "Enregistrement du webinaire", "Запись вебинара"),
    Text("You missed something", "Vous avez manqué quelque chose", "Вы кое-что пропустили"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\nyou registered for our webinar, and could not come. Answer this mail, "
        "and we send you the recording.",
        "Bonjour {{ contact.FIRSTNAME }},\n\nvous étiez inscrit à notre webinaire, sans pouvoir venir. Répondez à "
        "cet e-mail pour en recevoir l’enregistrement.",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nВы записались на наш вебинар, но не смогли прийти. Ответьте на "
        "это письмо, и мы пришлём запись.",
    ),
    asked=True,
)
MAILS: Final = (_RECORDING,)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    steps: Steps = {
        "registered": ("custom_event", {"event": "webinar_registered"}),
        "attends": ("wait_until_event", {"event": "webinar_attended", "at_most": {"amount": 7, "unit": "days"}}),
        "came": ("add_tag", {"tag": "webinar attended"}),
        "call": ("create_task", {"title": _CAME.say(language), "due": "+1days", "assign_to": "owner"}),
        "missed": ("add_tag", {"tag": "webinar missed"}),
        # They asked for it when they registered.
        "recording": ("send_email", sent(_RECORDING, catalog, language, transactional=True)),
    }
    ways = [
        "registered > attends",
        "attends.happened > came",
        "came > call",
        "attends.timed_out > missed",
        "missed > recording",
    ]
    return document(NAME.say(language), steps, ways, anew={"event": "webinar_registered"})
