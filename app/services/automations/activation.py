"""Switching automations on and off. Contacts inside keep the version they entered."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import deliveries, live
from app.adapters.catalog import bump_revision
from app.adapters.doorbell import ring, ring_sender
from app.adapters.engine.claim import hold_partitions
from app.errors import Conflict, Forbidden, Problem
from app.models import (
    PARTITIONS,
    Automation,
    AutomationState,
    AutomationVersion,
    Enrollment,
    EnrollmentState,
    HeldTimer,
    PendingEntry,
)
from app.services import audit, entries, watching
from app.services.automations import people
from app.services.automations.checking import demand_valid
from app.services.automations.drafts import (
    AutomationView,
    demand_current,
    demand_editable,
    find,
    means_the_same,
    now,
    touch,
    view,
)
from app.services.automations.pausing import Overdue, catch_up
from app.services.rehearsals.scenarios import blocking_scenarios
from nodes.texts import Language
from workflows.document import Document, dump, load
from workflows.moving import EVERYBODY_STAYS, Choices

_VISITED: Final = text(
    """
    INSERT INTO visit (automation_id, contact_id, run_key)
    SELECT DISTINCT automation_id, contact_id, run_key FROM enrollment WHERE automation_id = :automation
    ON CONFLICT DO NOTHING
    """
)
# A number of its own among those of the events: what came before has a smaller one.
_NEXT_EVENT: Final = text("SELECT nextval('event_id_seq')")


def activate(
    automation_id: int,
    language: Language,
    *,
    draft_revision: int | None = None,
    re_entry: bool | None = None,
    enter_now: Collection[str] = (),
    choices: Choices = EVERYBODY_STAYS,
    override: str | None = None,
) -> AutomationView:
    """Let the draft run from now on, as a new version if it differs from the one that ran.

    `draft_revision` is the one that was looked at, None for whichever there is; `re_entry` None leaves the draft's own
    choice. Whoever belongs already to the lists and segments of the triggers `enter_now` enters. Those inside do as
    `choices` say: they stay in their version if nothing is said. Scenarios that do not hold keep the
    draft from running, unless `override` says why it shall run all the same. Raises Conflict for another revision or
    such scenarios, Invalid with all errors of the draft or with the choices that lead nowhere, Forbidden when re-entry
    would change by somebody who may not choose it.
    """
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        demand_editable(automation)
        if draft_revision is not None:
            demand_current(automation, draft_revision, "draft_revision")
        document = load(automation.draft)
        if re_entry is not None and re_entry != document.settings.re_entry:
            document = replace(document, settings=replace(document.settings, re_entry=re_entry))
            automation.draft, automation.draft_revision = dump(document), automation.draft_revision + 1
        _guard_re_entry(session, automation, document)
        demand_valid(document, language)
        _guard_scenarios(session, automation_id, document, language, override)
        version = _publish(session, automation)
        people.ask(session, version, choices)
        _start(session, automation)
        watching.renew()
        entries.enter_members(session, automation_id, document, enter_now, language)
        audit.record("automation.activated", "automation", automation_id, people.told(version, choices))
        return view(session, automation)


def pause(automation_id: int) -> AutomationView:
    """Let nobody enter or move on, and nothing be sent; who is inside stays where they stand.

    Waits a moment for mails and calls that are on their way.
    """
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        if automation.state != AutomationState.ACTIVE:
            raise Conflict("Only an active automation can be paused.")
        hold_partitions(session, range(PARTITIONS))  # no batch that still takes it for active goes on after the answer
        _change_state(session, automation, AutomationState.PAUSED)
        deliveries.hold(session, automation_id)
        audit.record("automation.paused", "automation", automation_id)
        paused = view(session, automation)
    deliveries.finish_holding(automation_id)
    return paused


def resume(
    automation_id: int, language: Language = "en", *, overdue: Overdue = "now", spread_hours: int = 24
) -> AutomationView:
    """Let a paused automation go on: events from now on count.

    What fell due meanwhile happens now, or evenly over `spread_hours`, or its contacts leave and nothing held is sent.
    Raises Invalid with all that keeps its version from running.
    """
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        if automation.state != AutomationState.PAUSED:
            raise Conflict("Only a paused automation can be resumed.")
        running = _running(session, automation)
        if running is not None:
            demand_valid(load(running.document), language)  # the workspace may have changed meanwhile
        _start(session, automation, overdue, spread_hours)
        watching.renew()
        audit.record("automation.resumed", "automation", automation_id, {"overdue": overdue})
        return view(session, automation)


def archive(automation_id: int) -> AutomationView:
    """Put an automation away; the runs of those inside end here."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        demand_editable(automation)
        hold_partitions(session, range(PARTITIONS))
        _change_state(session, automation, AutomationState.ARCHIVED)
        session.execute(
            update(Enrollment)
            .where(Enrollment.automation_id == automation_id, Enrollment.state == EnrollmentState.ACTIVE)
            .values(state=EnrollmentState.STOPPED, exited_at=func.now(), wake_at=None)
        )
        deliveries.drop_stopped(session, automation_id)
        session.execute(delete(HeldTimer).where(HeldTimer.automation_id == automation_id))
        session.execute(delete(PendingEntry).where(PendingEntry.automation_id == automation_id))
        entries.cancel_all(session, automation_id)
        audit.record("automation.archived", "automation", automation_id)
        archived = view(session, automation)
    deliveries.finish_dropping(automation_id)
    return archived


def restore(automation_id: int) -> AutomationView:
    """Take an automation out of the archive, switched off."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        if automation.state != AutomationState.ARCHIVED:
            raise Conflict("This automation is not in the archive.")
        ran = automation.live_version_id is not None
        _change_state(session, automation, AutomationState.PAUSED if ran else AutomationState.DRAFT)
        audit.record("automation.restored", "automation", automation_id)
        return view(session, automation)


def _guard_re_entry(session: Session, automation: Automation, document: Document) -> None:
    """Re-entry is off until somebody who may choose it says otherwise, and then as they said."""
    version = _running(session, automation)
    before = load(version.document).settings.re_entry if version else False
    actor = permissions.current()
    if document.settings.re_entry != before and actor is not None and not actor.may("automations.re_entry"):
        wish = "on" if document.settings.re_entry else "off"
        raise Forbidden(f"You may not switch re-entry {wish}. Leave it as it is, or ask an admin to activate.")


def _guard_scenarios(
    session: Session, automation_id: int, document: Document, language: Language, override: str | None
) -> None:
    """Let nothing run that its scenarios speak against, unless somebody says why; the log keeps who, and the reason."""
    failing = blocking_scenarios(session, automation_id, document, language)
    if not failing:
        return
    if override is None:
        problems = [
            Problem("override", "scenario_fails", name, "Change the draft, or say why it is right.") for name in failing
        ]
        raise Conflict(f"Scenarios do not hold: {', '.join(failing)}.", problems)
    detail = {"scenarios": failing, "reason": override}
    audit.record("automation.scenarios_overridden", "automation", automation_id, detail)


def _publish(session: Session, automation: Automation) -> AutomationVersion:
    """Make the draft the version that contacts enter."""
    running = _running(session, automation)
    if running is not None and means_the_same(running.document, automation.draft):
        return running
    actor = permissions.current()
    last = session.scalar(
        select(func.max(AutomationVersion.number)).where(AutomationVersion.automation_id == automation.id)
    )
    version = AutomationVersion(
        automation_id=automation.id,
        number=(last or 0) + 1,
        document=automation.draft,
        created_by=actor.user_id if actor else None,
    )
    session.add(version)
    session.flush()
    automation.live_version_id = version.id
    before = load(running.document).settings.re_entry if running else False
    if before and not load(automation.draft).settings.re_entry:
        _remember_visits(session, automation)
    return version


def _remember_visits(session: Session, automation: Automation) -> None:
    """From now on everybody enters once: whoever was inside before has had their turn."""
    hold_partitions(session, range(PARTITIONS))
    session.execute(_VISITED, {"automation": automation.id})


def _start(session: Session, automation: Automation, overdue: Overdue = "now", spread_hours: int = 24) -> None:
    """Count events from now on, unless it runs already: then none may be missed."""
    if automation.state != AutomationState.ACTIVE:
        hold_partitions(session, range(PARTITIONS))  # a batch that takes it for paused must end first
        automation.activated_at = now(session)
        automation.first_event = session.scalars(_NEXT_EVENT).one()
        catch_up(session, automation.id, overdue, spread_hours)
        db.after_commit(lambda: ring(range(PARTITIONS)))
        db.after_commit(ring_sender)
    _change_state(session, automation, AutomationState.ACTIVE)


def _change_state(session: Session, automation: Automation, state: AutomationState) -> None:
    automation.state = state
    touch(session, automation)
    bump_revision()
    live.publish(live.WORKSPACE, "stats", {"automation_id": automation.id})


def _running(session: Session, automation: Automation) -> AutomationVersion | None:
    return session.get(AutomationVersion, automation.live_version_id) if automation.live_version_id else None
