"""Taking what somebody submitted: the contact is found or made, agrees, joins the list, and an event is recorded."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import orjson

from app import db, permissions
from app.adapters import throttle
from app.errors import CadenzaError, TooManyRequests
from app.models import ConsentSource, ConsentState
from app.permissions import Actor
from app.services import contacts, lists
from app.services.consents import choosing, confirming
from app.services.consents.choosing import Choice
from app.services.contacts import ContactInput, Identifier
from app.services.forms import keeping
from app.services.forms.keeping import FormView
from app.services.forms.questions import Answers, hidden
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.web import receiving
from app.services.web.reading import Identity
from nodes.texts import language

PACE: Final = "20 per 10 minutes"
PACE_OVERALL: Final = "60 per 10 minutes"
"""How often a network address may submit one form, and all of them together."""

_VISITOR: Final = Actor("program", frozenset())


class Visit(NamedTuple):
    """Where a form was submitted: the page, and the browser as the script of one of our sites knows it, if it does."""

    page: str
    site: str = ""
    visitor: str = ""


def demand_pace(form: FormView, address: str) -> None:
    """Demand that a network address does not submit too often. Raises TooManyRequests."""
    for pace, what in ((PACE, str(form.id)), (PACE_OVERALL, "all")):
        if wait := throttle.exceeded(pace, ("form", what, address)):
            raise TooManyRequests(f"One address may submit {pace}. Send it again in {wait} s.", wait)


def submit(form: FormView, answers: Answers, visit: Visit, message_id: str) -> None:
    """Keep what was answered, durable on return; what comes again under the same id counts once.

    Anybody can type anybody's address: attributes that are known already are not overwritten, a telephone number, which
    personal messages go to, is given to new contacts only, topics are confirmed by mail where they ask for it, and who
    has left comes back by that alone.
    """
    who = [Identifier("email", answers.email)]
    with db.transaction() as session, permissions.acting_as(_VISITOR):
        is_new = contacts.resolve(who)[0] is None
        contact = receiving.introduce(Identity(who, answers.attributes))
        if is_new and answers.phone is not None:
            _add_phone(contact, answers.phone)
        _agree(form, contact, answers.topics)
        named = {f"field_{name}": value for name, value in hidden(form.design).items()}
        number = {"phone": answers.phone} if answers.phone else {}
        told = {"form": form.name, "kind": form.design["kind"], "page": visit.page, **number, **named}
        event = IncomingEvent("form_submitted", who, None, orjson.dumps(told), message_id=message_id)
        if record_events([event], source=f"form{form.id}").accepted:
            keeping.count_submitted(session, form.id)
    _join(visit, answers.email)


def _agree(form: FormView, contact_id: int, topics: Sequence[int]) -> None:
    """Agree to topics and join the form's list: who has left does neither before it answers a mail."""
    left = confirming.has_left(contact_id, topics)
    if topics:
        spoken = language(form.design["language"])
        later = form.list_id if left else None
        detail = f"form: {form.name}"
        choosing.choose(
            contact_id, Choice(topics, ConsentState.GIVEN, ConsentSource.FORM, detail, False, spoken, later)
        )
    if form.list_id is not None and not left:
        lists.add(form.list_id, [contact_id])


def _add_phone(contact_id: int, phone: str) -> None:
    """A number that somebody has already stays theirs."""
    if contacts.resolve([Identifier("phone", phone)])[0] is None:
        contacts.update(ContactInput(who=Identifier("id", contact_id), fields={"phone": phone}))


def _join(visit: Visit, email: str) -> None:
    """What the browser did before belongs to whom it turned out to be; who cannot be told apart loses nothing."""
    if not visit.site or not visit.visitor:
        return
    try:
        receiving.recognise(visit.site, visit.visitor, email)
    except CadenzaError:
        return
