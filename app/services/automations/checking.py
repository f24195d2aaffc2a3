"""What is wrong with a document in this workspace, and what it does, in one language."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from app import db
from app.adapters.catalog import load_catalog
from app.adapters.event_properties import sampled
from app.adapters.templates import check_step, render
from app.errors import Invalid, Problem
from nodes.registry import registry
from nodes.texts import Language
from nodes.world import Contact, Event, Json
from workflows import problems as found_problems
from workflows.document import Document, DocumentError, load
from workflows.event_texts import known_properties, triggers_of
from workflows.sentence import sentence, summaries
from workflows.settings_words import say_settings
from workflows.telling import tell
from workflows.validation import validate

MOST_PROBLEMS: Final = 500
LONGEST_EXAMPLE: Final = 60
_NOBODY: Final = Contact(0)
_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Fix(NamedTuple):
    """A merge patch of the document's settings that mends the problem."""

    label: str
    patch: Mapping[str, Any]


class Finding(NamedTuple):
    """One thing that is wrong, or (a warning) doubtful."""

    node: str | None
    field: str | None
    code: str
    severity: str
    message: str
    remedy: str
    fix: Fix | None


class EventPlace(NamedTuple):
    """What texts may ask of the event that let a contact in, with what stands there in the latest one, if any."""

    name: str
    example: str


class Checked(NamedTuple):
    """A document, read: its first problems, what it says, and what texts may ask.

    `summaries` has a phrase for each step, `settings` for those settings that take more than a word; `sentence` is the
    whole.
    """

    problems: list[Finding]
    summaries: dict[str, str]
    settings: dict[str, str]
    sentence: str
    event_places: list[EventPlace]


def read(data: object) -> Document:
    """Read a document; raises Invalid with every fault of its structure."""
    try:
        return load(data)
    except DocumentError as error:
        problems = [
            Problem(f"document.{path}" if path else "document", "malformed", message, "Correct the document.")
            for path, message in error.faults
        ]
        raise Invalid(f"This is no automation: {error}"[:1000], problems) from error


def check(document: Document, language: Language) -> Checked:
    """Say what is wrong with a document, and what it does."""
    catalog, sent = load_catalog(), _sent(document)
    found = validate(document, registry(), catalog, check_step, sent)
    phrases = summaries(document, registry(), catalog)
    return Checked(
        [_said(each, language) for each in found[:MOST_PROBLEMS]],
        {node: phrase.say(language) for node, phrase in phrases.items()},
        {name: phrase.say(language) for name, phrase in say_settings(document.settings, catalog).items()},
        sentence(document, registry(), catalog).say(language),
        _event_places(document, sent),
    )


def _sent(document: Document) -> Mapping[str, Mapping[str, Any]]:
    """Return what the events that let contacts in have, as far as a sample of the log shows."""
    heard = set()
    for node, trigger in triggers_of(document, registry()):
        if not trigger.schema().check(node.config, load_catalog()):
            heard.add(trigger.topic(node.config).event)
    with db.transaction() as session:
        return sampled(session, heard)


def _event_places(document: Document, sent: Mapping[str, Mapping[str, Any]]) -> list[EventPlace]:
    examples = {name: _example(value) for event in sent.values() for name, value in event.items()}
    places = {
        name
        for node, trigger in triggers_of(document, registry())
        if not trigger.schema().check(node.config, load_catalog())
        for name in known_properties(trigger, node.config, sent)
    }
    return [EventPlace(each, examples.get(each, "")) for each in sorted(places)]


def _example(value: Json) -> str:
    """Write a value as a text would have it, short."""
    return render("{{ event.value }}", _NOBODY, Event(0, "", _NOW, {"value": value}))[:LONGEST_EXAMPLE]


def told(document: Document, language: Language) -> list[dict[str, Any]]:
    """Return the document as a text, line by line: how far in, of which step, and the words."""
    lines = tell(document, registry(), load_catalog())
    return [{**line._asdict(), "text": line.text.say(language)} for line in lines]


def demand_valid(document: Document, language: Language) -> None:
    """Raise Invalid, naming every error, for a document that must not run."""
    errors = list(_errors(document, language))
    if errors:
        raise Invalid(f"This automation cannot be activated yet: {errors[0].message}", errors)


def _errors(document: Document, language: Language) -> Iterator[Problem]:
    for each in validate(document, registry(), load_catalog(), check_step):
        if each.severity == "error":
            place = "/".join(part for part in (each.node, each.field) if part)
            yield Problem(place or None, each.code, each.message.say(language), each.remedy.say(language))


def _said(problem: found_problems.Problem, language: Language) -> Finding:
    fix = problem.fix
    return Finding(
        problem.node,
        problem.field,
        problem.code,
        problem.severity,
        problem.message.say(language),
        problem.remedy.say(language),
        Fix(fix.label.say(language), fix.patch) if fix else None,
    )
