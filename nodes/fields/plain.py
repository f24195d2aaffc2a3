"""Fields that refer to nothing: texts, numbers, choices, dates and durations."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import ClassVar, Unpack
from urllib.parse import urlsplit

from nodes.fields.base import FormField, JsonSchema, Settings, Stored, Unfit
from nodes.moments import EVERY_DAY, LONGEST_DAYS, UNIT_DAYS, Duration, due_day, iso_day
from nodes.texts import Language, Text, join

BIGGEST = 10**9
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


class Line(FormField):
    """One line of text."""

    widget = "text"
    expects = Text("a short text", "un texte court", "короткий текст")
    longest: ClassVar[int] = 500

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > self.longest or "\n" in value:
            raise Unfit(self.expects)
        return value.strip()

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string", "maxLength": self.longest}


class EventName(Line):
    """The name of a custom event."""

    widget = "event_name"
    expects = Text("the name of an event", "le nom d’un événement", "название события")


class PageCategory(Line):
    """A category of pages by name; rules of the websites say which pages are of it."""

    widget = "page_category"
    expects = Text("a category of pages", "une catégorie de pages", "категорию страниц")


class EmailAddress(Line):
    """An email address."""

    expects = Text(
        "an address such as name@example.com", "une adresse comme nom@example.com", "адрес вида имя@пример.рф"
    )

    def convert(self, value: Stored) -> str:
        address = super().convert(value)
        if not re.fullmatch(r"[^@\s<>,;\x00-\x1f]+@[^@\s<>,;\x00-\x1f]+\.[^@\s<>,;\x00-\x1f]+", address):
            raise Unfit(self.expects)
        return address


class Url(Line):
    """An address that begins with http:// or https://."""

    widget = "url"
    expects = Text(
        "an address such as https://example.com/hook",
        "une adresse comme https://example.com/hook",
        "адрес вида https://example.com/hook",
    )

    def convert(self, value: Stored) -> str:
        url = super().convert(value)
        try:
            parts = urlsplit(url)
            fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            fine = False
        if not fine or re.search(r"[\s\x00-\x1f]", url):
            raise Unfit(self.expects)
        return url

    def shape(self, language: Language) -> JsonSchema:
        return super().shape(language) | {"format": "uri"}


class Number(FormField):
    """A number between `low` and `high`."""

    widget = "number"
    expects = Text("a number", "un nombre", "число")

    def __init__(
        self, title: Text, *, low: float = -BIGGEST, high: float = BIGGEST, **settings: Unpack[Settings]
    ) -> None:
        super().__init__(title, **settings)
        self.low, self.high = low, high

    def convert(self, value: Stored) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.low <= value <= self.high:
            raise Unfit(self._range())
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "number", "minimum": self.low, "maximum": self.high}

    def _range(self) -> Text:
        words = Text("{what} from {low} to {high}", "{what} de {low} à {high}", "{what} от {low} до {high}")
        return words.format(what=self.expects, low=_grouped(self.low), high=_grouped(self.high))


class Whole(Number):
    """A whole number between `low` and `high`."""

    expects = Text("a whole number", "un nombre entier", "целое число")

    def convert(self, value: Stored) -> int:
        number = super().convert(value)
        if number != int(number):
            raise Unfit(self._range())
        return int(number)

    def shape(self, language: Language) -> JsonSchema:
        return super().shape(language) | {"type": "integer"}


class Percentage(Whole):
    """A share of a hundred, in whole percent."""

    widget = "percentage"

    def __init__(self, title: Text, **settings: Unpack[Settings]) -> None:
        super().__init__(title, low=0, high=100, **settings)


class Switch(FormField):
    """Yes or no."""

    widget = "switch"
    expects = Text("yes or no", "oui ou non", "«да» или «нет»")

    def convert(self, value: Stored) -> bool:
        if not isinstance(value, bool):
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "boolean"}


class Choice(FormField):
    """One of a few options, each (key, words); drawn as a list, or as radio buttons."""

    widget = "select"
    picked = True
    expects = Text("one of: {options}", "l’un de : {options}", "одно из: {options}")

    def __init__(
        self, title: Text, options: Mapping[str, Text], *, radio: bool = False, **settings: Unpack[Settings]
    ) -> None:
        super().__init__(title, **settings)
        self.choices = options
        self.radio = radio

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise Unfit(self.expects.format(options=join(", ", list(self.choices.values()))))
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {
            "type": "string",
            "oneOf": [{"const": key, "title": words.say(language)} for key, words in self.choices.items()],
        }

    def ui_schema(self, language: Language) -> JsonSchema:
        return super().ui_schema(language) | ({"ui:widget": "radio"} if self.radio else {})


class Day(FormField):
    """A date."""

    widget = "date"
    expects = Text("a date, such as 2027-05-15", "une date, comme 2027-05-15", "дату, например 2027-05-15")

    def convert(self, value: Stored) -> date:
        try:
            day = iso_day(value if isinstance(value, str) else "")
        except ValueError:
            raise Unfit(self.expects) from None
        if not EARLIEST <= day <= LATEST:
            raise Unfit(self.expects)
        return day

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string", "format": "date"}


class TimeOfDay(FormField):
    """A time on the clock, HH:MM."""

    widget = "time_of_day"
    expects = Text("a time, such as 09:30", "une heure, comme 09:30", "время, например 09:30")

    def convert(self, value: Stored) -> time:
        if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
            raise Unfit(self.expects)
        return time.fromisoformat(value)

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}


class Weekdays(FormField):
    """Days of the week, at least one: 1 is Monday, 7 is Sunday."""

    widget = "weekdays"
    picked = True
    expects = Text(
        "one or more days of the week", "un ou plusieurs jours de la semaine", "один или несколько дней недели"
    )

    def convert(self, value: Stored) -> frozenset[int]:
        days = value if isinstance(value, list) else []
        whole = all(isinstance(day, int) and not isinstance(day, bool) for day in days)
        if not days or not whole or not EVERY_DAY.issuperset(days) or len(set(days)) < len(days):
            raise Unfit(self.expects)
        return frozenset(days)

    def shape(self, language: Language) -> JsonSchema:
        day: JsonSchema = {"type": "integer", "minimum": 1, "maximum": 7}
        return {"type": "array", "items": day, "minItems": 1, "uniqueItems": True}


class RelativeDay(FormField):
    """A day: `2018-05-15`, or counted from the moment the step is taken: `+2days`, `+5months`. Kept as written."""

    widget = "relative_date"
    expects = Text(
        "a date, or a number of days or months from then on",
        "une date, ou un nombre de jours ou de mois à partir de là",
        "дату либо число дней или месяцев с того времени",
    )

    def convert(self, value: Stored) -> str:
        try:
            due_day(value if isinstance(value, str) else "", date(2000, 1, 31))
        except ValueError:
            raise Unfit(self.expects) from None
        return str(value)

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string"}


class Span(FormField):
    """A duration: an amount of minutes, hours, days, weeks or months."""

    widget = "duration"
    expects = Text("a duration of at most ten years", "une durée d’au plus dix ans", "срок не более десяти лет")

    def convert(self, value: Stored) -> Duration:
        if not isinstance(value, Mapping) or set(value) != {"amount", "unit"}:
            raise Unfit(self.expects)
        amount, unit = value["amount"], value["unit"]
        if isinstance(amount, bool) or not isinstance(amount, int) or unit not in list(UNIT_DAYS):
            raise Unfit(self.expects)
        duration = Duration(amount, unit)
        if amount < 1 or amount * UNIT_DAYS[duration.unit] > LONGEST_DAYS:
            raise Unfit(self.expects)
        return duration

    def shape(self, language: Language) -> JsonSchema:
        return {
            "type": "object",
            "properties": {"amount": {"type": "integer", "minimum": 1}, "unit": {"enum": list(UNIT_DAYS)}},
            "required": ["amount", "unit"],
        }


def _grouped(number: float) -> str:
    return f"{number:,}".replace(",", "\u202f")
