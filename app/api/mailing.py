"""Mail to contacts: templates, senders, what each contact got, and addresses that take none."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import PageArguments, all_of, page_of
from app.api.schemas.mailing import (
    ChangedMailTemplate,
    MailMessage,
    MailPreview,
    MailTemplate,
    MailTemplateLine,
    MailTest,
    MailToPreview,
    NewMailTemplate,
    NewSender,
    NewSuppression,
    Sender,
    Suppression,
    SuppressionArguments,
)
from app.permissions import requires
from app.services.mailing import messages, previews, senders, suppressions, templates
from app.services.mailing.messages import MessageView
from app.services.mailing.previews import Preview
from app.services.mailing.senders import SenderView
from app.services.mailing.suppressions import SuppressionView
from app.services.mailing.templates import TemplateView, Written
from app.services.paging import Page

blueprint = Blueprint("mailing", __name__, url_prefix="/api", description="Mail to contacts.")


@blueprint.get("/mail-templates")
@requires("mail.view")
@blueprint.response(200, all_of(MailTemplateLine))
def every_template() -> dict[str, Any]:
    """List all templates, the one changed last first."""
    return {"items": templates.every()}


@blueprint.post("/mail-templates")
@requires("mail.edit")
@blueprint.arguments(NewMailTemplate)
@blueprint.response(201, MailTemplate)
def create_template(new: dict[str, Any]) -> TemplateView:
    """Keep a new template."""
    return templates.get(templates.create(new["name"], _written(new)))


@blueprint.get("/mail-templates/<id:id>")
@requires("mail.view")
@blueprint.response(200, MailTemplate)
def read_template(id: int) -> TemplateView:
    """Read one template."""
    return templates.get(id)


@blueprint.put("/mail-templates/<id:id>")
@requires("mail.edit")
@blueprint.arguments(ChangedMailTemplate)
@blueprint.response(200, MailTemplate)
def change_template(new: dict[str, Any], id: int) -> TemplateView:
    """Write a template anew; what is sent from now on looks like that. 409 if it is another by now."""
    templates.change(id, new["name"], _written(new), new["revision"])
    return templates.get(id)


@blueprint.post("/mail-templates/<id:id>/copy")
@requires("mail.edit")
@blueprint.response(201, MailTemplate)
def copy_template(id: int) -> TemplateView:
    """Keep a copy under a free name."""
    return templates.get(templates.copy(id))


@blueprint.delete("/mail-templates/<id:id>")
@requires("mail.edit")
@blueprint.response(204)
def remove_template(id: int) -> None:
    """Delete a template. Refused while automations send it."""
    templates.delete(id)


@blueprint.post("/mail-templates/preview")
@requires("mail.view")
@blueprint.arguments(MailToPreview)
@blueprint.response(200, MailPreview)
def preview(new: dict[str, Any]) -> Preview:
    """Show a mail as a contact would get it, with what may go wrong. Nothing is kept."""
    return previews.preview(_written(new), new["contact_id"])


@blueprint.post("/mail-templates/<id:id>/test")
@requires("mail.edit")
@blueprint.arguments(MailTest)
@blueprint.response(204)
def send_test(wanted: dict[str, Any], id: int) -> None:
    """Mail a template to an address now."""
    previews.send_test(id, wanted["to"], wanted["contact_id"])


@blueprint.get("/senders")
@requires("mail.view")
@blueprint.response(200, all_of(Sender))
def every_sender() -> dict[str, Any]:
    """List all senders."""
    return {"items": senders.every()}


@blueprint.post("/senders")
@requires("settings.edit")
@blueprint.arguments(NewSender)
@blueprint.response(201, Sender)
def create_sender(new: dict[str, str]) -> SenderView:
    """Add a sender."""
    return senders.get(senders.create(new["name"], new["email"]))


@blueprint.put("/senders/<id:id>")
@requires("settings.edit")
@blueprint.arguments(NewSender)
@blueprint.response(200, Sender)
def change_sender(new: dict[str, str], id: int) -> SenderView:
    """Give a sender another name or address."""
    senders.change(id, new["name"], new["email"])
    return senders.get(id)


@blueprint.delete("/senders/<id:id>")
@requires("settings.edit")
@blueprint.response(204)
def remove_sender(id: int) -> None:
    """Delete a sender. Refused while automations send in its name."""
    senders.delete(id)


@blueprint.get("/suppressions")
@requires("mail.edit")
@blueprint.arguments(SuppressionArguments, location="query")
@blueprint.response(200, page_of(Suppression))
def some_suppressions(wanted: dict[str, Any]) -> Page[SuppressionView]:
    """List addresses that take no mail, the newest first."""
    return suppressions.some(paging(wanted), wanted["search"])


@blueprint.post("/suppressions")
@requires("mail.edit")
@blueprint.arguments(NewSuppression)
@blueprint.response(204)
def suppress(new: dict[str, str]) -> None:
    """Let an address take no mail any more."""
    suppressions.add(new["address"])


@blueprint.delete("/suppressions/<id:id>")
@requires("settings.edit")
@blueprint.response(204)
def lift(id: int) -> None:
    """Let an address take mail again."""
    suppressions.remove(id)


@blueprint.get("/contacts/<id:id>/messages")
@requires("contacts.view")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(MailMessage))
def of_contact(wanted: dict[str, Any], id: int) -> Page[MessageView]:
    """List what a contact got, the newest first, with what was done with it."""
    return messages.of_contact(id, paging(wanted))


def _written(new: dict[str, Any]) -> Written:
    return Written(new["subject"], new["preheader"], new["format"], new["source"])
