"""Numbers of things, as durations, in words: with the plural forms of each language."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from nodes.moments import Unit
from nodes.texts import Text, join, same


class Forms(NamedTuple):
    """The forms of a word: one and other in English and French; one, few and many in Russian. May hold `{n}`."""

    en: tuple[str, str]
    fr: tuple[str, str]
    ru: tuple[str, str, str]


_FORMS: Final[Mapping[Unit, Forms]] = {
    "minutes": Forms(("minute", "minutes"), ("minute", "minutes"), ("минуту", "минуты", "минут")),
    "hours": Forms(("hour", "hours"), ("heure", "heures"), ("час", "часа", "часов")),
    "days": Forms(("day", "days"), ("jour", "jours"), ("день", "дня", "дней")),
    "weeks": Forms(("week", "weeks"), ("semaine", "semaines"), ("неделю", "недели", "недель")),
    "months": Forms(("month", "months"), ("mois", "mois"), ("месяц", "месяца", "месяцев")),
}


def say_duration(amount: int, unit: Unit) -> Text:
    """Say a duration: “2 days”, « 2 jours », «2 дня»."""
    return join(" ", [same(str(amount)), in_number(amount, _FORMS[unit])])


def in_number(amount: int, forms: Forms) -> Text:
    """Return the form that goes with the amount, put in for `{n}`."""
    size = abs(amount)
    return Text(forms.en[size != 1], forms.fr[size > 1], forms.ru[_russian(size)]).format(n=amount)


def _russian(amount: int) -> int:
    last, teen = amount % 10, 10 < amount % 100 < 20
    if last == 1 and not teen:
        return 0
    return 1 if 2 <= last <= 4 and not teen else 2
