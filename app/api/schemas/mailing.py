"""Forms of mail to contacts: templates, senders, messages, and addresses that take none."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Line, PageArguments, Paragraphs, Utc
from app.api.schemas.settings import Email
from app.models import ConsentChannel, HitKind, MessageKind, MessageState, SuppressionReason, TemplateFormat
from app.services.mailing.compiling import LONGEST_SOURCE


class WrittenMail(Form):
    """A mail as its author writes it: MJML or HTML, with places to fill in like `{{ contact.FIRSTNAME }}`."""

    subject = Line(required=True)
    preheader = Line(allow_empty=True, load_default="")
    format = fields.String(load_default=TemplateFormat.MJML.value, validate=validate.OneOf(list(TemplateFormat)))
    source = Paragraphs(required=True, shortest=1, longest=LONGEST_SOURCE)


class NewMailTemplate(WrittenMail):
    """A template to keep."""

    name = Line(required=True)


class ChangedMailTemplate(NewMailTemplate):
    """A template as it is to be: `revision` as it was looked at, null for whichever there is."""

    revision = fields.Integer(strict=True, load_default=None, allow_none=True)


class MailTemplateLine(Form):
    """A template in a list, with how many messages were made of it."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    subject = fields.String(required=True)
    format = fields.String(required=True, validate=validate.OneOf(list(TemplateFormat)))
    updated_at = Utc(required=True)
    sent = fields.Integer(required=True)


class MailTemplate(Form):
    """A template."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    subject = fields.String(required=True)
    preheader = fields.String(required=True)
    format = fields.String(required=True, validate=validate.OneOf(list(TemplateFormat)))
    source = fields.String(required=True)
    revision = fields.Integer(required=True)
    created_at = Utc(required=True)
    updated_at = Utc(required=True)


class MailToPreview(WrittenMail):
    """A mail, and the contact who would get it; null: somebody of whom nothing is known."""

    contact_id = Id(load_default=None, allow_none=True)


class MailWarning(Form):
    """Something that may go wrong; `code` is stable, `subject` what it is about."""

    code = fields.String(required=True)
    subject = fields.String(required=True)
    message = fields.String(required=True)


class MailPreview(Form):
    """A mail as one contact would get it; `size` in bytes of its HTML."""

    subject = fields.String(required=True)
    html = fields.String(required=True)
    text = fields.String(required=True)
    size = fields.Integer(required=True)
    warnings = fields.List(fields.Nested(MailWarning), required=True)


class MailTest(Form):
    """Where to send a template to, filled for which contact."""

    to = Email(required=True)
    contact_id = Id(load_default=None, allow_none=True)


class NewSender(Form):
    """In whose name mail is sent."""

    name = Line(required=True)
    email = Email(required=True)


class Sender(Form):
    """A sender."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    created_at = Utc(required=True)


class NewSuppression(Form):
    """An address that is to take no mail; `@example.com` is each of that domain."""

    address = Line(required=True)


class SuppressionArguments(PageArguments):
    """Which suppressed addresses are wanted: those that contain `search`."""

    search = Line(allow_empty=True, load_default="")


class Suppression(Form):
    """An address that takes no mail, why, and since when."""

    id = fields.Integer(required=True)
    address = fields.String(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(list(SuppressionReason)))
    at = Utc(required=True)


class MailHit(Form):
    """An opening, a click (of `link`), an unsubscription or a return.

    `machine` says what gave a machine away; `detail`, what a mail server or provider said.
    """

    kind = fields.String(required=True, validate=validate.OneOf(list(HitKind)))
    link = fields.String(required=True, allow_none=True)
    machine = fields.String(required=True, allow_none=True)
    detail = fields.String(required=True, allow_none=True)
    at = Utc(required=True)


class MailMessage(Form):
    """A message to a contact, how far it came, and what was done with it."""

    id = fields.Integer(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(list(ConsentChannel)))
    kind = fields.String(required=True, validate=validate.OneOf(list(MessageKind)))
    state = fields.String(required=True, validate=validate.OneOf(list(MessageState)))
    reason = fields.String(required=True, allow_none=True)
    address = fields.String(required=True)
    subject = fields.String(required=True)
    automation_id = fields.Integer(required=True, allow_none=True)
    created_at = Utc(required=True)
    sent_at = Utc(required=True, allow_none=True)
    opened_at = Utc(required=True, allow_none=True)
    clicked_at = Utc(required=True, allow_none=True)
    hits = fields.List(fields.Nested(MailHit), required=True)
