"""The radar: who reads and writes what, who starts whom, and what is wrong with the automations together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.models import Automation, AutomationState, Segment
from app.services.automations.drafts import find
from nodes.catalog import Catalog
from nodes.declared import Thing
from nodes.registry import channels, registry
from nodes.texts import Language, Text, same
from workflows import radar
from workflows.document import load
from workflows.radar.findings import Finding, Place
from workflows.radar.flows import Source
from workflows.sentence import summaries

_RUNNING: Final = (AutomationState.ACTIVE, AutomationState.PAUSED)
_SETTINGS: Final = Text("Settings", "Réglages", "Настройки")
_ONE_OF_A_KIND: Final[Mapping[str, Text]] = {
    "owner": Text("Owner", "Propriétaire", "Ответственный"),
    "deals": Text("Deals", "Affaires", "Сделки"),
}


class AutomationOnMap(NamedTuple):
    """An automation as the map shows it; one that is not `read` has errors, which stand in its editor."""

    id: int
    name: str
    state: str
    read: bool


class ThingOnMap(NamedTuple):
    """Something that automations share; `id` names it among all things."""

    id: str
    kind: str
    label: str


class LinkOnMap(NamedTuple):
    """That a step (None: the settings) of an automation does something to a thing, or reads it."""

    automation: int
    node: str | None
    way: str
    thing: str


class PlaceSaid(NamedTuple):
    """A step (None: the settings) of an automation, in words."""

    automation: int
    node: str | None
    name: str
    phrase: str


class FixSaid(NamedTuple):
    """A merge patch of the settings of `automation`'s draft that mends a finding."""

    automation: int
    label: str
    patch: Mapping[str, Any]


class FindingSaid(NamedTuple):
    """A finding in one language; `witness` are the places that show it, in order."""

    code: str
    message: str
    remedy: str
    witness: list[PlaceSaid]
    fix: FixSaid | None


class Picture(NamedTuple):
    """The map and the findings."""

    automations: list[AutomationOnMap]
    things: list[ThingOnMap]
    links: list[LinkOnMap]
    findings: list[FindingSaid]


def look(language: Language, *, running: bool = False) -> Picture:
    """Look at the drafts of all automations, or of those that run, the archive left out."""
    wanted = Automation.state.in_(_RUNNING) if running else Automation.state != AutomationState.ARCHIVED
    with db.transaction() as session:
        rows = _rows(session, wanted)
        found, speaker = _scan(session, rows, language)
    links = [LinkOnMap(*each.place, each.way, _id(each.thing)) for each in found.links]
    return Picture(
        [AutomationOnMap(row.id, row.name, row.state, row.id not in found.unread) for row in rows],
        speaker.things({each.thing for each in found.links}),
        links,
        [speaker.finding(each) for each in found.findings],
    )


def concerning(automation_id: int, language: Language) -> list[FindingSaid]:
    """Return what shows in this automation's draft, alone or with those that run; not what validation tells of it."""
    with db.transaction() as session:
        find(session, automation_id)
        rows = _rows(session, or_(Automation.state.in_(_RUNNING), Automation.id == automation_id))
        found, speaker = _scan(session, rows, language)
    ours = (each for each in found.findings if any(place.automation == automation_id for place in each.witness))
    return [speaker.finding(each) for each in ours if each.code not in radar.TOLD_BY_VALIDATION]


def _rows(session: Session, wanted: ColumnElement[bool]) -> Sequence[Automation]:
    return session.scalars(select(Automation).where(wanted).order_by(Automation.id)).all()


def _scan(session: Session, rows: Iterable[Automation], language: Language) -> tuple[radar.Radar, "_Speaker"]:
    catalog = load_catalog()
    segments = {row.id: row.condition for row in session.execute(select(Segment.id, Segment.condition))}
    sources = {row.id: Source(row.id, row.name, load(row.draft)) for row in rows}
    return radar.scan(sources.values(), registry(), catalog, segments), _Speaker(sources, catalog, language)


class _Speaker:
    """Says what was found in one language; phrases of an automation's steps are made when the first is asked for."""

    def __init__(self, sources: Mapping[int, Source], catalog: Catalog, language: Language) -> None:
        self.sources, self.catalog, self.language = sources, catalog, language
        self.phrases: dict[int, Mapping[str, Text]] = {}

    def finding(self, finding: Finding) -> FindingSaid:
        fix = finding.fix and FixSaid(
            finding.witness[0].automation, finding.fix.label.say(self.language), finding.fix.patch
        )
        message, remedy = finding.message.say(self.language), finding.remedy.say(self.language)
        return FindingSaid(finding.code, message, remedy, [self.place(each) for each in finding.witness], fix)

    def place(self, place: Place) -> PlaceSaid:
        source = self.sources[place.automation]
        if source.id not in self.phrases:
            self.phrases[source.id] = summaries(source.document, registry(), self.catalog)
        phrase = self.phrases[source.id][place.step] if place.step else _SETTINGS
        return PlaceSaid(*place, source.name, phrase.say(self.language))

    def things(self, things: Iterable[Thing]) -> list[ThingOnMap]:
        said = [ThingOnMap(_id(each), each.kind, self._label(each).say(self.language)) for each in things]
        return sorted(said, key=lambda each: (each.kind, each.label.casefold(), each.id))

    def _label(self, thing: Thing) -> Text:
        catalog, key = self.catalog, thing.key
        if thing.kind in _ONE_OF_A_KIND:
            return _ONE_OF_A_KIND[thing.kind]
        if thing.kind == "channel":
            return channels()[key].label
        if thing.kind == "automation":
            return same(catalog.automation_name(int(key)))
        if thing.kind == "consent":
            return same(catalog.topic_name(int(key)))
        return same(catalog.lists.get(int(key), f"#{key}") if thing.kind == "list" else key)


def _id(thing: Thing) -> str:
    return f"{thing.kind}:{thing.key}"
