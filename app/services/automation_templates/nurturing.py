"""New leads get three mails in a month; whoever warms up meanwhile is handed over at once."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, reps, sent
from nodes.catalog import Catalog, Kind
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Nurturing", "Maturation des leads", "Прогрев лидов")
DESCRIPTION: Final = Text(
    "Whoever sends in a form gets three mails in 30 days. As soon as 20 points are reached, the lead goes to the rep "
    "with the fewest contacts, who is alerted; the others are tagged “cold”.",
    "Qui envoie un formulaire reçoit trois e-mails en 30 jours. Dès 20 points, le lead va au commercial qui a "
    "le moins de contacts et qui est prévenu ; les autres reçoivent l’étiquette « cold ».",
    "Отправивший форму получает три письма за 30 дней. Как только набрано 20 баллов, лид уходит менеджеру, у "
    "которого меньше всего контактов, с сигналом; остальные помечаются «cold».",
)
NEEDS: Final = {"SCORE": Kind.NUMBER}
_GUIDE: Final = Mail(
    Text("Nurturing 1: guide", "Maturation 1 : guide", "Прогрев 1: руководство"),
    Text("The guide for you", "Le guide pour vous", "Руководство для вас"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\nthank you for your interest. In the next weeks you get the best of "
        "what we know, in three short mails.",
        "Bonjour {{ contact.FIRSTNAME }},\n\nmerci de votre intérêt. Ces prochaines semaines, vous recevrez le "
        "meilleur de notre savoir en trois courts e-mails.",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nСпасибо за интерес. В ближайшие недели вы получите в трёх "
        "коротких письмах лучшее из того, что мы знаем.",
    ),
)
_STORY: Final = Mail(
    Text("Nurturing 2: a customer’s story", "Maturation 2 : un client raconte", "Прогрев 2: история клиента"),
    Text("How others do it", "Comment font les autres", "Как это делают другие"),
    Text(
        "{{ contact.FIRSTNAME }},\n\nmost customers came to us with one problem, solved it first, and only then "
        "looked further. What is yours?",
        "{{ contact.FIRSTNAME }},\n\nla plupart de nos clients sont venus avec un seul problème, l’ont résolu, "
        "puis ont vu plus loin. Quel est le vôtre ?",
        "{{ contact.FIRSTNAME }},\n\nбольшинство клиентов пришли к нам с одной задачей, сначала решили её и лишь "
        "потом пошли дальше. А какая у вас?",
    ),
)
_OFFER: Final = Mail(
    Text("Nurturing 3: offer of a talk", "Maturation 3 : proposition d’échange", "Прогрев 3: приглашение к разговору"),
    Text("Shall we talk?", "On en parle ?", "Поговорим?"),
    Text(
        "{{ contact.FIRSTNAME }},\n\nhalf an hour often answers more than ten mails. Answer with a day that suits "
        "you, and we call.",
        "{{ contact.FIRSTNAME }},\n\nune demi-heure répond souvent mieux que dix e-mails. Répondez avec un jour "
        "qui vous va, et nous appelons.",
        "{{ contact.FIRSTNAME }},\n\nполчаса разговора часто полезнее десяти писем. Ответьте, какой день удобен, "
        "и мы позвоним.",
    ),
)
MAILS: Final = (_GUIDE, _STORY, _OFFER)
_ALERT: Final = Text(
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} is ready for a talk",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} est prêt pour un échange",
    "Пора поговорить: {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document; without anybody to assign, the author has to choose."""
    warm = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}
    ripening = ("wait_until_condition", {"condition": warm, "at_most": {"amount": 10, "unit": "days"}})
    steps: Steps = {
        "asked": ("form_submitted", {}),
        "begin": ("add_tag", {"tag": "nurturing"}),
        "guide": ("send_email", sent(_GUIDE, catalog, language)),
        "first": ripening,
        "story": ("send_email", sent(_STORY, catalog, language)),
        "second": ripening,
        "offer": ("send_email", sent(_OFFER, catalog, language)),
        "third": ripening,
        "warm": ("remove_tag", {"tag": "nurturing"}),
        "assign": ("assign_owner", {"how": "least_loaded", "reps": reps(catalog), "tell": False}),
        "alert": ("send_alert", {"to": "owner", "title": _ALERT.say(language)}),
        "over": ("remove_tag", {"tag": "nurturing"}),
        "cold": ("add_tag", {"tag": "cold"}),
    }
    ways = [
        "asked > begin",
        "begin > guide",
        "guide > first",
        "first.met > warm",
        "first.timed_out > story",
        "story > second",
        "second.met > warm",
        "second.timed_out > offer",
        "offer > third",
        "third.met > warm",
        "warm > assign",
        "assign > alert",
        "assign.kept > alert",
        "third.timed_out > over",
        "over > cold",
    ]
    return document(NAME.say(language), steps, ways)
