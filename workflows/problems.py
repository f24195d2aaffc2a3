"""What is wrong with an automation: where, how badly, and how to mend it."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from nodes.problems import Problem as FieldProblem
from nodes.texts import Text

Severity: TypeAlias = Literal["error", "warning"]


class Fix(NamedTuple):
    """A change of the document's settings (a JSON merge patch) that one click makes."""

    label: Text
    patch: Mapping[str, Any]


class Problem(NamedTuple):
    """One fault; `node` is the step's id and `field` a path in its configuration, None where it is about neither."""

    node: str | None
    field: str | None
    code: str
    severity: Severity
    message: Text
    remedy: Text
    fix: Fix | None = None


def at_step(node: str, problem: FieldProblem) -> Problem:
    """Return a fault of a step's configuration."""
    return Problem(node, problem.field, problem.code, "error", problem.message, problem.remedy)


def no_trigger() -> Problem:
    """Nothing lets contacts in."""
    message = Text("Nothing lets contacts in.", "Rien ne fait entrer de contacts.", "Контактам неоткуда войти.")
    remedy = Text("Add a trigger.", "Ajoutez un déclencheur.", "Добавьте триггер.")
    return Problem(None, None, "no_trigger", "error", message, remedy)


def unknown_node_type(node: str, key: str) -> Problem:
    """The step's type is not installed."""
    message = Text(
        "This installation does not know steps of type “{key}”.",
        "Cette installation ne connaît pas les étapes de type « {key} ».",
        "Здесь нет шагов вида «{key}».",
    )
    remedy = Text("Replace or delete this step.", "Remplacez ou supprimez cette étape.", "Замените или удалите шаг.")
    return Problem(node, None, "unknown_node_type", "error", message.format(key=key), remedy)


def duplicate_id(node: str) -> Problem:
    """Two steps have the same id."""
    message = Text("Two steps have the id “{id}”.", "Deux étapes ont l’id « {id} ».", "У двух шагов один код «{id}».")
    remedy = Text("Give one of them another id.", "Donnez un autre id à l’une.", "Дайте одному из них другой код.")
    return Problem(node, None, "duplicate_id", "error", message.format(id=node), remedy)


def unreachable_step(node: str) -> Problem:
    """No way leads to the step."""
    message = Text("No contact can get here.", "Aucun contact ne peut arriver ici.", "Ни один контакт сюда не попадёт.")
    remedy = Text(
        "Connect it, or delete it.", "Reliez cette étape, ou supprimez-la.", "Соедините этот шаг или удалите его."
    )
    return Problem(node, None, "unreachable_step", "error", message, remedy)


def cycle(node: str, steps: str) -> Problem:
    """The way leads back to where it was."""
    message = Text(
        "The way runs in a circle: {steps}.", "Le chemin tourne en rond : {steps}.", "Путь замкнут: {steps}."
    )
    remedy = Text(
        "Take out one of these edges; to start anew, use re-entry.",
        "Retirez l’un de ces liens ; pour recommencer, utilisez la ré-entrée.",
        "Уберите одну из связей; чтобы начать заново, включите повторный вход.",
    )
    return Problem(node, None, "cycle", "error", message.format(steps=steps), remedy)


def dangling_edge(node: str | None, source: str, target: str) -> Problem:
    """An edge leads from or to a step that does not exist."""
    message = Text(
        "An edge leads from “{source}” to “{target}”, and one of them does not exist.",
        "Un lien va de « {source} » à « {target} », et l’une des deux n’existe pas.",
        "Связь ведёт от «{source}» к «{target}», и одного из шагов нет.",
    )
    remedy = Text("Delete the edge.", "Supprimez le lien.", "Удалите связь.")
    return Problem(node, None, "dangling_edge", "error", message.format(source=source, target=target), remedy)


def port_taken(node: str, port: str) -> Problem:
    """Two edges leave by one port."""
    message = Text(
        "Two edges leave by the way “{port}”.", "Deux liens partent de la voie « {port} ».", "Две связи из «{port}»."
    )
    remedy = Text("Delete one of them.", "Supprimez l’un des deux.", "Удалите одну из них.")
    return Problem(node, None, "port_taken", "error", message.format(port=port), remedy)


def unknown_port(node: str, port: str, known: str) -> Problem:
    """An edge leaves by a port that the step does not have."""
    message = Text(
        "This step has no way out named “{port}”.",
        "Cette étape n’a pas de voie « {port} ».",
        "У этого шага нет выхода «{port}».",
    )
    remedy = Text("Use one of: {known}.", "Utilisez : {known}.", "Есть такие: {known}.")
    return Problem(node, None, "unknown_port", "error", message.format(port=port), remedy.format(known=known or "–"))


def edge_into_trigger(node: str) -> Problem:
    """An edge leads into a trigger."""
    message = Text("An edge leads into a trigger.", "Un lien mène à un déclencheur.", "Связь ведёт в триггер.")
    remedy = Text(
        "Delete the edge: contacts enter at triggers.",
        "Supprimez le lien : les contacts entrent par les déclencheurs.",
        "Удалите связь: через триггеры контакты входят.",
    )
    return Problem(node, None, "edge_into_trigger", "error", message, remedy)


def re_entry_off() -> Problem:
    """Contacts score once, because they never enter again."""
    message = Text(
        "Re-entry is off, so each contact scores once.",
        "La ré-entrée est désactivée : chaque contact ne marque qu’une fois.",
        "Повторный вход выключен, поэтому каждый контакт получит баллы один раз.",
    )
    remedy = Text("Switch re-entry on.", "Activez la ré-entrée.", "Включите повторный вход.")
    return Problem(
        None, "settings.re_entry", "re_entry_off", "warning", message, remedy, Fix(remedy, {"re_entry": True})
    )


def leads_nowhere(node: str) -> Problem:
    """A trigger has nothing after it."""
    message = Text("Nothing follows this trigger.", "Rien ne suit ce déclencheur.", "После триггера ничего нет.")
    remedy = Text("Connect it to a step.", "Reliez-le à une étape.", "Соедините его с шагом.")
    return Problem(node, None, "leads_nowhere", "warning", message, remedy)


def empty_branches(node: str) -> Problem:
    """A step parts contacts, and nothing follows on any side."""
    message = Text(
        "Nothing follows any of its branches.", "Rien ne suit ses branches.", "Ни за одной веткой ничего нет."
    )
    remedy = Text("Connect at least one.", "Reliez-en au moins une.", "Соедините хотя бы одну.")
    return Problem(node, None, "empty_branches", "warning", message, remedy)


def never_holds(node: str, field: str) -> Problem:
    """A condition contradicts itself."""
    message = Text(
        "This condition contradicts itself: it never holds.",
        "Cette condition se contredit : elle n’est jamais vraie.",
        "Это условие противоречит себе и никогда не выполнится.",
    )
    remedy = Text(
        "Join the alternatives with “any”.", "Reliez les possibilités par « ou ».", "Свяжите варианты через «или»."
    )
    return Problem(node, field, "never_holds", "warning", message, remedy)


def repeats_without_re_entry(node: str) -> Problem:
    """The step sends contacts back to the start, and nobody may enter twice."""
    return Problem(
        node,
        None,
        "repeats_without_re_entry",
        "error",
        Text(
            "This step lets contacts start over, but re-entry is off.",
            "Cette étape fait recommencer les contacts, mais la ré-entrée est désactivée.",
            "Шаг возвращает контакты в начало, а повторный вход выключен.",
        ),
        Text(
            "Allow re-entry, or replace this step.",
            "Autorisez la ré-entrée, ou remplacez cette étape.",
            "Разрешите повторный вход или замените шаг.",
        ),
    )


def unnamed_exit_event(field: str) -> Problem:
    """Tell that an event which ends runs has no name, or one that no event can have."""
    return Problem(
        None,
        field,
        "bad_event_name",
        "error",
        Text(
            "An exit event has no name that an event can have.",
            "Un événement de sortie n’a pas de nom valable.",
            "У события выхода нет подходящего имени.",
        ),
        Text(
            "Name it with letters, digits, _ and -, or remove it.",
            "Nommez-le avec des lettres, chiffres, _ et -, ou retirez-le.",
            "Назовите его буквами, цифрами, _ и - или уберите.",
        ),
    )


def unknown_event_property(node: str, field: str, name: str, near: str | None) -> Problem:
    """No event that leads to the step has what a text asks for."""
    message = Text(
        "The event that lets contacts in has no “{name}”: its place stays empty.",
        "L’événement qui fait entrer les contacts n’a pas de « {name} » : sa place reste vide.",
        "У события, по которому входят контакты, нет «{name}»: место останется пустым.",
    )
    remedy = _MEANT.format(near=near) if near else _CHOOSE_PROPERTY
    return Problem(node, field, "unknown_event_property", "warning", message.format(name=name), remedy)


def event_value_missing(node: str, field: str, name: str) -> Problem:
    """Only some of the events that lead to the step have what a text asks for."""
    message = Text(
        "Not every event that leads here has “{name}”: for some contacts its place stays empty.",
        "Certains événements qui mènent ici n’ont pas de « {name} » : sa place reste parfois vide.",
        "«{name}» есть не у каждого события, ведущего сюда: у части контактов место останется пустым.",
    )
    remedy = Text("Write | default(“…”) behind it.", "Écrivez | default(« … ») derrière.", "Допишите | default(«…»).")
    return Problem(node, field, "event_value_missing", "warning", message.format(name=name), remedy)


_MEANT = Text("Did you mean “{near}”?", "Vouliez-vous dire « {near} » ?", "Возможно, имелось в виду «{near}»?")
_CHOOSE_PROPERTY = Text(
    "Choose a field of the event with “Insert a field”.",
    "Choisissez un champ de l’événement avec « Insérer un champ ».",
    "Выберите поле события кнопкой «Вставить поле».",
)
