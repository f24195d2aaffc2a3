"""Transactional mail, to be looked up again."""

from typing import Any, Final
from uuid import UUID

from flask import Response, jsonify, request
from sqlalchemy import Row, func, select

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.mail_records import happened, number_of, records, written_id
from app.compat.brevo.mail_senders import shown_sender
from app.compat.brevo.refusals import missing
from app.compat.brevo.requests import LARGEST_ID, numbers, period, slice_of, written
from app.errors import NotFound
from app.models import Message, TemplateVersion
from app.permissions import requires
from app.services import values
from app.services.mailing.compiling import with_links

_MOST: Final = 1000


@door.get("/smtp/emails")
@requires("mail.view")
def list_emails() -> Response:
    """List mail to an address, of a template, or of a Message-ID."""
    wanted = slice_of(500, _MOST)
    chosen = []
    if email := request.args.get("email"):
        chosen.append(Message.address == values.email(email))
    if templates := numbers("templateId"):
        chosen.append(TemplateVersion.template_id == templates[0])
    if reference := request.args.get("messageId"):
        chosen.append(Message.id == number_of(reference))
    if not chosen:
        raise missing("email", "One of email, templateId and messageId is needed")
    if (times := period(longest_days=30)) is not None:
        chosen.append(Message.created_at.between(*times))
    statement = records().where(*chosen)
    order = Message.id.desc() if wanted.newest_first else Message.id.asc()
    with db.transaction() as session:
        rows = session.execute(statement.order_by(order).limit(wanted.limit).offset(wanted.offset)).all()
        count = session.scalar(select(func.count()).select_from(statement.subquery()))
        return jsonify(transactionalEmails=[_shown(row) for row in rows], count=count)


@door.get("/smtp/emails/<uuid:number>")
@requires("mail.view")
def read_email(number: UUID) -> Response:
    """Show one mail as it was sent, with what became of it."""
    with db.transaction() as session:
        row = session.execute(records().where(Message.id == min(number.int, LARGEST_ID))).one_or_none()
        if row is None:
            raise NotFound("Email does not exist")
        message = row.Message
        version = session.get(TemplateVersion, message.version_id) if message.version_id else None
        told = happened().subquery()
        events = session.execute(
            select(told.c.event, told.c.at).where(told.c.message == message.id).order_by(told.c.at)
        )
        return jsonify(
            email=message.address,
            subject=message.subject,
            date=written(message.created_at),
            body=with_links(version.html, version.links) if version else "",
            events=[{"name": each.event, "time": written(each.at)} for each in events],
            attachmentCount=row.files,
            templateId=row.template_id or 0,
        )


def _shown(row: Row[Any]) -> dict[str, object]:
    message = row.Message
    return {
        "email": message.address,
        "subject": message.subject,
        "messageId": written_id(message, row.sender),
        "uuid": str(UUID(int=message.id)),
        "date": written(message.created_at),
        "from": shown_sender(row.sender)["email"],
        "templateId": row.template_id or 0,
        "tags": message.tags or [],
    }
