"""Rule: what the automation is for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from nodes.catalog import Catalog
from nodes.conditions import describe, parse
from nodes.contract import Configuration, Rule, Step
from nodes.fields import Choice, ConditionField, EventName, NodeSchema
from nodes.runs import NEXT, Answer, Run
from nodes.texts import Text
from nodes.triggering import event_filter
from nodes.world import Event, Topic

SKIPPED: Final = "skipped"
_BY: Final[Mapping[str, Text]] = {
    "event": Text("An event happens", "Un événement arrive", "Происходит событие"),
    "condition": Text("A condition holds", "Une condition est remplie", "Выполнено условие"),
}
_OTHERWISE: Final[Mapping[str, Text]] = {
    "skip": Text("Go on, as not achieved", "Continuer, non atteint", "Идти дальше, цель не достигнута"),
    "stay": Text("Wait here for it", "Attendre ici", "Ждать здесь"),
    "leave": Text("Leave the automation", "Quitter l’automatisation", "Покинуть автоматизацию"),
}
_BY_EVENT: Final = Text("Goal: “{event}”", "Objectif : « {event} »", "Цель: «{event}»")


class Goal(Rule):
    """Pulls contacts forward to itself, from wherever they stand before it, the moment the goal is achieved."""

    key = "goal"
    label = Text("Goal", "Objectif", "Цель")
    description = Text(
        "A contact that achieves the goal comes here at once, from anywhere before it.",
        "Un contact qui atteint l’objectif arrive ici aussitôt, d’où qu’il soit avant.",
        "Достигнув цели, контакт сразу попадает сюда с любого предыдущего шага.",
    )
    icon = "IconTarget"
    search = ("goal", "target", "achieved", "conversion", "objectif", "but", "цель", "достижение", "конверсия")
    ports = {
        NEXT: Text("Achieved", "Atteint", "Достигнута"),
        SKIPPED: Text("Not achieved", "Non atteint", "Не достигнута"),
    }
    pulls = True
    stays = True
    example = {"by": "event", "event": "order_placed", "otherwise": "skip"}

    class Config(NodeSchema):
        by = Choice(Text("Achieved when", "Atteint quand", "Достигнута, когда"), _BY, default="event")
        event = EventName(Text("Event", "Événement", "Событие"), show_when={"by": ["event"]})
        event_filter = event_filter(by={"by": ["event"]})
        condition = ConditionField(Text("Condition", "Condition", "Условие"), show_when={"by": ["condition"]})
        otherwise = Choice(
            Text("Who comes here without it", "Qui arrive ici sans l’atteindre", "Кто пришёл, не достигнув"),
            _OTHERWISE,
            default="skip",
        )

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        if config.get("by", "event") == "event":
            return _BY_EVENT.format(event=catalog.event_title(config["event"].strip()))
        words = describe(parse(config["condition"]), catalog)
        return Text("Goal: {words}", "Objectif : {words}", "Цель: {words}").format(words=words)

    def hears(self, config: Configuration) -> frozenset[Topic]:
        if config.get("by", "event") == "event":
            return frozenset({Topic(config["event"].strip())})
        return self.reads(config).topics()

    def answer(self, config: Configuration, run: Run, event: Event, now: datetime) -> Answer | None:
        by_event = config["by"] == "event"
        judge = config["event_filter"] if by_event else config["condition"]
        holds, values = judge(run.contact, event if by_event else run.event, now) if judge else (True, ())
        return Answer(NEXT, values) if holds else None

    def run(self, step: Step) -> None:
        for run in step:
            holds, values = (False, ()) if step.config["by"] == "event" else step.judge("condition", run)
            if holds:
                step.go(run, NEXT, values)
            elif step.config["otherwise"] == "stay":
                step.look_again(run, None)
            elif step.config["otherwise"] == "leave":
                step.exit(run)
            else:
                step.go(run, SKIPPED, values)
