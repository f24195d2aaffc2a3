"""The settings of an automation in words, where a value says little or is said by many."""

from collections.abc import Mapping
from typing import Any, Final

from nodes.catalog import Catalog
from nodes.conditions import describe, parse
from nodes.errors import ConditionError
from nodes.event_fields import named_fields
from nodes.hours import say_days
from nodes.moments import EVERY_DAY
from nodes.texts import SEMICOLON, Text, join, same
from workflows.settings import Settings

_NOT_YET: Final = Text("not right yet", "pas encore correct", "пока с ошибкой")
_ONLY: Final = same("{what} ({words})")
_HOURS: Final = same("{days}, {opens}–{closes}")
_OUTSIDE: Final[Mapping[str, Text]] = {
    "wait": Text("others wait", "les autres attendent", "остальные ждут"),
    "refuse": Text("others are not let in", "les autres n’entrent pas", "остальные не входят"),
}
_QUIET: Final[Mapping[str, Text]] = {
    "wait": Text("steps wait", "les étapes attendent", "шаги ждут"),
    "skip": Text("steps are left out", "les étapes sont omises", "шаги пропускаются"),
}
_NONE_QUIET: Final = Text("none at all", "aucune", "нет совсем")


def say_settings(settings: Settings, catalog: Catalog) -> dict[str, Text]:
    """Return a phrase for each of conditions, events and hours that is set, by the setting's name."""
    phrases = {
        "exit_conditions": [say_written(each, catalog) or _NOT_YET for each in settings.exit_conditions],
        "exit_events": [_event(catalog, **each) for each in settings.exit_events],
        "entry_hours": [_hours(settings.entry_hours, _OUTSIDE, "outside")] if settings.entry_hours else [],
        "quiet_hours": [_quiet_hours(settings.quiet_hours)] if settings.quiet_hours else [],
    }
    return {name: join(SEMICOLON, said) for name, said in phrases.items() if said}


def say_written(written: Any, catalog: Catalog, event: str | None = None) -> Text | None:  # noqa: ANN401 - as stored
    """Say a condition as it is stored, on a contact or on an event; None while it is not right."""
    try:
        return describe(parse(written), catalog, named_fields(event) if event else ())
    except ConditionError:
        return None


def _event(catalog: Catalog, event: str, filter: Mapping[str, Any] | None = None) -> Text:
    title = catalog.event_title(event.strip()) if event.strip() else _NOT_YET
    if not filter:
        return title
    return _ONLY.format(what=title, words=say_written(filter, catalog, event) or _NOT_YET)


def _quiet_hours(hours: Mapping[str, Any]) -> Text:
    return _NONE_QUIET if hours["then"] == "send" else _hours(hours, _QUIET, "then")


def _hours(hours: Mapping[str, Any], fates: Mapping[str, Text], fate: str) -> Text:
    """Say hours, and what becomes of what falls outside or into them."""
    held = _HOURS.format(days=say_days(hours.get("days", EVERY_DAY)), opens=hours["from"], closes=hours["to"])
    return join(SEMICOLON, [held, fates[hours[fate]]])
