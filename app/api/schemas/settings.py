"""Forms of the workspace's settings: itself, its people, its programs' keys, its mail server, its log."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Line, Named, PageArguments, Paragraphs, Utc
from app.api.schemas.session import Password
from app.models import DeliveryState
from app.permissions import ROLES
from app.services.currencies import CURRENCIES
from app.services.mail import SECURITIES
from nodes.pressure import CapSchema, RateSchema
from nodes.quiet import QuietHoursSchema
from workflows.strict import BoundedList, Flag

LONGEST_EMAIL = 254


def _roles(*, required: bool = False) -> fields.List[str]:
    return BoundedList(
        fields.String(validate=validate.OneOf(ROLES)), required=required, validate=validate.Length(1, len(ROLES))
    )


class Email(fields.Email):
    """A mail address."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, validate=validate.Length(max=LONGEST_EMAIL))


class Role(Form):
    """A role, told by its name."""

    name = fields.String(required=True, validate=validate.OneOf(ROLES))


class Workspace(Form):
    """The workspace's own settings. Marketers may allow re-entry when `re_entry_by_marketers` is true.

    All amounts are in the `currency`, one of the `currencies` (ISO 4217). At most `hop_budget` automations may set each
    other off in a row. Events and ended runs are kept for `keep_months` whole months, messages to contacts for
    `keep_message_months`, what has left the outbox for `keep_delivery_days`; null: for ever. In the `quiet_hours`, on
    each contact's clock, automations that name none of their own do nothing that reaches it from outside. By the
    `frequency_caps`, automations together reach a contact at most so often in any span of that length, by one channel
    or (null) by all; by the `send_rates`, at most so many messages leave by a channel in any minute or hour.
    """

    name = Line(required=True)
    time_zone = fields.String(required=True)
    currency = fields.String(required=True)
    currencies = fields.List(fields.String(), required=True, dump_default=CURRENCIES)  # the same for everybody
    re_entry_by_marketers = fields.Boolean(required=True)
    hop_budget = fields.Integer(required=True)
    keep_months = fields.Integer(required=True, allow_none=True)
    keep_message_months = fields.Integer(required=True, allow_none=True)
    keep_delivery_days = fields.Integer(required=True, allow_none=True)
    quiet_hours = fields.Nested(QuietHoursSchema, required=True, allow_none=True)
    frequency_caps = fields.List(fields.Nested(CapSchema), required=True)
    send_rates = fields.List(fields.Nested(RateSchema), required=True)


class WorkspaceChange(Form):
    """What may change about the workspace."""

    name = Line()
    time_zone = Line()
    currency = Line()
    re_entry_by_marketers = Flag()
    hop_budget = fields.Integer(strict=True, validate=validate.Range(1, 50))
    keep_months = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 240))
    keep_message_months = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 240))
    keep_delivery_days = fields.Integer(strict=True, allow_none=True, validate=validate.Range(30, 3650))
    quiet_hours = fields.Nested(QuietHoursSchema, allow_none=True)
    frequency_caps = BoundedList(fields.Nested(CapSchema), validate=validate.Length(max=20))
    send_rates = BoundedList(fields.Nested(RateSchema), validate=validate.Length(max=20))


class User(Form):
    """A person who works here."""

    id = fields.Integer(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.Pluck(Role, "name", many=True, required=True)
    active = fields.Boolean(required=True)
    created_at = Utc(required=True)


class NewUser(Form):
    """A person to be added; without a password they cannot sign in until one is set."""

    email = Email(required=True)
    name = Line(required=True)
    roles = _roles(required=True)
    password = Password()


class UserChange(Form):
    """What may change about a person."""

    name = Line()
    roles = _roles()
    active = Flag()
    password = Password()


class ApiKey(Form):
    """A program's key; `prefix` is all of it that is ever shown again."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    prefix = fields.String(required=True)
    created_at = Utc(required=True)
    last_used_at = Utc(required=True, allow_none=True)


class ApiKeyName(Form):
    """What a key is for."""

    name = Line(required=True)


class CreatedApiKey(ApiKey):
    """A new key with its full text, this once."""

    key = fields.String(required=True)


class MailServer(Form):
    """How mail leaves; the password is written, never read."""

    configured = fields.Boolean(required=True)
    host = fields.String(required=True)
    port = fields.Integer(required=True)
    username = fields.String(required=True)
    has_password = fields.Boolean(required=True)
    security = fields.String(required=True, validate=validate.OneOf(SECURITIES))
    sender_name = fields.String(required=True)
    sender_email = fields.String(required=True)


class MailServerChange(Form):
    """A mail server to be used. An empty host: no server.

    Without `password` the stored one stays, unless host, port, username or security change.
    """

    host = Line(required=True, allow_empty=True)
    port = fields.Integer(required=True, strict=True, validate=validate.Range(1, 65535))
    username = Line(load_default="", allow_empty=True)
    password = fields.String(load_only=True, validate=validate.Length(max=1000), metadata={"format": "password"})
    security = fields.String(required=True, validate=validate.OneOf(SECURITIES))
    sender_name = Line(load_default="", allow_empty=True)
    sender_email = Email(required=True)


class TestMail(Form):
    """Where a test mail goes."""

    to = Email(required=True)


class SentMail(Form):
    """A mail that was sent, is about to be, or was kept because there is no mail server."""

    id = fields.Integer(required=True)
    to = fields.String(required=True)
    subject = fields.String(required=True)
    body_text = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(tuple(DeliveryState)))
    at = Utc(required=True)
    error = fields.String(required=True, allow_none=True)


class AuditArguments(PageArguments):
    """Which part of the log is wanted."""

    entity = Paragraphs(longest=100)
    entity_id = Paragraphs(longest=100)


class AuditEntry(Form):
    """One change, by a person, a program, or (neither) the command line.

    `name` is what the entity is called today; null once it is gone, and for what has no name.
    """

    id = fields.Integer(required=True)
    at = Utc(required=True)
    action = fields.String(required=True)
    entity = fields.String(required=True)
    entity_id = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    detail = fields.Dict(keys=fields.String(), required=True)
    user = fields.Nested(Named, required=True, allow_none=True)
    api_key = fields.Nested(Named, required=True, allow_none=True)
