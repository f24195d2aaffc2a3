"""Scenarios as people write them, one line a thing.

    Opens once, then nothing
      given SCORE = 15, tag "vip"
      at 2026-01-05 09:00
      enter opened message_kind = "campaign"
      after 3 hours email_clicked
      after 24 hours nothing
      expect hot no
      expect not alert
      expect waits pause | expect leaves | expect refused | expect SCORE = 20

A line that is not indented begins a scenario with its name. Values are JSON; steps are named by their ids.
"""

import json
import re
from collections.abc import Iterator, Sized
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from marshmallow import ValidationError

from nodes.moments import LONGEST_DAYS, UNIT_DAYS, Duration
from nodes.texts import Text
from nodes.world import Json
from workflows import scenario_faults as faults
from workflows.json_text import shortened
from workflows.scenario_steps import StepCheck
from workflows.scenarios import (
    EARLIEST,
    LATEST,
    LONGEST_EVENT,
    LONGEST_NAME,
    MOST_EVENTS,
    MOST_EXPECTATIONS,
    MOST_GIVEN,
    Expectation,
    Happening,
    Person,
    Scenario,
    dump,
    load,
)

_FACT: Final = re.compile(r"\s*(?:(list|tag|email|owner)\s+|([^\s=,]+)\s*=\s*)")
_PROPERTY: Final = re.compile(r"\s*([^\s=,]+)\s*=\s*")
_AFTER: Final = re.compile(r"(\d+)\s+([a-z]+?)s?\s+(.*)")
_MOST_DIGITS: Final = 9
_UNFIT_FACTS: Final = {
    "tags": (faults.TOO_MANY_TAGS, faults.TAG),
    "lists": (faults.TOO_MANY_LISTS, faults.LIST),
    "email": (faults.EMAIL, faults.EMAIL),
    "owner": (faults.OWNER, faults.OWNER),
}
_SHORT: Final = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class ScenarioTextError(ValueError):
    """A text is no list of scenarios; `line` counts from 1, `words` say what is wrong with it."""

    def __init__(self, line: int, fault: Text) -> None:
        self.line, self.words = line, faults.LINE.format(line=line, fault=fault)
        super().__init__(self.words.en)


class _Fault(Exception):
    """What is wrong with the line that is read."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def parse_scenarios(text: str, check: StepCheck = lambda _: None) -> list[Scenario]:
    """Read scenarios. Raises ScenarioTextError for the first line that is not understood, or names no step there is."""
    found: list[Scenario] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            _take(found, line, check)
        except ValidationError as error:
            raise ScenarioTextError(number, _unfit(error.messages)) from error
        except _Fault as fault:
            raise ScenarioTextError(number, fault.words) from fault
    return found


def _take(found: list[Scenario], line: str, check: StepCheck) -> None:
    if not line[0].isspace():
        found.append(Scenario(line.strip()))
    elif found:
        found[-1] = _with_line(found[-1], line.strip())
    else:
        raise _Fault(faults.NO_NAME)
    load(dump(found[-1]))
    if stray := check(found[-1]):
        raise _Fault(stray)


def _unfit(messages: Any) -> Text:  # noqa: ANN401 - marshmallow's
    """Say what was not taken; marshmallow tells a bound of a list as a whole, a wrong kind of what stands in it."""
    match messages:
        case {"name": _}:
            return faults.NAME_TOO_LONG.format(most=LONGEST_NAME)
        case {"given": {**given}} if kind := next(iter(_UNFIT_FACTS.keys() & given.keys()), None):
            bound, unlike = _UNFIT_FACTS[kind]
            return bound.format(most=MOST_GIVEN) if isinstance(given[kind], list) else unlike
        case {"story": _} if any("event" in dict(said) for said in messages["story"].values()):
            return faults.EVENT.format(most=LONGEST_EVENT)
    return faults.UNFIT_VALUE


def print_scenario(scenario: Scenario) -> str:
    """Write a scenario, such that it reads back the same."""
    return "\n".join([scenario.name or "Scenario", *(f"  {line}" for line in _lines(scenario))]) + "\n"


def _with_line(scenario: Scenario, line: str) -> Scenario:
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    match word:
        case "given":
            return replace(scenario, given=_given(scenario.given, rest))
        case "at":
            return replace(scenario, at=_moment(rest))
        case "enter":
            _demand_room(scenario.story, MOST_EVENTS)
            return replace(scenario, story=(*scenario.story, _entry(Duration(0, "minutes"), rest)))
        case "after":
            _demand_room(scenario.story, MOST_EVENTS)
            return replace(scenario, story=(*scenario.story, _after(rest)))
        case "expect":
            _demand_room(scenario.expect, MOST_EXPECTATIONS)
            return replace(scenario, expect=(*scenario.expect, _expectation(rest)))
    raise _Fault(faults.UNKNOWN_WORD.format(word=word))


def _moment(rest: str) -> datetime:
    try:
        moment = datetime.fromisoformat(rest)
    except ValueError as error:
        raise _Fault(faults.MOMENT.format(text=rest)) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not EARLIEST <= moment <= LATEST:
        limits = {"earliest": EARLIEST.date(), "latest": LATEST.date()}
        raise _Fault(faults.MOMENT_OUT_OF_RANGE.format(text=rest, **limits))
    return moment


def _after(rest: str) -> Happening:
    found = _AFTER.fullmatch(rest)
    if not found:
        raise _Fault(faults.MALFORMED_AFTER)
    written = _SHORT.get(found[2], f"{found[2]}s")
    unit = next((each for each in UNIT_DAYS if each == written), None)
    if unit is None:
        raise _Fault(faults.UNIT.format(unit=found[2], units=", ".join(UNIT_DAYS)))
    if len(found[1]) > _MOST_DIGITS or int(found[1]) > LONGEST_DAYS / UNIT_DAYS[unit]:
        raise _Fault(faults.SPAN_TOO_LONG.format(text=f"{shortened(found[1])} {unit}", days=LONGEST_DAYS))
    span = Duration(int(found[1]), unit)
    event, _, properties = found[3].partition(" ")
    if event == "nothing":
        return Happening(span)
    if event == "enter":
        return _entry(span, properties.strip())
    return Happening(span, event, None, _properties(properties))


def _entry(span: Duration, rest: str) -> Happening:
    trigger, _, properties = rest.partition(" ")
    if not trigger:
        raise _Fault(faults.NO_TRIGGER)
    return Happening(span, None, trigger, _properties(properties))


def _expectation(rest: str) -> Expectation:
    if rest in {"leaves", "refused"}:
        return Expectation("leaves" if rest == "leaves" else "refused")
    if found := _PROPERTY.match(rest):
        value, end = _value(rest, found.end())
        _demand_end(rest, end)
        return Expectation("has", attribute=found[1], value=value)
    words = rest.split()
    match words:
        case ["not", node]:
            return Expectation("avoids", node)
        case ["waits", node]:
            return Expectation("waits", node)
        case [node]:
            return Expectation("goes", node)
        case [node, port]:
            return Expectation("goes", node, port)
    raise _Fault(faults.MALFORMED_EXPECT)


def _given(person: Person, rest: str) -> Person:
    at = 0
    while at < len(rest):
        found = _FACT.match(rest, at)
        if not found:
            raise _Fault(faults.MALFORMED_GIVEN)
        value, at = _value(rest, found.end())
        person = _with_fact(person, found[1], found[2], value)
        at = _past_comma(rest, at)
    return person


def _with_fact(person: Person, kind: str | None, attribute: str | None, value: Any) -> Person:  # noqa: ANN401 - any JSON
    match kind:
        case "list":
            return replace(person, lists=(*person.lists, value))
        case "tag":
            return replace(person, tags=(*person.tags, value))
        case "email":
            return replace(person, email=value)
        case "owner":
            return replace(person, owner=value)
    return replace(person, attributes={**person.attributes, attribute or "": value})


def _properties(text: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    at = 0
    while at < len(text.rstrip()):
        key = _PROPERTY.match(text, at)
        if not key:
            raise _Fault(faults.PROPERTY)
        found[key[1]], at = _value(text, key.end())
        at = _past_comma(text, at)
    return found


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError) as error:  # too many digits, or too deep, are no JSONDecodeError
        raise _Fault(faults.VALUE.format(text=text[at:][:40])) from error


def _demand_room(lines: Sized, most: int) -> None:
    if len(lines) >= most:
        raise _Fault(faults.TOO_MANY_LINES.format(most=most))


def _past_comma(text: str, at: int) -> int:
    rest = text[at:].lstrip()
    if rest and not rest.startswith(","):
        raise _Fault(faults.COMMA)
    return len(text) - len(rest.removeprefix(","))


def _demand_end(text: str, at: int) -> None:
    if text[at:].strip():
        raise _Fault(faults.SURPLUS.format(text=text[at:].strip()))


def _lines(scenario: Scenario) -> Iterator[str]:
    if facts := list(_facts(scenario.given)):
        yield f"given {', '.join(facts)}"
    if scenario.at:
        yield f"at {scenario.at.isoformat(sep=' ')}"
    for each in scenario.story:
        carried = ", ".join(f"{key} = {_json(value)}" for key, value in each.properties.items())
        what = each.event or (f"enter {each.trigger}" if each.trigger else "nothing")
        when = f"after {each.after.amount} {each.after.unit} "
        yield f"{when if each.after.amount or each.trigger is None else ''}{what} {carried}".rstrip()
    yield from (f"expect {_expected(each)}" for each in scenario.expect)


def _facts(person: Person) -> Iterator[str]:
    yield from (f"{name} {_json(value)}" for name in ("email", "owner") if (value := getattr(person, name)) is not None)
    yield from (f"{name} = {_json(value)}" for name, value in person.attributes.items())
    yield from (f"list {each}" for each in person.lists)
    yield from (f"tag {_json(each)}" for each in person.tags)


def _expected(each: Expectation) -> str:
    match each.kind:
        case "goes":
            return f"{each.node} {each.port or ''}".rstrip()
        case "avoids":
            return f"not {each.node}"
        case "waits":
            return f"waits {each.node}"
        case "has":
            return f"{each.attribute} = {_json(each.value)}"
        case "leaves" | "refused":
            return each.kind


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
