"""Trigger: a date of the contact comes, or comes round again."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from nodes.catalog import Catalog, Kind
from nodes.contract import Configuration
from nodes.durations import say_duration
from nodes.fields import AttributeName, Choice, NodeSchema, Switch, TimeOfDay, Whole
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter
from nodes.watches import DateWatch
from nodes.world import Topic

MORNING: Final = "09:00"
MOST_DAYS: Final = 365
_WHEN: Final[Mapping[str, Text]] = {
    "on": Text("On the day", "Le jour même", "В этот день"),
    "before": Text("Days before", "Des jours avant", "За несколько дней"),
    "after": Text("Days after", "Des jours après", "Через несколько дней"),
}
_SENTENCES: Final[Mapping[str, Text]] = {
    "on": Text("On {attribute} at {time}", "Le jour de {attribute} à {time}", "В день {attribute} в {time}"),
    "before": Text(
        "{span} before {attribute} at {time}",
        "{span} avant {attribute} à {time}",
        "За {span} до {attribute} в {time}",
    ),
    "after": Text(
        "{span} after {attribute} at {time}",
        "{span} après {attribute} à {time}",
        "Через {span} после {attribute} в {time}",
    ),
}
_YEARLY: Final = Text("{what}, every year", "{what}, chaque année", "{what}, каждый год")


class DateReached(EventTrigger):
    """Lets contacts in when a date that they have comes, by the clock where each of them is."""

    key = "date_reached"
    label = Text("Date or anniversary", "Date ou anniversaire", "Дата или годовщина")
    description = Text(
        "A date of the contact comes: a birthday, a renewal, the end of a trial.",
        "Une date du contact arrive : anniversaire, renouvellement, fin d’essai.",
        "Наступает дата контакта: день рождения, продление, конец пробного периода.",
    )
    icon = "IconCalendarEvent"
    search = ("date", "birthday", "anniversary", "anniversaire", "échéance", "дата", "годовщина", "день рождения")
    example = {"attribute": "BIRTHDAY", "when": "before", "days": 3, "time": "10:00", "yearly": True}

    class Config(NodeSchema):
        attribute = AttributeName(Text("Date", "Date", "Дата"), kinds=[Kind.DATE])
        when = Choice(Text("When", "Quand", "Когда"), _WHEN, default="on")
        days = Whole(
            Text("How many days", "Combien de jours", "Сколько дней"),
            low=1,
            high=MOST_DAYS,
            show_when={"when": ["before", "after"]},
        )
        time = TimeOfDay(Text("At", "À", "В"), default=MORNING)
        yearly = Switch(
            Text("Every year", "Chaque année", "Каждый год"),
            help=Text(
                "29 February is kept on the 28th in years without one.",
                "Le 29 février est fêté le 28 les années qui n’en ont pas.",
                "29 февраля в невисокосный год отмечается 28-го.",
            ),
            default=False,
        )
        contact_filter = contact_filter()

    def topic(self, config: Configuration) -> Topic:
        return self.watch(config).topic

    def watch(self, config: Configuration) -> DateWatch:
        when = config.get("when", "on")
        days = {"on": 0, "before": -int(config.get("days", 0)), "after": int(config.get("days", 0))}[when]
        at = time.fromisoformat(config.get("time", MORNING))
        return DateWatch(config["attribute"], days, at, bool(config.get("yearly", False)))

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        said = _SENTENCES[config.get("when", "on")].format(
            attribute=config["attribute"],
            time=config.get("time", MORNING),
            span=say_duration(config.get("days", 0), "days"),
        )
        return _YEARLY.format(what=said) if config.get("yearly") else said
