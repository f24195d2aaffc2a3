"""Newcomers are welcomed by mail and by a rep, and go on as they read or stay silent."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, reps, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Welcome series", "Série de bienvenue", "Приветственная серия")
DESCRIPTION: Final = Text(
    "Welcomes each new contact that has an address by mail and gives it to the rep with the fewest contacts. Three "
    "days later readers get first steps by mail; the others a reminder, and their rep a task.",
    "Accueille par e-mail chaque nouveau contact qui a une adresse et le confie au commercial qui a le moins de "
    "contacts. Trois jours plus tard, les lecteurs reçoivent les premiers pas ; les autres un rappel, et leur "
    "commercial une tâche.",
    "Приветствует письмом каждый новый контакт с адресом и отдаёт его менеджеру, у которого меньше всего контактов. "
    "Через три дня читающие получают первые шаги, остальные — напоминание, а их менеджер — задачу.",
)
_WELCOME: Final = Mail(
    Text("Welcome", "Bienvenue", "Добро пожаловать"),
    Text("Welcome!", "Bienvenue !", "Добро пожаловать!"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\ngood to have you here. In the next days we show you how to begin. "
        "Questions? Just answer this mail.",
        "Bonjour {{ contact.FIRSTNAME }},\n\nravis de vous compter parmi nous. Ces prochains jours, nous vous "
        "montrons comment débuter. Une question ? Répondez à cet e-mail.",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nРады, что вы с нами. В ближайшие дни покажем, с чего начать. "
        "Есть вопросы? Просто ответьте на это письмо.",
    ),
)
_STEPS: Final = Mail(
    Text("Welcome: first steps", "Bienvenue : premiers pas", "Добро пожаловать: первые шаги"),
    Text("Three first steps", "Trois premiers pas", "Три первых шага"),
    Text(
        "{{ contact.FIRSTNAME }},\n\nthis helped others at the start: look around, try one small thing, and ask "
        "us whatever is unclear.",
        "{{ contact.FIRSTNAME }},\n\nvoici ce qui a aidé d’autres au début : regarder, essayer une petite chose, "
        "et nous demander ce qui n’est pas clair.",
        "{{ contact.FIRSTNAME }},\n\nвот что помогло другим в начале: осмотритесь, попробуйте что-то небольшое и "
        "спросите нас обо всём неясном.",
    ),
)
_REMINDER: Final = Mail(
    Text("Welcome: reminder", "Bienvenue : rappel", "Добро пожаловать: напоминание"),
    Text("Did you have a look?", "Avez-vous pu regarder ?", "Вы уже посмотрели?"),
    Text(
        "{{ contact.FIRSTNAME }},\n\nour first mail may have come at a bad time. Is there anything we can do for "
        "you? Just answer this mail.",
        "{{ contact.FIRSTNAME }},\n\nnotre premier e-mail est peut-être mal tombé. Que pouvons-nous faire pour "
        "vous ? Répondez à cet e-mail.",
        "{{ contact.FIRSTNAME }},\n\nпервое письмо, возможно, пришло не вовремя. Чем вам помочь? Просто ответьте "
        "на это письмо.",
    ),
)
MAILS: Final = (_WELCOME, _STEPS, _REMINDER)
_HELLO: Final = Text(
    "Say hello to {{ contact.FIRSTNAME }}",
    "Souhaiter la bienvenue à {{ contact.FIRSTNAME }}",
    "Поприветствовать: {{ contact.FIRSTNAME }}",
)
_AGAIN: Final = Text(
    "{{ contact.FIRSTNAME }} has read nothing yet: get in touch",
    "{{ contact.FIRSTNAME }} n’a encore rien lu : prendre contact",
    "{{ contact.FIRSTNAME }} ещё ничего не прочитал(а): связаться",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document; without anybody to assign, the author has to choose."""
    opened = {"events": "email_opened", "within": {"amount": 3, "unit": "days"}, "op": "gte", "value": 1}
    reachable = {"all": [{"field": "email", "op": "not_empty"}]}
    steps: Steps = {
        "created": ("contact_created", {"contact_filter": reachable}),
        "assign": ("assign_owner", {"how": "least_loaded", "reps": reps(catalog)}),
        "welcome": ("send_email", sent(_WELCOME, catalog, language)),
        "hello": ("create_task", {"title": _HELLO.say(language), "due": "+1days", "assign_to": "owner"}),
        "pause": ("wait", {"until": "duration", "duration": {"amount": 3, "unit": "days"}}),
        "reads": ("conditional_split", {"condition": {"all": [opened]}}),
        "engaged": ("add_tag", {"tag": "engaged"}),
        "steps": ("send_email", sent(_STEPS, catalog, language)),
        "reminder": ("send_email", sent(_REMINDER, catalog, language)),
        "again": ("create_task", {"title": _AGAIN.say(language), "due": "+1days", "assign_to": "owner"}),
    }
    ways = [
        "created > assign",
        "assign > welcome",
        "assign.kept > welcome",
        "welcome > hello",
        "hello > pause",
        "pause > reads",
        "reads.yes > engaged",
        "engaged > steps",
        "reads.no > reminder",
        "reminder > again",
    ]
    return document(NAME.say(language), steps, ways)
