"""Rule: later."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from nodes.catalog import Catalog, Kind
from nodes.contract import Configuration, Rule, Step
from nodes.durations import say_duration
from nodes.fields import AttributeName, Choice, Day, NodeSchema, Span, TimeOfDay, Weekdays
from nodes.fields.plain import EARLIEST, LATEST
from nodes.hours import Hours, say_days
from nodes.moments import in_days, later, next_time, wall_time
from nodes.runs import Run
from nodes.texts import Text

UNTIL: Final[Mapping[str, Text]] = {
    "duration": Text("For a while", "Pendant un temps", "Некоторое время"),
    "date": Text("Until a date", "Jusqu’à une date", "До даты"),
    "attribute": Text("Until a date of the contact", "Jusqu’à une date du contact", "До даты из данных контакта"),
    "time_of_day": Text("Until a time of day", "Jusqu’à une heure", "До времени суток"),
    "weekday": Text("Until a day of the week", "Jusqu’à un jour de la semaine", "До дня недели"),
    "window": Text("Until certain hours", "Jusqu’à certaines heures", "До определённых часов"),
}
_SENTENCES: Final[Mapping[str, Text]] = {
    "duration": Text("Wait {span}", "Attendre {span}", "Ждать {span}"),
    "date": Text("Wait until {date} at {time}", "Attendre le {date} à {time}", "Ждать до {date}, {time}"),
    "attribute": Text(
        "Wait until {attribute} at {time}", "Attendre {attribute} à {time}", "Ждать до {attribute}, {time}"
    ),
    "time_of_day": Text("Wait until {time}", "Attendre {time}", "Ждать до {time}"),
    "weekday": Text("Wait until {days} at {time}", "Attendre {days} à {time}", "Ждать: {days}, {time}"),
    "window": Text(
        "Wait until {days}, {opens}–{closes}",
        "Attendre {days}, {opens}–{closes}",
        "Ждать: {days}, {opens}–{closes}",
    ),
}
MORNING: Final = "09:00"
EVENING: Final = "18:00"
WORKDAYS: Final = (1, 2, 3, 4, 5)


class Wait(Rule):
    """Keeps contacts for a time, told by the clock in each contact's own zone."""

    key = "wait"
    label = Text("Wait", "Attendre", "Ожидание")
    description = Text(
        "Waits minutes to months, or until a date, a time or a day of the week where the contact is.",
        "Attend de quelques minutes à des mois, ou une date, une heure ou un jour de la semaine chez le contact.",
        "Ждёт от минут до месяцев либо до даты, времени или дня недели по часам контакта.",
    )
    icon = "IconClock"
    search = (
        "wait",
        "delay",
        "until",
        "time",
        "weekday",
        "attendre",
        "délai",
        "ждать",
        "ожидание",
        "пауза",
        "задержка",
    )
    stays = True
    example = {"until": "duration", "duration": {"amount": 2, "unit": "days"}}

    class Config(NodeSchema):
        until = Choice(Text("Wait", "Attendre", "Ждать"), UNTIL, default="duration")
        duration = Span(Text("How long", "Combien de temps", "Сколько"), show_when={"until": ["duration"]})
        date = Day(Text("Date", "Date", "Дата"), show_when={"until": ["date"]})
        attribute = AttributeName(
            Text("Date of the contact", "Date du contact", "Дата из данных контакта"),
            help=Text(
                "Contacts without this date, and those for whom it is past, go on at once.",
                "Les contacts sans cette date, ou pour qui elle est passée, continuent aussitôt.",
                "Контакты без этой даты и те, у кого она прошла, идут дальше сразу.",
            ),
            kinds=[Kind.DATE],
            show_when={"until": ["attribute"]},
        )
        weekdays = Weekdays(
            Text("Days", "Jours", "Дни"), default=list(WORKDAYS), show_when={"until": ["weekday", "window"]}
        )
        time = TimeOfDay(
            Text("At", "À", "В"), default=MORNING, show_when={"until": ["date", "attribute", "time_of_day", "weekday"]}
        )
        opens = TimeOfDay(Text("From", "De", "С"), default=MORNING, show_when={"until": ["window"]})
        closes = TimeOfDay(
            Text("To", "À", "До"),
            help=Text(
                "Contacts within these hours go on at once. A time not later than the first is on the next day.",
                "Les contacts dans ces heures continuent aussitôt. Une heure qui n’est pas plus tard que la première "
                "est celle du lendemain.",
                "В эти часы контакты идут дальше сразу. Время не позже первого относится к следующему дню.",
            ),
            default=EVENING,
            show_when={"until": ["window"]},
        )

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        until = config.get("until", "duration")
        if until == "duration":
            return _SENTENCES[until].format(span=say_duration(**config["duration"]))
        days = say_days(config.get("weekdays", WORKDAYS))
        return _SENTENCES[until].format(
            **{"time": MORNING, "opens": MORNING, "closes": EVENING, **config, "days": days}
        )

    def lasts(self, config: Configuration, port: str) -> float:
        return in_days(**config["duration"]) if config.get("until", "duration") == "duration" else 0

    def run(self, step: Step) -> None:
        for run in step:
            until = _until(step.config, run, step.arrival(run), step.now)
            if until is None:
                step.go(run)
            else:
                step.wait(run, until)


def _until(config: Configuration, run: Run, arrival: datetime, now: datetime) -> datetime | None:
    """Return when the wait is over. Who was moved here by a new version has waited since `arrival`."""
    zone = run.contact.time_zone
    clock: time = config["time"]
    match config["until"]:
        case "duration":
            return later(arrival, config["duration"], zone)
        case "time_of_day":
            return next_time(arrival, clock, zone)
        case "weekday":
            return next_time(arrival, clock, zone, config["weekdays"])
        case "window":
            return Hours(config["weekdays"], config["opens"], config["closes"]).next_open(now, zone)
        case "date":
            return wall_time(config["date"], clock, zone)
    day = run.contact.attributes.get(config["attribute"])
    return wall_time(min(max(day, EARLIEST), LATEST), clock, zone) if isinstance(day, date) else None
