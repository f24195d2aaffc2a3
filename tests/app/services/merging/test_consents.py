"""What two contacts agreed to, when they become one and two again: who said no anywhere is not written to."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.models import ConsentState, Suppression
from app.services import contacts, merging
from app.services.consents.choosing import Choice, choose
from app.services.contacts import ContactInput, Identifier
from app.services.mailing import suppressions
from app.services.merging import Way
from tests.factories.consents import agrees, history, make_topic, stands
from tests.factories.contacts import make_contact

ADA, ADAS = "ada@example.com", "ada.private@example.com"


@pytest.fixture
def pair(database: Session) -> tuple[int, int]:
    """Ada, and Ada by another address."""
    return make_contact(email=ADA), make_contact(email=ADAS)


def test_the_stricter_consent_wins(database: Session, pair: tuple[int, int]):
    """Withdrawn by either is withdrawn; given by one of them is given; the proof of both is kept."""
    ada, other = pair
    left, given = make_topic("Left"), make_topic("Given")
    agrees(ada, left)
    agrees(other, left, given)
    choose(other, Choice([left], ConsentState.WITHDRAWN))

    merge = merging.merge(ada, other, {}).id
    assert stands(database, ada) == {left: "withdrawn", given: "given"}
    assert [each[:2] for each in history(database, ada)] == [
        ("Left", "given"),
        ("Left", "given"),
        ("Given", "given"),
        ("Left", "withdrawn"),
    ]
    merging.undo(ada, merge)
    assert stands(database, ada) == {left: "given"}
    assert stands(database, other) == {left: "withdrawn", given: "given"}


def test_who_takes_no_mail_takes_none_afterwards(database: Session, pair: tuple[int, int]):
    """By a flag of the other, or because the person asked for none at the other address."""
    ada, other = pair
    third = make_contact(email="third@example.com")
    contacts.update(ContactInput(who=Identifier("id", third), fields={"sms_blacklisted": True}))
    suppressions.add(ADAS)

    merging.merge(ada, other, {})
    merging.merge(ada, third, {})

    view = contacts.get(ada)
    assert (view.email_blacklisted, view.sms_blacklisted) == (True, True)
    assert database.scalar(select(func.count()).select_from(Suppression)) == 1


@pytest.mark.parametrize("address", [ADA, ADAS])
@pytest.mark.parametrize("chosen", ["kept", "other"])
def test_who_asked_for_no_mail_at_one_address_gets_none_at_the_other(
    database: Session, pair: tuple[int, int], address: str, chosen: Way
):
    """Whichever of the two addresses is kept: at the one itself nothing is sent, and the preview says so before."""
    suppressions.add(address)
    assert merging.preview(*pair).takes_no_mail
    merging.merge(*pair, {"email": chosen})
    given_up = ADAS if chosen == "kept" else ADA
    assert contacts.get(pair[0]).email_blacklisted == (address == given_up)


def test_who_asked_for_less_since_is_not_written_to_after_undoing(database: Session, pair: tuple[int, int]):
    """The kept one would get its consent back, but somebody said no since: no stays no."""
    ada, other = pair
    topic, later = make_topic("Topic"), make_topic("Later")
    agrees(ada, topic, later)
    agrees(other, topic)
    choose(other, Choice([topic], ConsentState.WITHDRAWN))
    merge = merging.merge(ada, other, {}).id
    choose(ada, Choice([later], ConsentState.WITHDRAWN))
    database.execute(text("UPDATE consent_change SET at = now() + interval '1 minute' WHERE topic = 'Later'"))

    merging.undo(ada, merge)

    assert stands(database, ada) == {topic: "withdrawn", later: "withdrawn"}
