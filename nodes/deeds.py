"""What is kept of what steps did to a contact, so that its page tells what happened instead of what was set."""

from typing import NamedTuple

from nodes.texts import Text


class Person(NamedTuple):
    """Somebody of the team, as called today."""

    email: str
    name: str


class Alert(NamedTuple):
    """An alert as it was sent."""

    to: Person
    title: str
    body: str


class Deeds(NamedTuple):
    """What was done to a contact by one automation at one moment: to whom it was handed over, who was told what."""

    owners: tuple[Person, ...] = ()
    alerts: tuple[Alert, ...] = ()


class Recalled(NamedTuple):
    """What a step did to a contact, in one line and, if there is more, in detail."""

    line: Text
    detail: str = ""
