"""Rule: later, when something has become true."""

from datetime import datetime, timedelta
from typing import Final

from nodes.catalog import Catalog
from nodes.conditions import describe, parse
from nodes.contract import Configuration, Rule, Step
from nodes.durations import say_duration
from nodes.fields import ConditionField, NodeSchema, Span
from nodes.moments import SEVEN_DAYS, in_days, later
from nodes.runs import Answer, Run
from nodes.texts import Text
from nodes.world import Event, Topic

MET, TIMED_OUT = "met", "timed_out"
_SENTENCE: Final = Text(
    "Wait until {what}, at most {span}",
    "Attendre que {what}, au plus {span}",
    "Ждать: {what}; не дольше: {span}",
)
# How often a condition that time alone can change is looked at again.
LOOK_AGAIN: Final = timedelta(hours=1)


class WaitUntilCondition(Rule):
    """Keeps contacts until a condition holds for them, or for so long at most."""

    key = "wait_until_condition"
    label = Text("Wait for a condition", "Attendre une condition", "Ждать условия")
    description = Text(
        "Waits until the contact matches; after a while the contact takes the other way.",
        "Attend que le contact corresponde ; passé le délai, il prend l’autre voie.",
        "Ждёт, пока контакт подойдёт под условие; по истечении срока он идёт по другой ветке.",
    )
    icon = "IconHourglass"
    search = ("wait", "condition", "until", "timeout", "attendre", "condition", "délai", "ждать", "условие", "таймаут")
    stays = True
    ports = {
        MET: Text("Holds", "Remplie", "Выполнено"),
        TIMED_OUT: Text("Not in time", "Hors délai", "Не дождались"),
    }
    example = {
        "condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]},
        "at_most": {"amount": 3, "unit": "days"},
    }

    class Config(NodeSchema):
        condition = ConditionField(
            Text("Condition", "Condition", "Условие"),
            help=Text(
                "Looked at whenever one of its facts changes; what only time changes, once an hour.",
                "Vérifiée à chaque changement d’une donnée ; ce que seul le temps change, une fois par heure.",
                "Проверяется при каждом изменении данных; то, что меняет лишь время, — раз в час.",
            ),
        )
        at_most = Span(Text("At most", "Au plus", "Не дольше"), default=SEVEN_DAYS._asdict())

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        span = say_duration(**(config.get("at_most") or SEVEN_DAYS._asdict()))
        return _SENTENCE.format(what=describe(parse(config["condition"]), catalog), span=span)

    def lasts(self, config: Configuration, port: str) -> float:
        return in_days(**(config.get("at_most") or SEVEN_DAYS._asdict())) if port == TIMED_OUT else 0

    def hears(self, config: Configuration) -> frozenset[Topic]:
        return self.reads(config).topics()

    def answer(self, config: Configuration, run: Run, event: Event, now: datetime) -> Answer | None:
        holds, values = config["condition"](run.contact, run.event, now)
        return Answer(MET, values) if holds else None

    def run(self, step: Step) -> None:
        for run in step:
            holds, values = step.judge("condition", run)
            end = later(step.arrival(run), step.config["at_most"], run.contact.time_zone)
            if holds:
                step.go(run, MET, values)
            elif end <= step.now:
                step.go(run, TIMED_OUT, values)
            elif step.config["condition"].by_time:
                step.look_again(run, min(end, step.now + LOOK_AGAIN))
            else:
                step.wait(run, end, TIMED_OUT)
