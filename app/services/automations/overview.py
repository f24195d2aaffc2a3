"""The list of automations: what each does, how many are inside, and its last 30 days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.adapters.templates import check_step
from app.models import END, Automation, AutomationState, Enrollment, EnrollmentState, User
from app.services.paging import Order, Page, Paging, page
from nodes.catalog import Catalog
from nodes.contract import Trigger
from nodes.registry import registry
from nodes.runs import NEXT
from nodes.texts import Language, Text
from workflows.document import load
from workflows.sentence import summaries
from workflows.validation import validate

DAYS: Final = 30

# Runs that entered left a trigger; those that came to the end left the step END.
_BY_DAY: Final = text(
    """
    SELECT v.automation_id, s.day, s.node = :end AS finished, sum(s.count)::bigint AS count
    FROM automation_version v JOIN node_stat s ON s.version_id = v.id
    WHERE v.automation_id = ANY(:automations) AND s.day > :since AND (s.node = :end OR s.port = :next AND EXISTS (
        SELECT FROM jsonb_array_elements(v.document -> 'nodes') n
        WHERE n ->> 'id' = s.node AND n ->> 'type' = ANY(:triggers)
    ))
    GROUP BY 1, 2, 3
    """
)


class ProblemCount(NamedTuple):
    """How much is wrong with a draft."""

    errors: int
    warnings: int


class Row(NamedTuple):
    """One automation in the list. `entered_30d` and `finished_30d` are 30 days, the oldest first."""

    id: int
    name: str
    state: str
    updated_at: datetime
    updated_by: str | None
    activated_at: datetime | None
    trigger_summaries: list[str]
    inside: int
    entered_30d: list[int]
    finished_30d: list[int]
    failed: int
    problems: ProblemCount


class _Reading(NamedTuple):
    triggers: tuple[Text, ...]
    problems: ProblemCount


class _Kept:
    """What drafts say and lack, by automation and the draft's revision, as long as the workspace's names stay."""

    catalog = Catalog()
    readings: dict[int, tuple[int, _Reading]] = {}  # noqa: RUF012 - shared on purpose


def some(paging: Paging, language: Language, *, search: str | None = None, state: str | None = None) -> Page[Row]:
    """Return automations, the last changed first; those in the archive only when asked for."""
    wanted = Automation.state == state if state else Automation.state != AutomationState.ARCHIVED
    statement = select(Automation, User.name).outerjoin(User, User.id == Automation.updated_by).where(wanted)
    if search:
        statement = statement.where(Automation.name.icontains(search, autoescape=True))
    newest = [Order(Automation.updated_at, descending=True), Order(Automation.id, descending=True)]
    with db.transaction() as session:
        found = page(session, statement, newest, paging)
        rows: list[tuple[Automation, str | None]] = found.items
        return Page(_rows(session, rows, language), found.next_cursor)


def _rows(session: Session, rows: Sequence[tuple[Automation, str | None]], language: Language) -> list[Row]:
    ids = [automation.id for automation, _ in rows]
    today = session.scalars(select(func.now())).one().astimezone(UTC).date()
    entered, finished = _by_day(session, ids, today)
    inside = _standing(session, ids, EnrollmentState.ACTIVE)
    failed = _standing(session, ids, EnrollmentState.FAILED)
    catalog = load_catalog()
    readings = [_reading(each, catalog) for each, _ in rows]
    return [
        Row(
            each.id,
            each.name,
            each.state,
            each.updated_at,
            by,
            each.activated_at,
            [phrase.say(language) for phrase in reading.triggers],
            inside.get(each.id, 0),
            entered[each.id],
            finished[each.id],
            failed.get(each.id, 0),
            reading.problems,
        )
        for (each, by), reading in zip(rows, readings, strict=True)
    ]


def _by_day(
    session: Session, automations: Collection[int], today: date
) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
    entered: defaultdict[int, list[int]] = defaultdict(lambda: [0] * DAYS)
    finished: defaultdict[int, list[int]] = defaultdict(lambda: [0] * DAYS)
    since = today - timedelta(days=DAYS)
    triggers = [key for key, each in registry().items() if isinstance(each, Trigger)]
    names = {"automations": list(automations), "since": since, "end": END, "next": NEXT, "triggers": triggers}
    for automation, day, is_end, count in session.execute(_BY_DAY, names):
        (finished if is_end else entered)[automation][(day - since).days - 1] = count
    return entered, finished


def _standing(session: Session, automations: Collection[int], state: EnrollmentState) -> Mapping[int, int]:
    rows = session.execute(
        select(Enrollment.automation_id, func.count())
        .where(Enrollment.automation_id.in_(automations), Enrollment.state == state)
        .group_by(Enrollment.automation_id)
    )
    return {row[0]: row[1] for row in rows}


def _reading(automation: Automation, catalog: Catalog) -> _Reading:
    """Read a draft once for each of its changes: the list is asked for every few seconds while contacts move."""
    if _Kept.catalog is not catalog:
        _Kept.catalog, _Kept.readings = catalog, {}
    revision, reading = _Kept.readings.get(automation.id, (None, None))
    if reading is None or revision != automation.draft_revision:
        reading = _read(automation.draft, catalog)
        _Kept.readings[automation.id] = (automation.draft_revision, reading)
    return reading


def _read(draft: Mapping[str, Any], catalog: Catalog) -> _Reading:
    document = load(draft)
    phrases = summaries(document, registry(), catalog)
    triggers = [node.id for node in document.nodes if isinstance(registry().get(node.type), Trigger)]
    found = validate(document, registry(), catalog, check_step)
    errors = sum(problem.severity == "error" for problem in found)
    return _Reading(tuple(phrases[node] for node in triggers), ProblemCount(errors, len(found) - errors))
