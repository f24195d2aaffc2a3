"""What a contact is called on the screen."""

from sqlalchemy import ColumnElement, String, cast, func

from app.adapters.attributes import column
from app.adapters.catalog import load_catalog
from app.models import Contact
from nodes.catalog import Kind

_PARTS = ("FIRSTNAME", "LASTNAME")


def contact_name() -> ColumnElement[str]:
    """Return the name of `contact`: first and last name, else what else is known, for use in a select."""
    attributes = load_catalog().attributes
    parts = [attributes[name] for name in _PARTS if name in attributes and attributes[name].kind == Kind.TEXT]
    full = func.concat_ws(" ", *(func.nullif(func.btrim(column(each.id, each.kind)), "") for each in parts))
    known = (Contact.email, Contact.phone, Contact.ext_id, func.concat("#", cast(Contact.id, String)))
    return func.coalesce(func.nullif(full, ""), *known)
