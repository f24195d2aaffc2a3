"""What the radar finds: what is wrong between automations or inside one, where it shows, and how to mend it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from nodes.declared import Thing
from nodes.texts import Text
from workflows.problems import Fix, Problem

# By the kind of thing that two automations set: what they do to it, and how to mend it.
OVERWRITTEN: Final[Mapping[str, tuple[Text, Text]]] = {
    "attribute": (
        Text(
            "{names} overwrite {attribute} with different values: who comes last wins.",
            "{names} écrivent des valeurs différentes dans {attribute} : le dernier gagne.",
            "{names} записывают в {attribute} разные значения: побеждает последний.",
        ),
        Text(
            "Let one of them write it, or let their filters exclude each other.",
            "Laissez un seul l’écrire, ou rendez leurs filtres exclusifs.",
            "Пусть пишет один, или сделайте их фильтры взаимоисключающими.",
        ),
    ),
    "owner": (
        Text(
            "After one event, {names} give a contact different owners: who comes last wins.",
            "Après un même événement, {names} donnent au contact des propriétaires différents : le dernier gagne.",
            "После одного события {names} назначают контакту разных ответственных: побеждает последний.",
        ),
        Text(
            "Let one of them assign, keep whoever is the owner already, or let their filters exclude each other.",
            "Laissez un seul attribuer, gardez le propriétaire déjà en place, ou rendez leurs filtres exclusifs.",
            "Пусть назначает один, оставляйте прежнего ответственного или сделайте фильтры взаимоисключающими.",
        ),
    ),
    "deals": (
        Text(
            "After one event, {names} move a deal to different stages: who comes last wins.",
            "Après un même événement, {names} déplacent une affaire vers des étapes différentes : le dernier gagne.",
            "После одного события {names} переводят сделку на разные этапы: побеждает последний.",
        ),
        Text(
            "Let one of them move it, or let their filters exclude each other.",
            "Laissez un seul la déplacer, ou rendez leurs filtres exclusifs.",
            "Пусть переводит один, или сделайте их фильтры взаимоисключающими.",
        ),
    ),
}


class Place(NamedTuple):
    """A step of an automation; None: the automation's settings."""

    automation: int
    step: str | None


class Finding(NamedTuple):
    """One finding. `witness` are the places that show it, in order; a `fix` changes the settings of the first one's."""

    code: str
    witness: tuple[Place, ...]
    message: Text
    remedy: Text
    fix: Fix | None = None


def of_one(automation: int, problem: Problem) -> Finding:
    """Return what is wrong inside one automation."""
    return Finding(problem.code, (Place(automation, problem.node),), problem.message, problem.remedy, problem.fix)


def loop(witness: tuple[Place, ...], names: str, last: str) -> Finding:
    """Contacts go round and round through automations that let them in again, without a wait on the way."""
    message = Text(
        "Contacts go round without a rest: {names}.",
        "Les contacts tournent sans répit : {names}.",
        "Контакты ходят по кругу без остановки: {names}.",
    )
    remedy = Text(
        "Put a wait or a condition on the way, or let contacts enter “{last}” only once.",
        "Ajoutez une attente ou une condition, ou ne faites entrer qu’une fois dans « {last} ».",
        "Добавьте ожидание или условие либо впускайте в «{last}» только один раз.",
    )
    once = Text(
        "Let contacts enter “{last}” once", "N’entrer qu’une fois dans « {last} »", "Впускать в «{last}» один раз"
    )
    fix = Fix(once.format(last=last), {"re_entry": False})
    return Finding("loop", witness, message.format(names=names), remedy.format(last=last), fix)


def two_writers(witness: tuple[Place, ...], thing: Thing, names: Text) -> Finding:
    """Automations that know nothing of each other overwrite one thing with different values."""
    message, remedy = OVERWRITTEN[thing.kind]
    return Finding("two_writers", witness, message.format(names=names, attribute=thing.key), remedy)


def two_messages(witness: tuple[Place, ...], channel: Text, names: Text) -> Finding:
    """One event makes two messages reach one person by the same channel within a day."""
    message = Text(
        "One person can get two messages by “{channel}” on one day: {names}.",
        "Une même personne peut recevoir deux messages par « {channel} » le même jour : {names}.",
        "Один человек может получить два сообщения через «{channel}» за день: {names}.",
    )
    remedy = Text(
        "Wait a day before one of them, or set a frequency cap under Settings.",
        "Attendez un jour avant l’un d’eux, ou fixez un plafond de fréquence dans les paramètres.",
        "Подождите день перед одним из них или задайте предел частоты в настройках.",
    )
    return Finding("two_messages", witness, message.format(channel=channel, names=names), remedy)


def always_holds(node: str, field: str) -> Problem:
    """Everybody meets a condition."""
    message = Text(
        "This condition holds for everybody.", "Cette condition est toujours vraie.", "Это условие выполнено для всех."
    )
    remedy = Text(
        "Make it narrower, or take the step out.",
        "Rendez-la plus précise, ou retirez l’étape.",
        "Сузьте его или уберите шаг.",
    )
    return Problem(node, field, "always_holds", "warning", message, remedy)


def unreachable_branch(node: str, branch: Text) -> Problem:
    """Nobody can take a branch, after what was asked or done on the way."""
    message = Text(
        "Nobody can take the way “{branch}” here: what comes before rules it out.",
        "Personne ne peut prendre la voie « {branch} » ici : ce qui précède l’exclut.",
        "По ветке «{branch}» здесь не пройдёт никто: это исключено раньше.",
    )
    remedy = Text(
        "Change this condition or the one before, or delete the branch.",
        "Modifiez cette condition ou la précédente, ou supprimez la branche.",
        "Измените это условие или предыдущее либо удалите ветку.",
    )
    return Problem(node, None, "unreachable_branch", "warning", message.format(branch=branch), remedy)


def dead_end(node: str) -> Problem:
    """Contacts stay at a step, and nothing follows."""
    message = Text(
        "Contacts wait here, and then nothing follows.",
        "Les contacts attendent ici, et rien ne suit.",
        "Контакты ждут здесь, а дальше ничего нет.",
    )
    remedy = Text(
        "Connect a step, or delete this one.", "Reliez une étape, ou supprimez-la.", "Соедините с шагом или удалите."
    )
    return Problem(node, None, "dead_end", "warning", message, remedy)


def exit_never_fires(field: str, why: Text, left: dict[str, object]) -> Problem:
    """Nobody can ever leave by an exit condition or event."""
    message = Text(
        "This exit never fires: {why}.", "Cette sortie ne sert jamais : {why}.", "Выход не сработает: {why}."
    )
    remedy = Text("Take it out.", "Retirez-la.", "Уберите его.")
    return Problem(None, field, "exit_never_fires", "warning", message.format(why=why), remedy, Fix(remedy, left))


def no_consent(node: str) -> Problem:
    """A message reaches contacts whom nobody asked whether they agree."""
    message = Text(
        "A message leaves here, and nothing on the way asks for consent.",
        "Un message part d’ici sans que rien n’ait vérifié le consentement.",
        "Отсюда уходит сообщение, а согласие по пути не проверяется.",
    )
    remedy = Text(
        "Let only those in, or through, who are on a list or have agreed by an attribute or tag.",
        "Ne laissez entrer ou passer que les membres d’une liste, ou qui a donné son accord.",
        "Впускайте или пропускайте лишь тех, кто в списке или согласен по атрибуту либо метке.",
    )
    return Problem(node, None, "no_consent", "warning", message, remedy)
