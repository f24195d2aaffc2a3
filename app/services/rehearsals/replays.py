"""Replays: the last days of real events through a draft, beside the live version and what did happen.

Long work, done by a worker and watched by whoever asked. Nothing but the replay's own row is written.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import replaying
from app.adapters.locks import alone
from app.adapters.queue import enqueue
from app.adapters.rehearsing import compiled, stage
from app.errors import NotFound
from app.models import AutomationVersion, Process
from app.services.automations.drafts import find, now
from app.services.rehearsals.trials import demand_runnable
from nodes.texts import Language
from nodes.world import ATTRIBUTE_CHANGED, Reads
from workflows.document import Document, dump, load
from workflows.plan import Plan
from workflows.rehearsal import Stage
from workflows.replay import Figures, Happened, Window, measure, play, taken_back

KIND: Final = "replay"
JOB: Final = "app.jobs.replays.run_replay"
MOST_EVENTS: Final = 500_000
MOST_PEOPLE: Final = 1_000
KEPT: Final = timedelta(days=7)
_LOCK: Final = 770_012
_UNFINISHED: Final = ("queued", "running")
_REPORT_SECONDS: Final = 0.4
# Of who was kept out it is known why, how often and when last, but not how often since a day.
_NOT_KNOWN: Final = frozenset({"refused"})


class Asked(NamedTuple):
    """What is replayed: the draft as it was, and the version that is live, if any."""

    automation: int
    days: int
    draft: Plan
    live: Plan | None


def start(automation_id: int, days: int, language: Language, *, document: Document | None = None) -> int:
    """Ask for a replay of the last days through a draft (given, else the stored one); returns its number.

    Raises NotFound, and Invalid for a draft that could not run.
    """
    actor = permissions.current()
    with db.transaction() as session:
        automation = find(session, automation_id)
        draft = document or load(automation.draft)
        demand_runnable(draft, language)
        params = {
            "automation": automation_id,
            "days": days,
            "document": dump(draft),
            "live": automation.live_version_id,
        }
        process = Process(kind=KIND, params=params, created_by=actor.user_id if actor else None)
        session.add(process)
        session.flush()
        db.after_commit(lambda: enqueue(JOB, process.id))
        return process.id


def run(replay_id: int) -> None:
    """Play it, unless somebody else is at it or it is over. One at a time: it takes a processor for itself."""
    with alone(_LOCK) as ours:
        if not ours:
            return
        with db.transaction() as session:
            process = session.scalar(select(Process).where(Process.id == replay_id, Process.kind == KIND))
            if process is None or process.state not in _UNFINISHED:
                return
            params = dict(process.params)
        progress = _Progress(replay_id)
        try:
            with db.transaction() as session:
                result, people = _played(session, params, progress)
        except Exception:
            _end(replay_id, "failed", {}, {})
            raise
        _end(replay_id, "completed", result, people)


def resume() -> None:
    """Hand replays that nobody finished to the workers again."""
    with db.transaction() as session:
        statement = select(Process.id).where(Process.kind == KIND, Process.state.in_(_UNFINISHED)).order_by(Process.id)
        unfinished = session.scalars(statement).all()
    for each in unfinished:
        enqueue(JOB, each)


def forget_old() -> None:
    """Delete replays that nobody needs any more."""
    with db.transaction() as session:
        old = Process.created_at < datetime.now(UTC) - KEPT
        session.execute(delete(Process).where(Process.kind == KIND, Process.state.not_in(_UNFINISHED), old))


def find_replay(session: Session, automation_id: int, replay_id: int) -> Process:
    """Return a replay of an automation. Raises NotFound."""
    process = session.scalar(_of(automation_id).where(Process.id == replay_id))
    if process is None:
        raise NotFound.thing("replay", replay_id)
    return process


def find_latest(session: Session, automation_id: int) -> Process | None:
    """Return the latest replay of an automation; None: there is none. Raises NotFound without the automation."""
    find(session, automation_id)
    return session.scalars(_of(automation_id).order_by(Process.id.desc()).limit(1)).first()


def _of(automation_id: int) -> Select[Process]:
    return select(Process).where(Process.kind == KIND, Process.params["automation"].as_integer() == automation_id)


class _Progress:
    """Tells how far it is, now and then, in transactions of its own."""

    def __init__(self, replay_id: int) -> None:
        self._id, self._done, self._said = replay_id, 0, time.monotonic()

    def total(self, events: int) -> None:
        """Say how much there is to do."""
        self._write(total=events, state="running", processed=0)

    def __call__(self, events: int) -> None:
        self._done += events
        if time.monotonic() - self._said > _REPORT_SECONDS:
            self._said = time.monotonic()
            self._write(processed=self._done)

    def _write(self, **values: Any) -> None:  # noqa: ANN401 - columns
        with db.engine().begin() as connection:
            connection.execute(update(Process).where(Process.id == self._id).values(**values))


def _played(session: Session, params: Mapping[str, Any], progress: _Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    until = now(session)
    since = until - timedelta(days=params["days"])
    asked = _asked(session, params)
    plans = [plan for plan in (asked.draft, asked.live) if plan]
    names = sorted({ATTRIBUTE_CHANGED}.union(*(_names(plan) for plan in plans)))
    missed = max(0, replaying.counted(session, names, since) - MOST_EVENTS)
    events = replaying.happenings(session, names, since, MOST_EVENTS)
    progress.total(len(events) * len(plans))
    lived = replaying.lived(session, asked.automation, since)
    scene = stage(session, until, guarded=False)
    player = _Player(session, scene, asked.live, events, Window(since, until), lived, progress)
    sides = {
        "happened": lived,
        **{name: player.side(plan) for name, plan in zip(("draft", "live"), plans, strict=False)},
    }
    facts = {"since": since.isoformat(), "until": until.isoformat(), "events": len(events)}
    contacts = len({each.contact for each in events})
    return {**facts, "contacts": contacts, "missed": missed, **_laid_out(sides)}, _people(sides)


@dataclass(frozen=True, slots=True)
class _Player:
    """Plays versions, with people as they were before the window, as far as that is known."""

    session: Session
    scene: Stage
    live: Plan | None
    events: Sequence[Happened]
    window: Window
    lived: Figures
    progress: Callable[[int], None]

    def side(self, plan: Plan) -> Figures:
        """Play one version and count what came of it."""
        ids = sorted({each.contact for each in self.events})
        written = {write.thing.key for step in plan.steps for write in step.type.writes(step.config)}
        reads = plan.reads | Reads(attributes=frozenset(written & self.scene.catalog.attributes.keys()))
        contacts = replaying.people(self.session, ids, reads, self.window.until)
        changes = [each for each in self.events if each.name == ATTRIBUTE_CHANGED]
        replaying.take_owners_back(self.session, contacts, self.window.since)
        taken_back(contacts, self.scene, changes, self.live, self.lived.ways)
        visited = frozenset() if plan.re_entry else replaying.visits(self.session, plan.automation, self.window.since)
        past = replaying.pasts(self.session, ids, plan.reads, self.window.since)
        window = replace(self.window, visited=visited, past=past)
        return measure(play(plan, self.scene, contacts, self.events, window, self.progress))


def _asked(session: Session, params: Mapping[str, Any]) -> Asked:
    automation, live = params["automation"], params["live"]
    version = session.get(AutomationVersion, live) if live else None
    running = compiled(automation, load(version.document)) if version else None
    return Asked(automation, params["days"], compiled(automation, load(params["document"])), running)


def _names(plan: Plan) -> set[str]:
    heard = plan.hears | {trigger.topic for trigger in plan.triggers}
    return {topic.event for topic in heard} | {question.event for question in plan.reads.event_counts}


def _laid_out(sides: Mapping[str, Figures]) -> dict[str, Any]:
    """Lay the sides beside each other: figures, ways, messages per person, and who fares otherwise in the draft.

    A side that cannot know a figure has none for it.
    """
    keys = sorted({key for figures in sides.values() for key in figures.counted})
    ways = sorted({way for figures in sides.values() for way in figures.ways})
    pressure = {name: figures.pressure() for name, figures in sides.items()}
    numbers = sorted(set[int]().union(*pressure.values()))
    return {
        "figures": {
            key: {
                name: len(figures.counted.get(key, ()))
                for name, figures in sides.items()
                if not (name == "happened" and key in _NOT_KNOWN)
            }
            for key in keys
        },
        "ways": [[*way, {name: len(figures.ways.get(way, ())) for name, figures in sides.items()}] for way in ways],
        "pressure": [[number, {name: counts[number] for name, counts in pressure.items()}] for number in numbers],
        "differences": {key: len(contacts) for key, contacts in _differences(sides).items()},
    }


def _differences(sides: Mapping[str, Figures]) -> dict[str, list[int]]:
    """Return whom only the draft lets in, whom only the live version does, and who goes another way."""
    if "live" not in sides:
        return {}
    draft, live = sides["draft"].paths(), sides["live"].paths()
    both = draft.keys() & live.keys()
    return {
        "only_draft": sorted(draft.keys() - live.keys()),
        "only_live": sorted(live.keys() - draft.keys()),
        "elsewhere": sorted(contact for contact in both if draft[contact] != live[contact]),
    }


def _people(sides: Mapping[str, Figures]) -> dict[str, list[int]]:
    """Return who stands behind each number, by `side:figure`, `side:step:port` and the like; of many, one too many."""
    found: dict[str, list[int]] = dict(_differences(sides))
    for name, figures in sides.items():
        found |= {f"{name}:{key}": contacts for key, contacts in figures.counted.items()}
        found |= {f"{name}:{node}:{port}": contacts for (node, port), contacts in figures.ways.items()}
        for contact, number in Counter(figures.counted.get("messages", ())).items():
            found.setdefault(f"{name}:pressure:{number}", []).append(contact)
    return {key: sorted(set(contacts))[: MOST_PEOPLE + 1] for key, contacts in found.items()}


def _end(replay_id: int, state: str, result: Mapping[str, Any], people: Mapping[str, Any]) -> None:
    with db.transaction() as session:
        session.execute(
            update(Process)
            .where(Process.id == replay_id)
            .values(
                state=state,
                processed=Process.total,
                counts=dict(result),
                content=orjson.dumps(people),
                finished_at=datetime.now(UTC),
            )
        )
