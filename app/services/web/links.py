"""Links that somebody sends by hand, from a mailbox of their own, and that say all the same who comes by them."""

from app import db
from app.errors import Invalid, NotFound
from app.models import Contact
from app.services.web import identity, sites


def make(contact_id: int, address: str) -> str:
    """Return an address of a watched site by which this contact comes. Raises NotFound, Invalid."""
    with db.transaction() as session:
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)
        if not sites.is_watched(address):
            remedy = "Give an address like https://example.com/pricing whose domain stands under Settings → Websites."
            raise Invalid.field("address", "not_watched", "This is no page of a website that is watched.", remedy)
    return identity.signed(address, contact_id)
