"""Forms of automations as they are searched and read."""

from typing import get_args

from marshmallow import fields, validate

from app.api.language import Localised
from app.api.schemas.automations import EnrolledContact
from app.api.schemas.base import Form, Line, Named
from app.api.schemas.documents import WrittenDocument
from app.models import AutomationState
from nodes.texts import LANGUAGES
from workflows.search import Place

_PLACE = validate.OneOf(get_args(Place))


class StepSearch(Localised):
    """What is looked for: in types of steps, attributes they use, and texts; or in one of these.

    `automation_id` is the automation to look in; without, all outside of the archive.
    """

    text = Line(required=True)
    place = fields.String(load_default=None, validate=_PLACE)
    automation_id = fields.Integer(load_default=None)


class FoundStep(Form):
    """A step that was found; `node` and `type` are null for settings of the whole automation."""

    automation = fields.Nested(Named, required=True)
    state = fields.String(required=True, validate=validate.OneOf(tuple(AutomationState)))
    node = fields.String(required=True, allow_none=True)
    type = fields.String(required=True, allow_none=True)
    step = fields.String(required=True)
    place = fields.String(required=True, validate=_PLACE)
    excerpt = fields.String(required=True)


class PersonSearch(Localised):
    """Words of the name or email of those looked for."""

    search = Line(required=True)


class PersonInside(Form):
    """One contact inside an automation, and the step where it stands."""

    id = fields.Integer(required=True)
    automation = fields.Nested(Named, required=True)
    contact = fields.Nested(EnrolledContact, required=True)
    version = fields.Integer(required=True)
    node = fields.String(required=True)
    step = fields.String(required=True)


class Telling(Form):
    """A document to be told, and the language to tell it in."""

    document = WrittenDocument(required=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


class ToldLine(Form):
    """One line of an automation's text, `depth` steps further in."""

    depth = fields.Integer(required=True)
    node = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)
