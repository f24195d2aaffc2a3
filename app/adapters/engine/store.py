"""Storing what came of a batch: where every run stands now. One statement a table, whatever the batch."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.bulk import copy_lines, moment_cell, text_cell
from app.adapters.event_text import write_event
from app.models import END, PARTITIONS, Enrollment, EnrollmentState, Visit
from nodes.runs import PathStep, Run
from nodes.texts import LANGUAGES, Text
from workflows.items import Outcome

_NEW_IDS: Final = text("SELECT nextval('enrollment_id_seq') FROM generate_series(1, :count)")
_ENTERED_COLUMNS: Final = (
    *("id", "automation_id", "version_id", "contact_id", "event_id", "run_key", "state", "node"),
    *("entered_at", "arrived_at", "exited_at", "wake_at", "reason", "event", "path"),
)
_CONTINUE: Final = text(
    """
    UPDATE enrollment AS n
    SET state = x.state, node = x.node, arrived_at = x.arrived_at, exited_at = x.exited_at, wake_at = x.wake_at,
        reason = CAST(x.reason AS jsonb), path = n.path || CAST(x.path AS jsonb)
    FROM unnest(
        CAST(:ids AS bigint[]), CAST(:states AS text[]), CAST(:nodes AS text[]), CAST(:arrivals AS timestamptz[]),
        CAST(:exits AS timestamptz[]), CAST(:wakes AS timestamptz[]), CAST(:reasons AS text[]), CAST(:paths AS text[])
    ) AS x (id, state, node, arrived_at, exited_at, wake_at, reason, path)
    WHERE n.id = x.id AND n.state = 'active'
    """
)
_TIMERS: Final = text(
    """
    INSERT INTO timer (part, wake_at, enrollment_id, port)
    SELECT * FROM unnest(
        CAST(:parts AS smallint[]), CAST(:wakes AS timestamptz[]), CAST(:ids AS bigint[]), CAST(:ports AS text[])
    )
    ON CONFLICT (part, wake_at, enrollment_id) DO UPDATE SET port = excluded.port
    """
)
_COUNTS: Final = text(
    """
    INSERT INTO node_stat AS s (part, day, version_id, node, port, count)
    SELECT :part, :day, * FROM unnest(
        CAST(:versions AS bigint[]), CAST(:nodes AS text[]), CAST(:ports AS text[]), CAST(:counts AS bigint[])
    )
    ON CONFLICT (version_id, node, port, day, part) DO UPDATE SET count = s.count + excluded.count
    """
)
_REFUSALS: Final = text(
    """
    INSERT INTO refusal AS r (last_at, automation_id, contact_id, reason, times, last_event_id)
    SELECT :now, * FROM unnest(
        CAST(:automations AS bigint[]), CAST(:contacts AS bigint[]), CAST(:reasons AS text[]),
        CAST(:times AS bigint[]), CAST(:events AS bigint[])
    )
    ON CONFLICT (contact_id, automation_id, reason) DO UPDATE
    SET times = r.times + excluded.times, last_event_id = excluded.last_event_id, last_at = excluded.last_at
    """
)
_ENTERED: Final = text(
    """
    UPDATE bulk_entry_part AS p SET entered = p.entered + x.count
    FROM unnest(CAST(:entries AS bigint[]), CAST(:parts AS smallint[]), CAST(:counts AS bigint[]))
        AS x (entry, part, count)
    WHERE p.bulk_entry_id = x.entry AND p.part = x.part
    """
)
_PUT_OFF: Final = text(
    """
    INSERT INTO pending_entry (automation_id, contact_id, event_id, trigger, event)
    SELECT automation_id, contact_id, event_id, trigger, CAST(event AS jsonb) FROM unnest(
        CAST(:automations AS bigint[]), CAST(:contacts AS bigint[]), CAST(:events AS bigint[]),
        CAST(:triggers AS text[]), CAST(:texts AS text[])
    ) AS x (automation_id, contact_id, event_id, trigger, event)
    """
)
_TAKEN_UP: Final = text(
    """
    DELETE FROM pending_entry WHERE (automation_id, contact_id, event_id) IN (
        SELECT * FROM unnest(CAST(:automations AS bigint[]), CAST(:contacts AS bigint[]), CAST(:events AS bigint[]))
    )
    """
)


@dataclass(slots=True)
class _Standing:
    """Where a run came to stand."""

    run: Run
    state: EnrollmentState
    node: str
    exited_at: datetime | None = None
    wake_at: datetime | None = None
    reason: str | None = None

    def path(self) -> str:
        """The new part of the path, in the stored form: see `Enrollment.path`."""
        entered_at = self.run.entered_at
        return f"[{','.join([_step_text(step, entered_at) for step in self.run.path])}]"


def store_runs(session: Session, outcome: Outcome, now: datetime) -> None:
    """Write every run of the batch, and number those that are new."""
    standings = list(_standings(outcome, now))
    _continue(session, [each for each in standings if each.run.enrollment is not None])
    _enter(session, [each for each in standings if each.run.enrollment is None])


def store_visits(session: Session, outcome: Outcome) -> None:
    """Remember who entered an automation that lets everybody in once."""
    if outcome.visits:
        visits = (f"{automation}\t{contact}\t{text_cell(key)}\n" for automation, contact, key in sorted(outcome.visits))
        copy_lines(session, Visit, ("automation_id", "contact_id", "run_key"), visits)


def store_timers(session: Session, outcome: Outcome) -> None:
    """Write when the waiting runs go on."""
    waits = [wait for wait in outcome.waits.values() if wait.until is not None]
    if waits:
        columns = {
            "parts": [wait.run.contact.id % PARTITIONS for wait in waits],
            "wakes": [wait.until for wait in waits],
            "ids": [wait.run.enrollment for wait in waits],
            "ports": [wait.port for wait in waits],
        }
        session.execute(_TIMERS, columns)


def store_counts(session: Session, outcome: Outcome, part: int, now: datetime) -> None:
    """Add up how many runs passed each port, failed at each step, and came to the end."""
    counts = outcome.moved + _ends(outcome)
    if counts:
        keys = sorted(counts)
        versions, nodes, ports = zip(*keys, strict=True)
        columns = {"versions": list(versions), "nodes": list(nodes), "ports": list(ports)}
        figures = [counts[key] for key in keys]
        session.execute(_COUNTS, {"part": part, "day": now.date(), "counts": figures, **columns})


def store_entered(session: Session, outcome: Outcome) -> None:
    """Add up who was let in by a bulk entry, whose number its event bears below zero."""
    counts = Counter((-run.event.id, run.contact.id % PARTITIONS) for run in outcome.entered if run.event.id < 0)
    if counts:
        entries, parts = zip(*counts, strict=True)
        columns = {"entries": list(entries), "parts": list(parts), "counts": list(counts.values())}
        session.execute(_ENTERED, columns)


def store_refusals(session: Session, outcome: Outcome, now: datetime) -> None:
    """Keep why contacts whose event matched did not enter, one row a contact, automation and reason."""
    times = Counter((each.automation, each.contact, each.reason) for each in outcome.refused)
    last = {(each.automation, each.contact, each.reason): each.event.id for each in outcome.refused}
    if times:
        keys = sorted(times)
        automations, contacts, reasons = zip(*keys, strict=True)
        columns = {"automations": list(automations), "contacts": list(contacts), "reasons": list(reasons)}
        figures = {"times": [times[key] for key in keys], "events": [last[key] for key in keys]}
        session.execute(_REFUSALS, {"now": now, **columns, **figures})


def store_pending(session: Session, outcome: Outcome) -> None:
    """Keep the events that are to enter later, and forget those whose turn has come."""
    added = {(*place, pending.event.id): pending for place, pending in outcome.put_off}
    taken = {(*place, pending.event.id) for place, pending in outcome.taken_up}
    if kept := [key for key in added if key not in taken]:  # in the order in which they came
        triggers, events = [added[key].trigger for key in kept], [write_event(added[key].event) for key in kept]
        session.execute(_PUT_OFF, {**_columns(kept), "triggers": triggers, "texts": events})
    if gone := sorted(taken - added.keys()):
        session.execute(_TAKEN_UP, _columns(gone))


def _columns(keys: Sequence[tuple[int, int, int]]) -> dict[str, list[int]]:
    automations, contacts, events = zip(*keys, strict=True)
    return {"automations": list(automations), "contacts": list(contacts), "events": list(events)}


def _standings(outcome: Outcome, now: datetime) -> Iterator[_Standing]:
    for wait in outcome.waits.values():
        yield _Standing(wait.run, EnrollmentState.ACTIVE, wait.node, wake_at=wait.until)
    for leave in outcome.leaves:
        yield _Standing(leave.run, EnrollmentState.FINISHED, leave.node, exited_at=now)
    for failure in outcome.failures:
        reason = orjson.dumps(_words(failure.reason)).decode()
        yield _Standing(failure.run, EnrollmentState.FAILED, failure.node, exited_at=now, reason=reason)


def _words(reason: Text) -> dict[str, str]:
    return dict(zip(LANGUAGES, reason, strict=True))


def _enter(session: Session, standings: Sequence[_Standing]) -> None:
    if not standings:
        return
    numbers = session.scalars(_NEW_IDS, {"count": len(standings)}).all()
    for each, number in zip(standings, numbers, strict=True):
        each.run.enrollment = number
    copy_lines(session, Enrollment, _ENTERED_COLUMNS, map(_line, standings))


def _line(standing: _Standing) -> str:
    run, state = standing.run, standing.state
    times = (run.entered_at, run.arrived_at, standing.exited_at, standing.wake_at)
    event = None if state == EnrollmentState.FINISHED else write_event(run.event)
    return (
        f"{run.enrollment}\t{run.automation}\t{run.version}\t{run.contact.id}\t{run.event.id}\t"
        f"{_shared_cells(run.key, state, standing.node, times)}\t"
        f"{text_cell(standing.reason)}\t{text_cell(event)}\t{text_cell(standing.path())}\n"
    )


@lru_cache(maxsize=4096)
def _shared_cells(key: str, state: EnrollmentState, node: str, times: tuple[datetime | None, ...]) -> str:
    """The cells that are the same for all who went the same way in a batch."""
    return "\t".join((text_cell(key), state, text_cell(node), *map(moment_cell, times)))


def _continue(session: Session, standings: Sequence[_Standing]) -> None:
    if standings:
        columns: dict[str, list[Any]] = {
            "ids": [each.run.enrollment for each in standings],
            "states": [each.state for each in standings],
            "nodes": [each.node for each in standings],
            "arrivals": [each.run.arrived_at for each in standings],
            "exits": [each.exited_at for each in standings],
            "wakes": [each.wake_at for each in standings],
            "reasons": [each.reason for each in standings],
            "paths": [each.path() for each in standings],
        }
        session.execute(_CONTINUE, columns)


def _step_text(step: PathStep, entered_at: datetime) -> str:
    after = 0.0 if step.at is entered_at else (step.at - entered_at).total_seconds()
    if not step.values:
        return _plain_step_text(step.node, step.port, after)
    return orjson.dumps((step.node, step.port, after, [tuple(value) for value in step.values])).decode()


@lru_cache(maxsize=4096)
def _plain_step_text(node: str, port: str, after: float) -> str:
    """The text of a step that compared nothing: all runs of a batch that pass a port share it."""
    return orjson.dumps((node, port, after, ())).decode()


def _ends(outcome: Outcome) -> Counter[tuple[int, str, str]]:
    ends: Counter[tuple[int, str, str]] = Counter()
    for leave in outcome.leaves:
        ends[leave.run.version, END, EnrollmentState.FINISHED] += 1
    for failure in outcome.failures:
        ends[failure.run.version, failure.node, EnrollmentState.FAILED] += 1
    return ends
