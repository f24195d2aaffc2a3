from typing import Any

import pytest

from nodes.actions.send_alert import SendAlert
from nodes.deeds import Alert, Deeds, Person
from nodes.effects import Notify
from nodes.world import Contact, Event
from tests.support.steps import ADMIN, GONE, REP, ZOE, effects, faults, person, ports, reasons, registry, says, walk

HOT = {"to": "owner", "title": "{{ contact.FIRSTNAME }} is hot", "body": "Score {{ contact.SCORE }}"}


def shouted(template: str, contact: Contact, _event: Event) -> str:
    return f"{template} for {contact.id}\n"


def test_the_owner_is_told_with_the_contacts_data():
    """Title and text are filled in for each contact; the title stays one line."""
    step = walk("send_alert", HOT, person(1, owner=REP), render=shouted)
    title, body = f"{HOT['title']} for 1", f"{HOT['body']} for 1\n"
    assert effects(step) == [Notify(1, (REP,), title, body, by_mail=False)]


@pytest.mark.row("E30")
def test_without_an_owner_it_goes_to_the_unassigned():
    """A contact without an owner is told to nobody in particular: the admins' unassigned queue. Nothing is dropped."""
    assert effects(walk("send_alert", HOT, person(1)))[0].users == ()


@pytest.mark.parametrize(
    ("to", "users"),
    [
        ({"to": "users", "users": [ZOE, GONE]}, (ZOE,)),
        ({"to": "role", "role": "rep"}, (REP, ZOE)),
        ({"to": "role", "role": "admin"}, (ADMIN,)),
    ],
)
def test_users_and_roles_are_told(to: dict[str, Any], users: tuple[str, ...]):
    """Named users and everyone with a role are told, except who left."""
    config = {"title": "Hot", "by_mail": True} | to
    assert effects(walk("send_alert", config, person(1))) == [Notify(1, users, "Hot", "", by_mail=True)]


def test_only_the_contact_whose_owner_left_fails():
    """An alert that nobody would read fails with the reason; the others go on."""
    step = walk("send_alert", HOT, person(1, owner=GONE), person(2, owner=REP))
    assert reasons(step) == ["None of those to be alerted works here any more: gone@example.com."]
    assert ports(step) == {"next": [2]}


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, [("title", "missing")]),
        ({"to": "users", "title": "x"}, [("users", "missing")]),
        ({"to": "role", "role": "king", "title": "x"}, [("role", "unknown_role")]),
        ({"title": "{{ contact.GONE }}"}, [("title", "unknown_attribute")]),
        ({"title": "x", "by_mail": "yes"}, [("by_mail", "invalid")]),
    ],
)
def test_faults_are_named(config: dict[str, Any], found: list[tuple[str, str]]):
    """Receivers and texts must be there and refer to what exists."""
    assert faults("send_alert", config) == found


def test_it_reads_what_its_texts_name():
    """Attributes in the texts, and the owner, are loaded beforehand."""
    reads = registry()["send_alert"].reads({**HOT, "body": "{{ contact.email }} {{ contact.company.name }}"})
    assert (reads.attributes, reads.owner, reads.fields, reads.company) == ({"FIRSTNAME"}, True, True, True)
    assert not registry()["send_alert"].reads({"to": "role", "role": "rep", "title": "x"}).owner


def test_its_sentence_names_who_and_what():
    """Receiver and title are read out."""
    assert says("send_alert", {"to": "users", "users": [ZOE], "title": "Hot"}).en == "Alert Zoé: Hot"
    assert says("send_alert", HOT).fr == "Alerter le propriétaire\u00a0: {{ contact.FIRSTNAME }} is hot"


@pytest.mark.parametrize(
    ("title", "sent", "recalled"),
    [
        ("Hot lead", "Hot lead", True),
        ("Hot lead", "Hot lead today", False),
        ("{{ a }} is\n hot: {{ b }}!", "Ada is hot: 12!", True),
        ("{{ a }} is hot: {{ b }}!", "Ada is hot!", False),
        ("aba{{ a }}aba", "aba", False),
        ("x{{ a }}b{{ b }}ab", "x1ab", False),
        ("{{ a }} {{ b }}", "Ada Lovelace", False),
        (f"{'{{ a }} ' * 40}!x", "a " * 30 + "!", False),
    ],
)
def test_an_alert_is_told_from_others_by_its_words(title, sent, recalled):
    """Each word in its place; places alone could be any; and however many there are, it takes no time to tell."""
    deeds = Deeds(alerts=(Alert(Person("rep@example.com", "Rep"), sent, ""),))
    assert (SendAlert().recall({"title": title}, deeds) is not None) == recalled
