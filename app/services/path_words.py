"""What a contact's way says, in words: why it stopped, waited or was passed by at a step, and what was compared."""

from collections.abc import Mapping
from typing import Final

from nodes.catalog import Catalog
from nodes.conditions import explain
from nodes.runs import PathStep
from nodes.texts import SEMICOLON, Text, join

ENDINGS: Final[Mapping[str, Text]] = {
    "wait": Text("Waiting", "En attente", "Ожидание"),
    "sent": Text("Waiting for the answer", "En attente de la réponse", "Ожидание ответа"),
    "quiet": Text(
        "Waiting for quiet hours to end", "En attente de la fin des heures calmes", "Ожидание конца тихих часов"
    ),
    "capped": Text("Waiting for room – {cap}", "En attente de place – {cap}", "Ожидание очереди – {cap}"),
    "capped_skipped": Text("Left out – {cap}", "Omis – {cap}", "Пропущено – {cap}"),
    "quiet_skipped": Text("Left out: quiet hours", "Omis : heures calmes", "Пропущено: тихие часы"),
    "no_address": Text("Left out: no email address", "Omis : pas d’adresse e-mail", "Пропущено: нет адреса почты"),
    "unsubscribed": Text("Left out: unsubscribed", "Omis : désinscrit", "Пропущено: отписался"),
    "no_phone": Text("Left out: no telephone number", "Omis : pas de numéro", "Пропущено: нет телефона"),
    "no_browser": Text(
        "Left out: takes no web push", "Omis : n’accepte pas les web push", "Пропущено: веб-пуш не разрешён"
    ),
    "no_consent": Text(
        "Left out: has not agreed to the topic", "Omis : n’a pas accepté ce sujet", "Пропущено: нет согласия на тему"
    ),
    "exit": Text("Left here", "Sorti ici", "Вышел здесь"),
    "exit_condition": Text("Met an exit condition", "A rempli une condition de sortie", "Выполнено условие выхода"),
    "dismissed": Text(
        "Taken out by another automation", "Sorti par une autre automatisation", "Выведен другой автоматизацией"
    ),
    "skipped_on_resume": Text(
        "Left: its time came during a pause, and was skipped",
        "Sorti : son tour est venu pendant une pause et a été ignoré",
        "Вышел: срок наступил во время паузы и был пропущен",
    ),
    "let_out": Text(
        "Let out when a new version was published",
        "Sorti à la publication d’une nouvelle version",
        "Выведен при публикации новой версии",
    ),
    "done_before": Text(
        "Done already, in an earlier version: not done again",
        "Déjà fait dans une version antérieure : pas refait",
        "Уже выполнено в прежней версии и не повторено",
    ),
    "merged": Text(
        "Ended: merged with a contact who was further on",
        "Terminé : fusionné avec un contact plus avancé",
        "Завершено: объединён с контактом, который прошёл дальше",
    ),
    "stopped": Text("Stopped by hand", "Arrêté à la main", "Остановлен вручную"),
    "failed": Text("Failed here", "Échec ici", "Ошибка на этом шаге"),
}


def say_ending(step: PathStep, catalog: Catalog) -> Text | None:
    """Say why the contact did not leave the step by a way of its own; None: it did."""
    ending = ENDINGS.get(step.port)
    return ending.format(cap=say_values(step, catalog)) if ending else None


def say_values(step: PathStep, catalog: Catalog) -> Text:
    """Say what was compared."""
    return join(SEMICOLON, [explain(each, catalog) for each in step.values])
