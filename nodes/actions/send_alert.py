"""Action: tell people in the team."""

from collections.abc import Mapping, Sequence
from typing import Final

from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.deeds import Deeds, Recalled
from nodes.effects import Notify
from nodes.fields import Choice, NodeSchema, RoleName, Switch, TemplateText, UserEmails, is_active
from nodes.runs import Run
from nodes.texts import Text
from nodes.world import Reads

TO: Final[Mapping[str, Text]] = {
    "owner": Text("The contact’s owner", "Le propriétaire du contact", "Ответственному за контакт"),
    "users": Text("These users", "Ces utilisateurs", "Этим пользователям"),
    "role": Text("Everyone with a role", "Tous ceux d’un rôle", "Всем с ролью"),
}

_TITLE = Text("Alert {who}: {title}", "Alerter {who} : {title}", "Оповестить {who}: {title}")
_SENT = Text("Alerted {who}: {title}", "Alerté {who} : {title}", "Оповещение для {who}: {title}")
_OWNER = Text("the owner", "le propriétaire", "ответственного")
_ROLE = Text("everyone with the role {role}", "le rôle {role}", "всех с ролью {role}")
_NOBODY_ACTIVE = Text(
    "None of those to be alerted works here any more: {users}.",
    "Aucun des destinataires ne travaille plus ici : {users}.",
    "Никто из получателей больше не работает: {users}.",
)


class SendAlert(Action):
    """Notifies users in the app and, if wished, by mail."""

    key = "send_alert"
    label = Text("Send alert", "Envoyer une alerte", "Отправить оповещение")
    description = Text(
        "Tells the owner, some users or a role, in the app and by mail.",
        "Prévient le propriétaire, des utilisateurs ou un rôle, dans l’application et par e-mail.",
        "Сообщает ответственному, пользователям или роли — в приложении и по почте.",
    )
    icon = "IconBell"
    search = ("alert", "notify", "notification", "tell", "alerte", "prévenir", "оповещение", "уведомить", "сообщить")
    example = {
        "to": "owner",
        "title": "{{ contact.FIRSTNAME }} is a hot lead",
        "body": "Score: {{ contact.SCORE }}",
        "by_mail": True,
    }

    class Config(NodeSchema):
        to = Choice(Text("To", "À", "Кому"), TO, default="owner")
        users = UserEmails(Text("Users", "Utilisateurs", "Пользователи"), show_when={"to": ["users"]})
        role = RoleName(Text("Role", "Rôle", "Роль"), show_when={"to": ["role"]})
        title = TemplateText(Text("Title", "Titre", "Заголовок"), one_line=True)
        body = TemplateText(Text("Text", "Texte", "Текст"), required=False)
        by_mail = Switch(Text("By mail too", "Aussi par e-mail", "Также по почте"), default=False)

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(owner=config.get("to", "owner") == "owner")

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        to = config.get("to", "owner")
        who: object = _OWNER
        if to == "users":
            who = ", ".join(catalog.users[user].name if user in catalog.users else user for user in config["users"])
        elif to == "role":
            who = _ROLE.format(role=config["role"])
        return _TITLE.format(who=who, title=config["title"])

    def recall(self, config: Configuration, deeds: Deeds) -> Recalled | None:
        words = _words(config["title"])
        sent = [alert for alert in deeds.alerts if _made_of(words, alert.title)]
        if not sent:
            return None
        who = ", ".join(alert.to.name for alert in sent)
        return Recalled(_SENT.format(who=who, title=sent[0].title), sent[0].body)

    def run(self, step: Step) -> None:
        title, body, by_mail = step.config["title"], step.config["body"] or "", step.config["by_mail"]
        for run in step:
            named = _named(step, run)
            told = tuple(user for user in named if is_active(user, step.world.catalog))
            if named and not told:
                step.fail(run, _NOBODY_ACTIVE.format(users=", ".join(named)))
                continue
            line = " ".join(step.render(run, title).split())
            step.emit(run, Notify(run.contact.id, told, line, step.render(run, body), by_mail))
            step.go(run)


def _named(step: Step, run: Run) -> tuple[str, ...]:
    """Return who is meant; nobody, where there is no owner or no one has the role: it becomes unassigned."""
    if step.config["to"] == "users":
        users: tuple[str, ...] = step.config["users"]
        return users
    if step.config["to"] == "role":
        people = step.world.catalog.users.values()
        return tuple(sorted(user.email for user in people if user.active and step.config["role"] in user.roles))
    return (run.contact.owner,) if run.contact.owner else ()


def _words(title: str) -> list[str]:
    """Return what stands before, between and after the places of a title, on one line."""
    first, *rest = title.split("{{")
    return [" ".join(part.split()) for part in (first, *(each.partition("}}")[2] for each in rest))]


def _made_of(words: Sequence[str], title: str) -> bool:
    """Tell whether such a title could be this one, each of its words looked for once, in order.

    One that consists of places alone could be any.
    """
    first, last = words[0], words[-1]
    if not any(words) or not title.startswith(first) or not title.endswith(last):
        return False
    at, end = len(first), len(title) - len(last)
    if len(words) == 1:
        return title == first
    for each in words[1:-1]:
        found = title.find(each, at, end)
        if found < 0:
            return False
        at = found + len(each)
    return at <= end
