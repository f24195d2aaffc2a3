"""Action: something to do for a rep."""

from collections.abc import Mapping
from typing import Final

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.durations import say_duration
from nodes.fields import Choice, NodeSchema, RelativeDay, TemplateText, UserEmail, is_active
from nodes.moments import due_day, due_in
from nodes.runs import Run
from nodes.texts import Text, same
from nodes.world import Reads

ASSIGN_TO: Final[Mapping[str, Text]] = {
    "owner": Text("The contact’s owner", "Le propriétaire du contact", "Ответственному за контакт"),
    "user": Text("This user", "Cet utilisateur", "Этому пользователю"),
}

_TASK = Text("Task: {title}", "Tâche : {title}", "Задача: {title}")
_DUE = Text("Task: {title} (due {due})", "Tâche : {title} (échéance {due})", "Задача: {title} (срок: {due})")
_IN = Text("in {span}", "dans {span}", "через {span}")
_AT_ONCE = Text("the same day", "le jour même", "в тот же день")
_NOT_ACTIVE = Text("{user} does not work here any more.", "{user} ne travaille plus ici.", "{user} больше не работает.")


class CreateTask(Action):
    """Makes a task about the contact; unassigned, where the contact has no owner."""

    key = "create_task"
    label = Text("Create task", "Créer une tâche", "Создать задачу")
    description = Text(
        "Makes a task about the contact for its owner or another user.",
        "Crée une tâche sur le contact pour son propriétaire ou un autre utilisateur.",
        "Создаёт задачу о контакте для ответственного или другого пользователя.",
    )
    icon = "IconChecklist"
    search = ("task", "todo", "call", "follow-up", "tâche", "relance", "задача", "дело", "звонок")
    example = {"title": "Call {{ contact.FIRSTNAME }}", "due": "+2days"}

    class Config(NodeSchema):
        title = TemplateText(Text("Title", "Titre", "Название"), one_line=True)
        note = TemplateText(Text("Note", "Note", "Заметка"), required=False)
        due = RelativeDay(
            Text("Due", "Échéance", "Срок"),
            help=Text(
                "A date, or so long after the step, as “in 2 days”. In files and by the API: 2030-05-15, "
                "+2days, +5months.",
                "Une date, ou un délai après l’étape, comme « dans 2 jours ». Dans les fichiers et par l’API : "
                "2030-05-15, +2days, +5months.",
                "Дата или срок от этого шага, например «через 2 дня». В файлах и через API: 2030-05-15, "
                "+2days, +5months.",
            ),
            required=False,
        )
        assign_to = Choice(Text("For", "Pour", "Кому"), ASSIGN_TO, default="owner")
        user = UserEmail(Text("User", "Utilisateur", "Пользователь"), show_when={"assign_to": ["user"]})

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(owner=True)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        due = config.get("due")
        return _DUE.format(title=config["title"], due=_say_due(due)) if due else _TASK.format(title=config["title"])

    def run(self, step: Step) -> None:
        user = step.config["user"]
        for run in step:
            if user is not None and not is_active(user, step.world.catalog):
                step.fail(run, _NOT_ACTIVE.format(user=user))
                continue
            self._make(step, run)

    def _make(self, step: Step, run: Run) -> None:
        config = step.config
        title = " ".join(step.render(run, config["title"]).split())
        note = step.render(run, config["note"]) if config["note"] else ""
        today = step.now.astimezone(run.contact.time_zone).date()
        due = due_day(config["due"], today) if config["due"] else None
        step.emit(run, effects.CreateTask(run.contact.id, title, note, due, _assignee(step, run)))
        step.go(run)


def _say_due(written: str) -> Text:
    span = due_in(written)
    if span is None:
        return same(written)
    return _IN.format(span=say_duration(*span)) if span.amount else _AT_ONCE


def _assignee(step: Step, run: Run) -> str | None:
    user: str | None = step.config["user"] or run.contact.owner
    return user if user and is_active(user, step.world.catalog) else None
