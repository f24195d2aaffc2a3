"""What steps would have done, in words."""

from functools import singledispatch
from typing import Final

from nodes import effects
from nodes.catalog import Catalog
from nodes.conditions import STATUS_LABELS, say_value
from nodes.effects import Effect, as_json
from nodes.texts import Text, join, same

_SET: Final = Text("{name} = {value}", "{name} = {value}", "{name} = {value}")
_OWNER: Final = Text("assign to {name}", "attribuer à {name}", "назначить: {name}")
_JOIN: Final = Text("add to “{name}”", "ajouter à « {name} »", "добавить в «{name}»")
_PART: Final = Text("remove from “{name}”", "retirer de « {name} »", "убрать из «{name}»")
_TAG: Final = Text("tag “{name}”", "étiquette « {name} »", "метка «{name}»")
_UNTAG: Final = Text("without tag “{name}”", "sans étiquette « {name} »", "без метки «{name}»")
_DEAL: Final = Text("deal → {where}", "affaire → {where}", "сделка → {where}")
_CALL: Final = Text("enter “{name}”", "entrer dans « {name} »", "войти в «{name}»")
_DISMISS: Final = Text("leave “{name}”", "sortir de « {name} »", "выйти из «{name}»")
_TASK: Final = Text("task “{name}”", "tâche « {name} »", "задача «{name}»")
_NOTE: Final = Text("note “{name}”", "note « {name} »", "заметка «{name}»")
_ALERT: Final = Text("alert {who}: “{name}”", "alerter {who} : « {name} »", "оповестить {who}: «{name}»")
_ADMINS: Final = Text("the admins", "les admins", "администраторов")
_MAIL: Final = Text("mail “{name}”", "e-mail « {name} »", "письмо «{name}»")
_PUSH: Final = Text("web push “{name}”", "web push « {name} »", "веб-пуш «{name}»")
_SMS: Final = Text("SMS “{name}”", "SMS « {name} »", "SMS «{name}»")
_WEBHOOK: Final = Text("call {method} {url}", "appeler {method} {url}", "вызвать {method} {url}")
_LONGEST: Final = 80


@singledispatch
def say_effect(effect: Effect, _catalog: Catalog) -> Text:
    """Say what an effect does, short: “SCORE = 20”, “alert Ann: “Hot lead””."""
    return same(type(effect).__name__)


@say_effect.register
def _(effect: effects.SetAttribute, _catalog: Catalog) -> Text:
    return _SET.format(name=effect.attribute, value=say_value(as_json(effect.value)))


@say_effect.register
def _(effect: effects.AssignOwner, catalog: Catalog) -> Text:
    return _OWNER.format(name=_user(effect.owner, catalog))


@say_effect.register
def _(effect: effects.AddToList, catalog: Catalog) -> Text:
    return _JOIN.format(name=catalog.lists.get(effect.list_id, f"#{effect.list_id}"))


@say_effect.register
def _(effect: effects.RemoveFromList, catalog: Catalog) -> Text:
    return _PART.format(name=catalog.lists.get(effect.list_id, f"#{effect.list_id}"))


@say_effect.register
def _(effect: effects.AddTag, _catalog: Catalog) -> Text:
    return _TAG.format(name=effect.tag)


@say_effect.register
def _(effect: effects.RemoveTag, _catalog: Catalog) -> Text:
    return _UNTAG.format(name=effect.tag)


@say_effect.register
def _(effect: effects.MoveDeal, catalog: Catalog) -> Text:
    stages = {each.id: each.name for line in catalog.pipelines.values() for each in line.stages}
    where = [same(stages.get(effect.stage, f"#{effect.stage}"))] if effect.stage is not None else []
    where += [STATUS_LABELS[effect.status]] if effect.status else []
    return _DEAL.format(where=join(", ", where))


@say_effect.register
def _(effect: effects.CallAutomation, catalog: Catalog) -> Text:
    return _CALL.format(name=catalog.automation_name(effect.automation))


@say_effect.register
def _(effect: effects.DismissFrom, catalog: Catalog) -> Text:
    return _DISMISS.format(name=catalog.automation_name(effect.automation))


@say_effect.register
def _(effect: effects.CreateTask, _catalog: Catalog) -> Text:
    return _TASK.format(name=_short(effect.title))


@say_effect.register
def _(effect: effects.AddNote, _catalog: Catalog) -> Text:
    return _NOTE.format(name=_short(effect.text))


@say_effect.register
def _(effect: effects.Notify, catalog: Catalog) -> Text:
    who = same(", ".join(_user(each, catalog) for each in effect.users)) if effect.users else _ADMINS
    return _ALERT.format(who=who, name=_short(effect.title))


@say_effect.register
def _(effect: effects.SendEmail, catalog: Catalog) -> Text:
    return _MAIL.format(name=catalog.templates.get(effect.template, f"#{effect.template}"))


@say_effect.register
def _(effect: effects.SendWebPush, _catalog: Catalog) -> Text:
    return _PUSH.format(name=_short(effect.title))


@say_effect.register
def _(effect: effects.SendSms, _catalog: Catalog) -> Text:
    return _SMS.format(name=_short(effect.text))


@say_effect.register
def _(effect: effects.CallWebhook, _catalog: Catalog) -> Text:
    return _WEBHOOK.format(method=effect.method, url=_short(effect.url))


def _user(email: str, catalog: Catalog) -> str:
    user = catalog.users.get(email)
    return user.name or email if user else email


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
