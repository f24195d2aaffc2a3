"""Noting what a contact said elsewhere: staff on the telephone, a form, another program."""

from collections.abc import Sequence
from typing import NamedTuple

from app import db, permissions
from app.errors import NotFound
from app.models import ConsentSource, ConsentState, Contact
from app.services.consents import confirming, giving
from app.services.consents.giving import Origin, Wish
from nodes.texts import Language


class Choice(NamedTuple):
    """Topics that a contact agreed to, or took back. No `source`: who notes it, a person or a program.

    `list_id`: the list to join once it is confirmed by mail.
    """

    topics: Sequence[int]
    state: ConsentState
    source: ConsentSource | None = None
    detail: str | None = None
    confirmed: bool = False
    language: Language | None = None
    list_id: int | None = None


def choose(contact_id: int, choice: Choice) -> None:
    """Keep a choice; topics that are to be confirmed are asked about by mail unless that was done elsewhere.

    Raises NotFound for an unknown contact or topic, and as `confirming.agree` does.
    """
    actor = permissions.current()
    by_hand = ConsentSource.STAFF if actor and actor.kind == "person" else ConsentSource.API
    origin = Origin(choice.source or by_hand, choice.detail)
    if choice.state == ConsentState.GIVEN and not choice.confirmed:
        confirming.agree(contact_id, choice.topics, origin, choice.language, choice.list_id)
        return
    with db.transaction() as session:
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)
        topics = confirming.known(session, choice.topics)
        giving.settle(session, [Wish(contact_id, topic, choice.state) for topic in topics], origin)
