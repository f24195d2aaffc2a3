"""Rule: later, when something happens."""

from datetime import datetime

from nodes.catalog import Catalog
from nodes.conditions import All, describe, parse
from nodes.contract import Configuration, Rule, Step
from nodes.durations import say_duration
from nodes.fields import EventName, NodeSchema, Span
from nodes.moments import SEVEN_DAYS, in_days, later
from nodes.runs import Answer, Run
from nodes.texts import Text
from nodes.triggering import event_filter
from nodes.world import Event, Topic

HAPPENED, TIMED_OUT = "happened", "timed_out"
_SENTENCE = Text(
    "Wait for “{event}”, at most {span}",
    "Attendre « {event} », au plus {span}",
    "Ждать «{event}», не дольше: {span}",
)
_IF = Text("{what} ({words})", "{what} ({words})", "{what} ({words})")


class WaitUntilEvent(Rule):
    """Keeps contacts until an event of theirs comes, or for so long at most."""

    key = "wait_until_event"
    label = Text("Wait for an event", "Attendre un événement", "Ждать события")
    description = Text(
        "Waits until something happens to the contact; after a while the contact takes the other way.",
        "Attend qu’un événement concerne le contact ; passé le délai, il prend l’autre voie.",
        "Ждёт, пока с контактом что-то произойдёт; по истечении срока он идёт по другой ветке.",
    )
    icon = "IconBellRinging"
    search = ("wait", "event", "until", "timeout", "attendre", "événement", "délai", "ждать", "событие", "таймаут")
    stays = True
    ports = {
        HAPPENED: Text("Happened", "Arrivé", "Произошло"),
        TIMED_OUT: Text("Not in time", "Hors délai", "Не дождались"),
    }
    example = {"event": "order_placed", "at_most": {"amount": 3, "unit": "days"}}

    class Config(NodeSchema):
        event = EventName(Text("Event", "Événement", "Событие"))
        event_filter = event_filter()
        at_most = Span(Text("At most", "Au plus", "Не дольше"), default=SEVEN_DAYS._asdict())

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        span = say_duration(**(config.get("at_most") or SEVEN_DAYS._asdict()))
        sentence = _SENTENCE.format(event=catalog.event_title(config["event"].strip()), span=span)
        condition = parse(config["event_filter"]) if config.get("event_filter") else All()
        return sentence if condition == All() else _IF.format(what=sentence, words=describe(condition, catalog))

    def lasts(self, config: Configuration, port: str) -> float:
        return in_days(**(config.get("at_most") or SEVEN_DAYS._asdict())) if port == TIMED_OUT else 0

    def hears(self, config: Configuration) -> frozenset[Topic]:
        return frozenset({Topic(config["event"].strip())})

    def answer(self, config: Configuration, run: Run, event: Event, now: datetime) -> Answer | None:
        judge = config["event_filter"]
        holds, values = judge(run.contact, event, now) if judge else (True, ())
        return Answer(HAPPENED, values) if holds else None

    def run(self, step: Step) -> None:
        for run in step:
            step.wait(run, later(step.arrival(run), step.config["at_most"], run.contact.time_zone), TIMED_OUT)
