"""Contacts' runs through automations: listing them, finding who is inside, and trying failed ones again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypedDict, Unpack

from sqlalchemy import ColumnElement, Double, Select, cast, exists, func, not_, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app import db
from app.adapters import live
from app.adapters.catalog import load_catalog
from app.adapters.contact_names import contact_name
from app.adapters.doorbell import ring
from app.adapters.engine.revival import revive_runs
from app.adapters.paths import read_path
from app.errors import Conflict, NotFound
from app.models import Automation, AutomationState, AutomationVersion, Contact, Enrollment, EnrollmentState
from app.services import audit
from app.services.automations.drafts import find
from app.services.contacts.finding import ContactQuery, matching
from app.services.lately import first_moment
from app.services.paging import Order, Page, Paging, page
from app.services.path_words import say_ending
from app.services.views import Reference
from nodes.catalog import Catalog
from nodes.registry import registry
from nodes.texts import Language
from workflows.document import load
from workflows.sentence import summaries

MOST_INSIDE: Final = 20
_AT_THE_STEP: Final = (EnrollmentState.ACTIVE, EnrollmentState.FAILED)


class Person(NamedTuple):
    """The contact of a run."""

    id: int
    email: str | None
    name: str


class EnrollmentView(NamedTuple):
    """One contact's run; `reason` says why it failed, `held_by` what it is kept from reaching its contact by."""

    id: int
    contact: Person
    version: int
    state: str
    node: str
    entered_at: datetime
    exited_at: datetime | None
    wake_at: datetime | None
    reason: str | None
    held_by: str | None


class InsideView(NamedTuple):
    """One contact inside an automation: the `step` where it stands in a phrase, and the number of its version."""

    id: int
    automation: Reference
    contact: Person
    version: int
    node: str
    step: str


class RunQuery(TypedDict, total=False):
    """Which runs are wanted; everything given must hold.

    `nodes`: those that stand (or ended) at one of these steps, or, if `passed`, that came to one and stand at none of
    them any more; with `port`, those that took this way out of it. `days`: those that ended in the last days or have
    not ended; if `passed`, that went on from the step in them. `version` is the number of the version they are in.
    `search` is words of the contact's name or email.
    """

    nodes: Sequence[str]
    passed: bool
    port: str
    days: int
    state: str
    version: int
    search: str


def of_automation(
    automation_id: int, paging: Paging, language: Language, **wanted: Unpack[RunQuery]
) -> Page[EnrollmentView]:
    """Return runs, the newest first."""
    catalog = load_catalog()
    statement = _rows().where(Enrollment.automation_id == automation_id, *_conditions(wanted))
    statement = matching(statement, ContactQuery(search=wanted.get("search", "")), catalog)
    with db.transaction() as session:
        find(session, automation_id)
        found = page(session, statement, [Order(Enrollment.id, descending=True)], paging)
    return Page([_view(*row, catalog=catalog, language=language) for row in found.items], found.next_cursor)


def inside(search: str, language: Language) -> list[InsideView]:
    """Return where contacts whose name or email holds the words are inside now, the last to enter first; at most 20."""
    catalog = load_catalog()
    statement = _rows().add_columns(Automation.name).join(Automation, Automation.id == Enrollment.automation_id)
    statement = statement.where(Enrollment.state == EnrollmentState.ACTIVE)
    statement = matching(statement, ContactQuery(search=search), catalog)
    with db.transaction() as session:
        rows = session.execute(statement.order_by(Enrollment.id.desc()).limit(MOST_INSIDE)).all()
        versions = {run.version_id for run, *_ in rows}
        read = select(AutomationVersion.id, AutomationVersion.document).where(AutomationVersion.id.in_(versions))
        documents = session.execute(read).all()
    steps = {version: summaries(load(document), registry(), catalog) for version, document in documents}
    return [
        InsideView(
            run.id,
            Reference(run.automation_id, automation),
            Person(run.contact_id, email, name),
            version,
            run.node,
            steps[run.version_id][run.node].say(language),
        )
        for run, version, email, name, automation in rows
    ]


def _conditions(wanted: RunQuery) -> Iterator[ColumnElement[bool]]:
    if "state" in wanted:
        yield Enrollment.state == wanted["state"]
    if "version" in wanted:
        yield AutomationVersion.number == wanted["version"]
    since = first_moment(wanted["days"]) if "days" in wanted else None
    if since is not None:
        yield or_(Enrollment.exited_at >= since, Enrollment.exited_at.is_(None))
    if not wanted.get("nodes"):
        return
    here = Enrollment.node.in_(wanted["nodes"])
    if not wanted.get("passed"):
        yield here
        return
    port = [wanted["port"]] if "port" in wanted else []
    path = cast(Enrollment.path, JSONB)
    yield or_(*(path.contains([[node, *port]]) for node in wanted["nodes"]))
    if since is not None:
        yield _went_on(wanted["nodes"], port, since)
    # Who waits at the step has it in the path as well.
    yield not_(here & Enrollment.state.in_(_AT_THE_STEP))


def _went_on(nodes: Sequence[str], ports: Sequence[str], since: datetime) -> ColumnElement[bool]:
    """Whether the run left one of these steps since then, by one of these ports if there are any."""
    step = func.jsonb_array_elements(cast(Enrollment.path, JSONB), type_=JSONB).column_valued("step")
    at = Enrollment.entered_at + func.make_interval(0, 0, 0, 0, 0, 0, cast(step[2].astext, Double))
    by_port = [step[1].astext.in_(ports)] if ports else []
    return exists(select(step).where(step[0].astext.in_(nodes), *by_port, at >= since))


def retry(automation_id: int, enrollment_id: int, language: Language) -> EnrollmentView:
    """Let a failed run try its step again; raises Conflict if it did not fail, or its contact is inside anew."""
    with db.transaction() as session:
        automation = find(session, automation_id)
        run = session.get(Enrollment, enrollment_id, with_for_update=True, populate_existing=True)
        if run is None or run.automation_id != automation_id:
            raise NotFound.thing("enrollment", enrollment_id)
        if automation.state == AutomationState.ARCHIVED:
            raise Conflict("This automation is in the archive. Restore it first.")
        if run.state != EnrollmentState.FAILED:
            raise Conflict("Only a failed run can be tried again.")
        if _is_inside(session, run):
            raise Conflict("This contact has entered again since. One contact cannot be inside twice.")
        parts = revive_runs(session, {run.id: run.contact_id}).parts
        db.after_commit(lambda: ring(parts))
        audit.record("enrollment.retried", "automation", automation_id, {"enrollment": enrollment_id})
        live.publish(live.WORKSPACE, "stats", {"automation_id": automation_id})
        session.expire(run)
        row = session.execute(_rows().where(Enrollment.id == enrollment_id)).one()
    return _view(*row, catalog=load_catalog(), language=language)


def _is_inside(session: Session, run: Enrollment) -> bool:
    columns = (Enrollment.automation_id, Enrollment.contact_id, Enrollment.run_key)
    same = [column == getattr(run, column.key) for column in columns]
    return bool(session.scalar(select(exists().where(*same, Enrollment.state == EnrollmentState.ACTIVE))))


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Enrollment, AutomationVersion.number, Contact.email, contact_name())
        .join(AutomationVersion, AutomationVersion.id == Enrollment.version_id)
        .join(Contact, Contact.id == Enrollment.contact_id)
    )


def _view(
    run: Enrollment, version: int, email: str | None, name: str, *, catalog: Catalog, language: Language
) -> EnrollmentView:
    return EnrollmentView(
        run.id,
        Person(run.contact_id, email, name),
        version,
        run.state,
        run.node,
        run.entered_at,
        run.exited_at,
        run.wake_at,
        run.reason.get(language) if run.reason else None,
        _held_by(run, catalog, language),
    )


def _held_by(run: Enrollment, catalog: Catalog, language: Language) -> str | None:
    if run.state != EnrollmentState.ACTIVE:
        return None
    last = read_path(run.path[-1:], run.entered_at)
    said = [say_ending(step, catalog) for step in last if step.port in {"quiet", "capped"}]
    return next((each.say(language) for each in said if each), None)
