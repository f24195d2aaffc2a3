"""Making the demo world, all of it in one transaction: killed half-way, it is made anew at the next start."""

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from functools import partial
from random import Random
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import bump_revision
from app.models import Contact, User, Workspace
from app.permissions import acting_as
from app.services import users
from app.services.automations.activation import pause
from app.services.demo import campaigns, furniture, post, programme, sales, team, website
from app.services.demo.happenings import DAYS, make_moments
from app.services.demo.history import Change, replay
from app.services.demo.people import Company, Person, make_companies, make_people
from app.services.demo.team import FORMER, MEMBERS, PASSWORD, DemoLogin

SEED: Final = 2026
PEOPLE: Final = 2000
COMPANIES: Final = 150

_LABEL: Final = "Making the demo world"

Progress = Callable[[str, float], None]


def seed_if_empty(
    progress: Progress, *, seed: int = SEED, people: int = PEOPLE, companies: int = COMPANIES
) -> Sequence[DemoLogin]:
    """Make the demo world where nobody works yet; returns whom to sign in as, none where it is no demo workspace.

    The same seed makes the same people doing the same things, in the 30 days before now. `progress` is called with a
    label and the fraction done.
    """
    with db.transaction() as session:
        if not _is_empty(session):
            return team.logins() if session.scalar(select(Workspace.demo)) else []
        _seed(session, Random(seed), people, companies, partial(progress, _LABEL))
    return [DemoLogin(each.role, each.email, PASSWORD) for each in MEMBERS]


def _is_empty(session: Session) -> bool:
    return not session.scalar(select(select(User).exists() | select(Contact).exists()))


def _seed(session: Session, rng: Random, count: int, companies: int, progress: Callable[[float], None]) -> None:
    progress(0)
    now = session.scalars(select(func.now())).one().astimezone(UTC)
    employers = make_companies(rng, companies)
    people = make_people(rng, count, employers, now)
    moments = make_moments(rng, people, now, _of_a_big_company(people, employers))
    ids_of = team.join()
    reps = [ids_of[each.email] for each in MEMBERS if each.role == "rep"]
    lists = furniture.furnish(session)
    written = furniture.populate(session, employers, people, reps, lists)
    known = zip(people, written.contacts, strict=True)
    readers = [post.Reader(id_, each.email, each.created_at) for each, id_ in known if each.newsletter]
    plan = post.write(session, readers, lists["Newsletter"])
    progress(0.1)
    since = now - timedelta(days=DAYS)
    with acting_as(team.actor("admin", ids_of)):
        automations = programme.start(session, team.actor("marketer", ids_of), since)
        changes = [
            Change(since + timedelta(days=25), partial(users.deactivate, ids_of[FORMER.email])),
            Change(since + timedelta(days=27), partial(pause, automations["hot_lead_alert"])),
        ]
        replay(session, moments, written.contacts, changes, lambda done: progress(0.1 + 0.85 * done))
        campaigns.send(session, plan, readers, written.contacts, moments)
        website.set_up(session, written.contacts, moments)
    programme.mend_the_fault(automations, team.actor("sales_admin", ids_of))
    programme.date_changes(session, automations, now)
    programme.ask_about_the_fault(session, automations, team.actor("sales_admin", ids_of), now - timedelta(days=2))
    sales.sell(session, sales.Selling(rng, now, employers, people, written, reps))
    sales.look_after(session, now)
    bump_revision()
    progress(1)


def _of_a_big_company(people: Sequence[Person], employers: Sequence[Company]) -> int | None:
    """Return the place of one whose request for a demo fails, so that there is always something to look into."""
    works_there = (
        place
        for place, each in enumerate(people)
        if each.company is not None and employers[each.company].size >= programme.BIG_COMPANY
    )
    return next(works_there, None)
