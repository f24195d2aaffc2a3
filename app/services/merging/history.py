"""Who became part of a contact, by whom and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.errors import NotFound
from app.models import ApiKey, Contact, ContactMerge, User
from app.services.views import Reference, reference

_UNDOER: Final = aliased(User)
_SHOWN: Final = (
    select(ContactMerge, User.name, ApiKey.name, _UNDOER.name)
    .outerjoin(User, User.id == ContactMerge.user_id)
    .outerjoin(ApiKey, ApiKey.id == ContactMerge.api_key_id)
    .outerjoin(_UNDOER, _UNDOER.id == ContactMerge.undone_by)
)


@dataclass(frozen=True, slots=True)
class MergeView:
    """One merge. `by`: a person; `by_program`: an API key. It can be undone unless `undone_at` says that it was."""

    id: int
    contact_id: int
    name: str
    at: datetime
    by: Reference | None
    by_program: Reference | None
    undone_at: datetime | None
    undone_by: Reference | None


def of_contact(contact_id: int) -> list[MergeView]:
    """Return what became part of a contact, the newest first. Raises NotFound."""
    with db.transaction() as session:
        if not session.scalar(select(exists().where(Contact.id == contact_id))):
            raise NotFound.thing("contact", contact_id)
        wanted = _SHOWN.where(ContactMerge.kept_id == contact_id).order_by(ContactMerge.id.desc())
        return [_view(*row) for row in session.execute(wanted)]


def one(session: Session, number: int) -> MergeView:
    """Return a merge that there is."""
    return _view(*session.execute(_SHOWN.where(ContactMerge.id == number)).one())


def _view(merge: ContactMerge, user: str | None, key: str | None, undoer: str | None) -> MergeView:
    return MergeView(
        merge.id,
        merge.merged_id,
        merge.name,
        merge.at,
        reference(merge.user_id, user),
        reference(merge.api_key_id, key),
        merge.undone_at,
        reference(merge.undone_by, undoer),
    )
