"""Mail, another mail and a call, and the way parts: for who reacts, for who never does, and for mail that bounced."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, reps, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Sales cadence", "Cadence commerciale", "Цепочка касаний")
DESCRIPTION: Final = Text(
    "Each contact tagged “prospect” gets a rep and a mail. Opening, clicking or answering it leads to the positive "
    "track (tag, alert and a call); 24 hours of silence to the negative one: another mail, a call, and in the end the "
    "tag “unresponsive”. Where it bounces, the rep finds another address.",
    "Chaque contact étiqueté « prospect » reçoit un commercial et un e-mail. Ouverture, clic ou réponse mènent à la "
    "voie positive (étiquette, alerte, appel) ; 24 heures de silence, à la négative : autre e-mail, appel, puis "
    "« unresponsive ». S’il revient, le commercial cherche une autre adresse.",
    "Контакт с меткой «prospect» получает менеджера и письмо. Открытие, клик или ответ ведут на положительную ветку "
    "(метка, сигнал, звонок), сутки молчания — на отрицательную: другое письмо, звонок и в конце метка «unresponsive». "
    "Если письмо вернулось, менеджер ищет другой адрес.",
)
_INTRO: Final = Mail(
    Text("Cadence 1: introduction", "Cadence 1 : présentation", "Касание 1: знакомство"),
    Text("A question for you", "Une question pour vous", "Вопрос к вам"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\nwe work for companies like yours. What takes most of your time there?",
        "Bonjour {{ contact.FIRSTNAME }},\n\nnous travaillons pour des entreprises comme la vôtre. Qu’est-ce qui vous "
        "y prend le plus de temps ?",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nМы работаем для таких компаний, как ваша. На что у вас там уходит "
        "больше всего времени?",
    ),
)
_OTHER: Final = Mail(
    Text("Cadence 2: another way to say it", "Cadence 2 : autrement dit", "Касание 2: иными словами"),
    Text("In other words", "En d’autres termes", "Иными словами"),
    Text(
        "{{ contact.FIRSTNAME }},\n\nyesterday’s mail may have come at a bad time. In one line: would ten minutes "
        "this week suit you?",
        "{{ contact.FIRSTNAME }},\n\nl’e-mail d’hier est peut-être mal tombé. En une ligne : dix minutes cette "
        "semaine vous iraient-elles ?",
        "{{ contact.FIRSTNAME }},\n\nвчерашнее письмо, возможно, пришло не вовремя. Одной строкой: найдётся ли у "
        "вас десять минут на этой неделе?",
    ),
)
MAILS: Final = (_INTRO, _OTHER)
_REACTED: Final = Text(
    "Call {{ contact.FIRSTNAME }}: has read the mail",
    "Appeler {{ contact.FIRSTNAME }} : a lu l’e-mail",
    "Позвонить: {{ contact.FIRSTNAME }} прочитал(а) письмо",
)
_CALL: Final = Text(
    "Call {{ contact.FIRSTNAME }}: no answer to two mails",
    "Appeler {{ contact.FIRSTNAME }} : deux e-mails sans réponse",
    "Позвонить: {{ contact.FIRSTNAME }} не ответил(а) на два письма",
)
_MEND: Final = Text(
    "Find another address for {{ contact.FIRSTNAME }}: mail to {{ contact.email }} came back",
    "Trouver une autre adresse pour {{ contact.FIRSTNAME }} : l’e-mail à {{ contact.email }} est revenu",
    "Найти другой адрес: {{ contact.FIRSTNAME }} — письмо на {{ contact.email }} вернулось",
)
_ALERT: Final = Text(
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} reacts: follow up today",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} réagit : relancer aujourd’hui",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} реагирует: связаться сегодня",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document; without anybody to assign, the author has to choose."""
    prospect = {"all": [{"tag": "prospect", "op": "has"}]}
    steps: Steps = {
        "prospect": ("joined_segment", {"of": "condition", "condition": prospect}),
        "assign": ("assign_owner", {"how": "round_robin", "reps": reps(catalog), "keep": "anyone"}),
        "mail": ("send_email", sent(_INTRO, catalog, language)),
        "first": ("wait_for_reaction", {"at_most": {"amount": 24, "unit": "hours"}}),
        "other": ("send_email", sent(_OTHER, catalog, language)),
        "call": ("create_task", {"title": _CALL.say(language), "due": "+1days", "assign_to": "owner"}),
        "second": ("wait_for_reaction", {"at_most": {"amount": 7, "unit": "days"}}),
        "responsive": ("add_tag", {"tag": "responsive"}),
        "alert": ("send_alert", {"to": "owner", "title": _ALERT.say(language), "by_mail": True}),
        "follow": ("create_task", {"title": _REACTED.say(language), "due": "+0days", "assign_to": "owner"}),
        "unresponsive": ("add_tag", {"tag": "unresponsive"}),
        "bounced": ("add_tag", {"tag": "bounced"}),
        "mend": ("create_task", {"title": _MEND.say(language), "due": "+1days", "assign_to": "owner"}),
    }
    ways = [
        "prospect > assign",
        "assign > mail",
        "assign.kept > mail",
        "mail > first",
        "first.reacted > responsive",
        "first.silent > other",
        "first.bounced > bounced",
        "other > call",
        "call > second",
        "second.reacted > responsive",
        "second.silent > unresponsive",
        "second.bounced > bounced",
        "bounced > mend",
        "responsive > alert",
        "alert > follow",
    ]
    return document(NAME.say(language), steps, ways)
