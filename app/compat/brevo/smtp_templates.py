"""Templates of mail, with what Brevo says of one besides: its sender, where answers go, whether it is active."""

import re
from typing import Any, Final, NamedTuple

from flask import Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import MethodNotAllowed

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.mail_senders import sender_id, shown_sender
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body, part_of, slice_of, written
from app.errors import Conflict, Invalid, NotFound
from app.models import Template, TemplateFormat
from app.permissions import requires
from app.services import contacts, values
from app.services.contacts import Identifier
from app.services.mailing import previews, templates, transactional
from app.services.mailing.moulds import Words
from app.services.mailing.templates import Written

_MOST: Final = 1000
DOI_LINK: Final = "DOIurl"
"""The parameter by which a template leads to where an address is confirmed."""
_SHORTEST: Final = 10
_DONE: Final = ("", 204)
# Brevo’s own places for it.
_OPT_IN_PLACES: Final = re.compile(r"\{\{\s*doubleoptin\s*\}\}|\[DOUBLEOPTIN\]")


class Kept(NamedTuple):
    """A template as a program sends it: what it says, and what is sent along where the program says nothing else."""

    words: Words
    sender: int | None
    reply_to: str | None
    active: bool


def kept(template_id: int) -> Kept:
    """Return what is sent of a template. Raises Invalid."""
    with db.transaction() as session:
        template = session.get(Template, template_id)
        if template is None:
            raise wrong("templateId", "Template ID does not exist")
        said = _said(template)
        words = Words(
            template.subject,
            template.source,
            written_in=TemplateFormat(template.format),
            preheader=template.preheader,
            template_id=template.id,
        )
        return Kept(words, said["sender"], said["reply_to"] or None, said["active"])


@door.get("/smtp/templates")
@requires("mail.view")
def list_templates() -> Response:
    """List the templates."""
    status = request.args.get("templateStatus")
    if status and status.lower() not in {"true", "false"}:
        raise wrong("templateStatus", "templateStatus should be true or false")
    with db.transaction() as session:
        found = [
            each
            for each in session.scalars(select(Template))
            if not status or _said(each)["active"] is (status.lower() == "true")
        ]
        page = part_of(found, slice_of(50, _MOST))
        return jsonify(templates=[_shown(each) for each in page], count=len(found))


@door.post("/smtp/templates")
@requires("mail.edit")
def create_template() -> tuple[Response, int]:
    """Make a template."""
    sent = body()
    name, subject = sent.needed_text("templateName"), sent.needed_text("subject")
    if not sent.has("sender"):
        raise missing("sender")
    _demand_words(sent)
    if not sent.has("htmlContent"):
        raise missing("htmlContent")
    with db.transaction() as session:
        try:
            number = templates.create(name, Written(subject, "", *_source(sent)))
        except Conflict as error:
            raise Invalid.field("templateName", "taken", error.message) from error
        session.get_one(Template, number).envelope = _envelope(sent, {"active": False})
    return jsonify(id=number), 201


@door.get("/smtp/templates/<id:template_id>")
@requires("mail.view")
def read_template(template_id: int) -> Response:
    """Show one template."""
    with db.transaction() as session:
        return jsonify(_shown(_found(session, template_id)))


@door.put("/smtp/templates/<id:template_id>")
@requires("mail.edit")
def update_template(template_id: int) -> tuple[str, int]:
    """Change what is given of a template."""
    sent = body()
    with db.transaction() as session:
        template = _found(session, template_id)
        _demand_words(sent)
        if any(sent.has(field) for field in ("templateName", "subject", "htmlContent")):
            format_, source = _source(sent) if sent.has("htmlContent") else (template.format, template.source)
            subject = sent.text("subject") or template.subject
            written_ = Written(subject, template.preheader, format_, source)
            templates.change(template_id, sent.text("templateName") or template.name, written_)
        template.envelope = _envelope(sent, _said(template))
    return _DONE


@door.delete("/smtp/templates/<id:template_id>")
@requires("mail.edit")
def delete_template(template_id: int) -> tuple[str, int]:
    """Delete a template that is not active."""
    with db.transaction() as session:
        if _said(_found(session, template_id))["active"]:
            raise MethodNotAllowed(description="An active template cannot be deleted; PUT isActive false first")
        templates.delete(template_id)
    return _DONE


@door.post("/smtp/templates/<id:template_id>/sendTest")
@requires("mail.edit")
def send_test_template(template_id: int) -> tuple[str, int]:
    """Mail a template to some addresses now, each as the contact of that address would get it."""
    addresses = [values.email(each, "emailTo") for each in body().texts("emailTo")]
    if not addresses:
        raise missing("emailTo", "emailTo is missing: there is no list of test addresses here")
    with db.transaction() as session:
        said = _said(_found(session, template_id))
    for address, contact in zip(
        addresses, contacts.resolve([Identifier("email", each) for each in addresses]), strict=True
    ):
        previews.send_test(template_id, address, contact, sender=said["sender"], reply_to=said["reply_to"])
    with db.transaction() as session:
        _found(session, template_id).envelope = {**said, "test_sent": True}
    return _DONE


@door.post("/smtp/template/preview")
@requires("mail.view")
def preview_template() -> Response:
    """Show what a template says to a contact, or with some values."""
    sent = body()
    template = kept(sent.needed_number("templateId"))
    contact = _contact_of(sent)
    filled = transactional.preview(template.words, contact, sent.mapping("params"))
    sender = shown_sender(template.sender)
    return jsonify(
        html=filled.html,
        subject=filled.subject,
        fromEmail=sender["email"],
        fromName=sender["name"],
        previewText=template.words.preheader,
    )


def _contact_of(sent: Body) -> int | None:
    if not sent.has("email"):
        return None
    (contact,) = contacts.resolve([Identifier("email", values.email(sent.text("email")))])
    if contact is None:
        raise wrong("email", "Contact does not exist")
    return contact


def _source(sent: Body) -> tuple[str, str]:
    source = sent.needed_text("htmlContent")
    if len(source) <= _SHORTEST:
        raise wrong("htmlContent", f"htmlContent should have more than {_SHORTEST} characters")
    source = _OPT_IN_PLACES.sub(f"{{{{ params.{DOI_LINK} }}}}", source)
    return TemplateFormat.MJML if source.lstrip().lower().startswith("<mjml") else TemplateFormat.HTML, source


def _demand_words(sent: Body) -> None:
    for field in ("htmlUrl", "attachmentUrl"):
        if sent.has(field):
            raise wrong(field, "Nothing is fetched from addresses here; send htmlContent")


def _envelope(sent: Body, before: dict[str, Any]) -> dict[str, Any]:
    """Return what is said besides the words, changed by what was sent."""
    said = dict(before)
    if sent.has("sender"):
        said["sender"] = sender_id(Body(sent.mapping("sender"), "sender."))
    if sent.has("replyTo"):
        said["reply_to"] = values.email(sent.text("replyTo"), "replyTo") if sent.text("replyTo") else ""
    for field, name in (("tag", "tag"), ("toField", "to_field")):
        if sent.has(field):
            said[name] = values.storable(field, sent.text(field), values.LONGEST_NAME)
    return said | {"active": sent.flag("isActive", default=said["active"])}


def _said(template: Template) -> dict[str, Any]:
    """What is said besides; a template that people made is active, and the mail server's address sends it."""
    usual = {"sender": None, "reply_to": "", "tag": "", "to_field": "", "active": True, "test_sent": False}
    return usual | (template.envelope or {})


def _found(session: Session, template_id: int) -> Template:
    template = session.get(Template, template_id)
    if template is None:
        raise NotFound("Template ID does not exist")
    return template


def _shown(template: Template) -> dict[str, object]:
    said = _said(template)
    return {
        "id": template.id,
        "name": template.name,
        "subject": template.subject,
        "isActive": said["active"],
        "testSent": said["test_sent"],
        "sender": shown_sender(said["sender"]),
        "replyTo": said["reply_to"],
        "toField": said["to_field"],
        "tag": said["tag"],
        "htmlContent": template.source,
        "createdAt": written(template.created_at),
        "modifiedAt": written(template.updated_at),
        "doiTemplate": DOI_LINK in template.source,
    }
