"""Forms of consent: topics, and what contacts agreed to."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Line, Paragraphs, Utc
from app.models import ConsentChannel, ConsentSource, ConsentState
from app.services.consents.topics import LONGEST_DESCRIPTION
from nodes.texts import LANGUAGES
from workflows.strict import BoundedList, Flag

_MOST_TOPICS = 50


class NewConsentTopic(Form):
    """A topic that contacts can agree to.

    `public`: they find it on their page of preferences; `confirm`: who agrees elsewhere is asked by mail to confirm it.
    """

    name = Line(required=True)
    description = Paragraphs(load_default="", longest=LONGEST_DESCRIPTION)
    channel = fields.String(load_default=ConsentChannel.EMAIL.value, validate=validate.OneOf(list(ConsentChannel)))
    public = Flag(load_default=True)
    confirm = Flag(load_default=False)


class ConsentTopicView(Form):
    """A topic; `given` and `pending`: how many contacts agreed, and how many are to confirm it."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(list(ConsentChannel)))
    public = fields.Boolean(required=True)
    confirm = fields.Boolean(required=True)
    created_at = Utc(required=True)
    given = fields.Integer(required=True)
    pending = fields.Integer(required=True)


class ConsentStanding(Form):
    """Where a contact stands on a topic; null: it never said."""

    topic_id = fields.Integer(required=True)
    name = fields.String(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(list(ConsentChannel)))
    state = fields.String(required=True, allow_none=True, validate=validate.OneOf(list(ConsentState)))
    at = Utc(required=True, allow_none=True)


class ConsentChange(Form):
    """One change of consent; no topic: all of the channel. `by`: who of the workspace made it."""

    topic = fields.String(required=True, allow_none=True)
    channel = fields.String(required=True, validate=validate.OneOf(list(ConsentChannel)))
    state = fields.String(required=True, validate=validate.OneOf(list(ConsentState)))
    source = fields.String(required=True, validate=validate.OneOf(list(ConsentSource)))
    detail = fields.String(required=True, allow_none=True)
    message_id = fields.Integer(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    at = Utc(required=True)


class Consents(Form):
    """A contact's consent, topic by topic, the changes that led there, and the address of its page of preferences."""

    topics = fields.List(fields.Nested(ConsentStanding), required=True)
    changes = fields.List(fields.Nested(ConsentChange), required=True)
    preferences_link = fields.String(required=True)


class ConsentChoice(Form):
    """What a contact agreed to (`given`) or took back (`withdrawn`), and where: a page, a form, a paper.

    Topics that ask for it are confirmed by mail first; `confirmed` says that this was done already, elsewhere.
    `language`: in which to ask, where the contact's own is not known.
    """

    topics = BoundedList(Id(), required=True, validate=validate.Length(1, _MOST_TOPICS))
    state = fields.String(required=True, validate=validate.OneOf([ConsentState.GIVEN, ConsentState.WITHDRAWN]))
    source = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf([ConsentSource.API, ConsentSource.FORM, ConsentSource.STAFF]),
    )
    detail = Line(load_default=None, allow_none=True)
    confirmed = Flag(load_default=False)
    language = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(LANGUAGES))
