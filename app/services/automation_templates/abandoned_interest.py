"""Who reads the prices and asks for nothing within a day is not forgotten."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Abandoned interest", "Intérêt abandonné", "Угасший интерес")
DESCRIPTION: Final = Text(
    "Whoever visits the pricing page has a day to send in a form. After that the contact is tagged and asked by mail "
    "what is missing; who sends in none within two more days becomes a task of the owner. Once, until a form takes the "
    "tag “abandoned” off.",
    "Qui visite la page des tarifs a un jour pour envoyer un formulaire. Passé ce délai, le contact est étiqueté et un "
    "e-mail lui demande ce qui manque ; sans formulaire deux jours après, son propriétaire reçoit une tâche. Une fois, "
    "jusqu’à ce qu’un formulaire retire l’étiquette « abandoned ».",
    "У посетителя страницы цен есть день, чтобы отправить форму. Потом контакт получает метку и письмо с вопросом, "
    "чего не хватило; не отправит форму ещё два дня — ответственный получит задачу. Один раз, пока форма не снимет "
    "метку «abandoned».",
)
_MAIL: Final = Mail(
    Text("Abandoned interest", "Intérêt abandonné", "Угасший интерес"),
    Text("Any questions about our prices?", "Des questions sur nos tarifs ?", "Остались вопросы о ценах?"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\nyou looked at our prices. What would you like to know? Just answer "
        "this mail: a person reads it.",
        "Bonjour {{ contact.FIRSTNAME }},\n\nvous avez regardé nos tarifs. Qu’aimeriez-vous savoir ? Répondez à "
        "cet e-mail : une personne le lira.",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nВы смотрели наши цены. Что хотелось бы узнать? Просто ответьте "
        "на это письмо: его прочитает человек.",
    ),
)
MAILS: Final = (_MAIL,)
_TASK: Final = Text(
    "Ask {{ contact.FIRSTNAME }} what is missing in our offer",
    "Demander à {{ contact.FIRSTNAME }} ce qui manque à notre offre",
    "Спросить, чего не хватило в предложении: {{ contact.FIRSTNAME }}",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    pricing = {"all": [{"event": "page", "op": "contains", "value": "/pricing"}]}
    # Asked again of each page that was looked at meanwhile: who sent in a form, or was asked, is not asked for those.
    sent_none = {"events": "form_submitted", "within": {"amount": 1, "unit": "days"}, "op": "eq", "value": 0}
    open_ = {"all": [sent_none, {"tag": "abandoned", "op": "has_not"}]}
    steps: Steps = {
        "visited": ("page_visited", {"event_filter": pricing, "contact_filter": open_}),
        "sent": ("form_submitted", {}),
        "asks": ("wait_until_event", {"event": "form_submitted", "at_most": {"amount": 1, "unit": "days"}}),
        "back": ("remove_tag", {"tag": "abandoned"}),
        "lost": ("add_tag", {"tag": "abandoned"}),
        "mail": ("send_email", sent(_MAIL, catalog, language)),
        "answers": ("wait_until_event", {"event": "form_submitted", "at_most": {"amount": 2, "unit": "days"}}),
        "ask": ("create_task", {"title": _TASK.say(language), "due": "+1days", "assign_to": "owner"}),
    }
    ways = [
        "visited > asks",
        "sent > back",
        "asks.happened > back",
        "asks.timed_out > lost",
        "lost > mail",
        "mail > answers",
        "answers.happened > back",
        "answers.timed_out > ask",
    ]
    return document(NAME.say(language), steps, ways, re_entry=True)
