"""The verbs of contacts. Each takes and gives many at a time; the single ones are the same with one row."""

from app.services.contacts.batch import Mode, Outcome, Result
from app.services.contacts.inputs import IDENTIFIERS, ContactInput, FieldName, Identifier, IdentifierKind
from app.services.contacts.lookup import one, resolve
from app.services.contacts.reading import ContactView, fetch, get
from app.services.contacts.single import create, delete, update
from app.services.contacts.writing import write

__all__ = [
    "IDENTIFIERS",
    "ContactInput",
    "ContactView",
    "FieldName",
    "Identifier",
    "IdentifierKind",
    "Mode",
    "Outcome",
    "Result",
    "create",
    "delete",
    "fetch",
    "get",
    "one",
    "resolve",
    "update",
    "write",
]
