"""What a replay came to, in words, and who stands behind each number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import select

from app import db
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.contact_names import contact_name
from app.models import AutomationVersion, Contact, Process
from app.services.path_words import ENDINGS
from app.services.rehearsals.replays import MOST_PEOPLE, find_latest, find_replay
from app.services.views import Reference
from nodes.registry import registry
from nodes.texts import Language, same
from workflows.document import Document, load
from workflows.sentence import summaries


class Row(NamedTuple):
    """One line of figures: the same thing by the draft, by the live version replayed, and in life."""

    key: str
    title: str
    way: str | None
    draft: int
    live: int | None
    happened: int | None


class ReplayView(NamedTuple):
    """A replay: how far it is, and, when it is over, what came of it."""

    id: int
    state: str
    days: int
    total: int
    processed: int
    created_at: datetime
    since: str | None
    until: str | None
    events: int
    contacts: int
    missed: int
    figures: list[Row]
    ways: list[Row]
    pressure: list[Row]
    differences: dict[str, int]


class People(NamedTuple):
    """Who stands behind a number; of many, the first, and that there are more."""

    items: list[Reference]
    more: bool


def latest(automation_id: int, language: Language) -> ReplayView | None:
    """Return the latest replay of an automation; None: there is none. Raises NotFound without the automation."""
    with db.transaction() as session:
        process = find_latest(session, automation_id)
        if process is None:
            return None
        live = process.params["live"] and session.get(AutomationVersion, process.params["live"])
        words = _Words([load(process.params["document"]), *([load(live.document)] if live else [])], language)
        return _view(process, words)


def people(automation_id: int, replay_id: int, key: str) -> People:
    """Return who stands behind the number of that key. Raises NotFound."""
    with db.transaction() as session:
        content = find_replay(session, automation_id, replay_id).content
        ids = orjson.loads(content).get(key, []) if content else []
        shown = among(Contact.id, ids[:MOST_PEOPLE])
        rows = session.execute(select(Contact.id, contact_name()).where(shown).order_by(Contact.id))
        return People([Reference(*row) for row in rows], len(ids) > MOST_PEOPLE)


class _Words:
    """Names the steps and ports of both versions."""

    def __init__(self, documents: list[Document], language: Language) -> None:
        self._language = language
        self._titles: dict[str, str] = {}
        self._ports: dict[str, Mapping[str, Any]] = {}
        self._order: dict[str, int] = {}
        for document in reversed(documents):  # the draft's words go first
            said = summaries(document, registry(), load_catalog())
            self._titles |= {node: phrase.say(language) for node, phrase in said.items()}
            for number, entry in enumerate(document.nodes):
                self._order[entry.id] = number
                if entry.type in registry():
                    self._ports[entry.id] = registry()[entry.type].ports_of(entry.config)

    def place(self, node: str) -> int:
        """Return where the step stands among the others."""
        return self._order.get(node, len(self._order))

    def title(self, node: str) -> str:
        """Return the step's sentence."""
        return self._titles.get(node, node)

    def way(self, node: str, port: str) -> str | None:
        """Return the word at a port, where there are several, or what kept a contact."""
        ports = self._ports.get(node, {})
        if port in ENDINGS and port not in ports:
            return ENDINGS[port].say(self._language).partition("{")[0].rstrip(" –:")
        return ports.get(port, same(port)).say(self._language) if len(ports) > 1 else None


def _view(process: Process, words: _Words) -> ReplayView:
    told = process.counts
    ways = sorted(told.get("ways", ()), key=lambda each: (words.place(each[0]), each[1]))
    return ReplayView(
        process.id,
        process.state,
        process.params["days"],
        process.total,
        process.processed,
        process.created_at,
        told.get("since"),
        told.get("until"),
        told.get("events", 0),
        told.get("contacts", 0),
        told.get("missed", 0),
        [_row(key, "", None, counts) for key, counts in told.get("figures", {}).items()],
        [_row(f"{node}:{port}", words.title(node), words.way(node, port), counts) for node, port, counts in ways],
        [_row(f"pressure:{number}", str(number), None, counts) for number, counts in told.get("pressure", ())],
        told.get("differences", {}),
    )


def _row(key: str, title: str, way: str | None, counts: Mapping[str, int]) -> Row:
    return Row(key, title, way, counts.get("draft", 0), counts.get("live"), counts.get("happened"))
