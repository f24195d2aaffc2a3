import pytest
import sib_api_v3_sdk
from brevo import Brevo
from brevo.core.api_error import ApiError
from brevo.errors import BadRequestError, NotFoundError

from app.services import attributes
from nodes.catalog import Kind

IDENTIFIERS = {
    "email_id": "ann+shop@example.com",
    "ext_id": "shop/42?x#y %2F",
    "phone_id": "+33612345678",
    "whatsapp_id": "+33700000001",
    "landline_number_id": "+33123456789",
}


@pytest.fixture
def ann(brevo: Brevo) -> int:
    """A contact with every identifier."""
    attributes.create("SCORE", Kind.NUMBER)
    made = brevo.contacts.create_contact(
        email=IDENTIFIERS["email_id"],
        ext_id=IDENTIFIERS["ext_id"],
        attributes={
            "FIRSTNAME": "Ann",
            "SCORE": 20,
            "NOBODY": "dropped",
            "SMS": IDENTIFIERS["phone_id"],
            "WHATSAPP": IDENTIFIERS["whatsapp_id"],
            "LANDLINE_NUMBER": IDENTIFIERS["landline_number_id"],
        },
    )
    return made.id


def test_one(brevo: Brevo, ann: int):
    """x."""
    got = brevo.contacts.get_contact_info("ann+shop@example.com")
    print(got)
    assert 0
