"""The tracks of a cadence, over real mail: who opens or answers, who stays silent, and whose address takes none."""

from email.message import EmailMessage

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.services import outbox
from app.services.mailing import returns
from tests.factories import mailing
from tests.factories.automations import happens, make_score
from tests.factories.contacts import make_contact
from tests.factories.mailing import PERSON, address, sent_long_ago
from tests.factories.returns import answer, undelivered
from tests.factories.users import make_user
from tests.support import live
from tests.support.at_work import REP, agree, begin, look, mails, tag, tags, tasks
from tests.support.mailbox import Mailbox

INTRO, OTHER = "Cadence 1: introduction", "Cadence 2: another way to say it"


@pytest.fixture(autouse=True)
def _here(app: Flask, mailbox: Mailbox) -> None:
    mail_links.configure("https://cadenza.example.com")
    make_user("rep", email=REP)
    make_score()


def prospects(*names: str) -> dict[str, int]:
    """Contacts that the cadence takes, whose first mail has left."""
    begin("cadence")
    made = {name: make_contact(email=f"{name}@example.com", FIRSTNAME=name.title()) for name in names}
    agree(*made.values())
    for contact in made.values():
        tag(contact, add=["prospect"])
    look()
    outbox.deliver()
    return made


def place(mailbox: Mailbox, name: str) -> int:
    """Which of the letters somebody got."""
    return [letter["To"] for letter in mailbox.letters].index(f"{name}@example.com")


def letter_to(mailbox: Mailbox, name: str) -> EmailMessage:
    return mailbox.letters[place(mailbox, name)]


@pytest.mark.row("B17")
def test_who_opens_clicks_or_answers_takes_the_positive_track(client: FlaskClient, database: Session, mailbox: Mailbox):
    """At once, by a follow-up; a scanner that fetches the picture of a mail moves nobody."""
    people = prospects("opens", "answers", "scanned")
    client.get(address(mailbox, "o", place(mailbox, "scanned")), headers={"User-Agent": PERSON})  # within a second
    sent_long_ago(database)
    client.get(address(mailbox, "o", place(mailbox, "opens")), headers={"User-Agent": PERSON})
    returns.take(answer(letter_to(mailbox, "answers")))
    live.drain_all()
    assert [tags(people[name]) for name in people] == [{"prospect", "responsive"}] * 2 + [{"prospect"}]
    assert sorted(tasks()) == ["Call Answers: has read the mail", "Call Opens: has read the mail"]
    assert mails() == [INTRO] * 3


@pytest.mark.row("B18")
def test_who_stays_silent_for_a_day_takes_the_negative_track(database: Session, mailbox: Mailbox):
    """Not an hour before; by another mail, of another template, and a call."""
    people = prospects("silent")
    live.pass_time(hours=23)
    live.drain_all()
    assert (mails(), tasks()) == ([INTRO], [])
    live.pass_time(hours=1)
    live.drain_all()
    assert mails() == [INTRO, OTHER]
    assert tasks() == ["Call Silent: no answer to two mails"]
    assert tags(people["silent"]) == {"prospect"}


@pytest.mark.row("B19")
@pytest.mark.parametrize("hours", [48, 3])
def test_the_delay_is_a_setting(database: Session, hours: int):
    """The switch comes when it says: neither at 24 hours nor before."""
    first, second = mailing.template(INTRO), mailing.template(OTHER)
    steps = [
        ("began", "custom_event", {"event": "asked"}),
        ("mail", "send_email", {"template": first}),
        ("waits", "wait_for_reaction", {"at_most": {"amount": hours, "unit": "hours"}}),
        ("other", "send_email", {"template": second}),
    ]
    ways = [("began", "next", "mail"), ("mail", "next", "waits"), ("waits", "silent", "other")]
    live.activate(live.document(steps, ways))
    make_contact(email="silent@example.com")
    happens("asked", "silent@example.com")
    live.pass_time(hours=hours - 1)
    live.drain_all()
    assert mails() == [INTRO]
    live.pass_time(hours=1)
    live.drain_all()
    assert mails() == [INTRO, OTHER]


@pytest.mark.row("B20")
def test_who_cannot_be_reached_takes_a_third_way(database: Session, mailbox: Mailbox):
    """Whether the server refuses the mail at once or sends it back later; neither another mail nor a call follows."""
    mailbox.refused["gone@example.com"] = "550 5.1.1 no such user"
    people = prospects("gone", "returned")
    returns.take(undelivered(letter_to(mailbox, "returned"), "5.1.1", "550 5.1.1 no such user"))
    live.drain_all()
    live.pass_time(hours=48)
    live.drain_all()
    assert [tags(contact) for contact in people.values()] == [{"prospect", "bounced"}] * 2
    assert sorted(title.partition(":")[0] for title in tasks()) == [
        "Find another address for Gone",
        "Find another address for Returned",
    ]
    assert mails() == [INTRO] * 2
