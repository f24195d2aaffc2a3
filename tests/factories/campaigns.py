"""Campaigns for tests."""

from typing import Any

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from app.models import Campaign
from app.services import lists, outbox
from app.services.campaigns import running, spreading, writing
from app.services.campaigns.plans import Plan
from tests.factories.contacts import make_contact
from tests.factories.mailing import template


def list_of(*emails: str, name: str = "News") -> int:
    """A list with a new contact for each address; returns its id."""
    number = lists.create(name)
    lists.add(number, [make_contact(email=each) for each in emails])
    return number


def make_campaign(name: str = "Sale", **settings: Any) -> int:
    """A draft that could start: to Maria alone, unless said otherwise; returns its id."""
    if "lists" not in settings and "segments" not in settings:
        settings["lists"] = (list_of("maria@example.com", name=f"List of {name}"),)
    if "template" not in settings:
        settings["template"] = template(f"Template of {name}")
    return writing.create(name, Plan(**settings))


def start(name: str = "Sale", **settings: Any) -> int:
    """Such a campaign, started."""
    number = make_campaign(name, **settings)
    running.start(number)
    return number


def work(database: Session) -> None:
    """Do what campaigns have to do, and let all mail leave that may, until nothing is left."""
    for _ in range(3):  # what has just left is looked at once more
        waits_for_winner = Campaign.decide_at.is_not(None) & Campaign.winner.is_(None)
        database.execute(update(Campaign).where(~waits_for_winner).values(next_at=func.now()))
        while spreading.go_on() or outbox.deliver_due():
            pass
