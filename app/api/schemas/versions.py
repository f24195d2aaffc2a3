"""Forms of versions, of the people inside them, and of what is to become of these."""

from typing import Any

from marshmallow import fields, post_load, validate

from app.api.language import Localised
from app.api.schemas.base import Form, Id, Named, Utc
from app.api.schemas.documents import PrintedDocument
from workflows.document import MOST_NODES
from workflows.moving import EVERYBODY_STAYS, Choice, Choices
from workflows.strict import BoundedList, Flag

_WAYS = ("stay", "move", "go", "leave")


class ChoiceForm(Form):
    """Stay in their version, move to the same step of the new one, go to its step `to`, or leave.

    Steps done before are not done again, unless they are to `repeat` them.
    """

    way = fields.String(required=True, validate=validate.OneOf(_WAYS))
    to = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))
    repeat = Flag(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Choice:
        return Choice(**data)


class PlacedChoice(ChoiceForm):
    """What is to become of those at one step of one version."""

    version = Id(required=True)
    node = fields.String(required=True, validate=validate.Length(1, 64))

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> tuple[tuple[int, str], Choice]:
        return (data.pop("version"), data.pop("node")), Choice(**data)


class PeopleChoices(Form):
    """What is to become of those inside older versions: of everybody, and of those at certain places."""

    everybody = fields.Nested(ChoiceForm, load_default=lambda: EVERYBODY_STAYS.everybody)
    places = BoundedList(fields.Nested(PlacedChoice), load_default=list, validate=validate.Length(max=4 * MOST_NODES))

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Choices:
        return Choices(data["everybody"], dict(data["places"]))


class InsideArguments(Localised):
    """Where they could be moved: to the draft, once it is published, or to the version that is live."""

    to = fields.String(load_default="draft", validate=validate.OneOf(("draft", "live")))


class Ahead(Form):
    """When contacts go on, the first and the last, and to which step. Null: when something happens; out, or unknown."""

    first = Utc(required=True, allow_none=True)
    last = Utc(required=True, allow_none=True)
    node = fields.String(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)


class PlaceInside(Form):
    """Those who stand at a step of a version since some time, and what is ahead of them: as it is, and if moved.

    `to` is where `move` takes them; null: nowhere, so they stay. `done`: steps that they may have done already.
    """

    version = fields.Integer(required=True)
    node = fields.String(required=True)
    words = fields.String(required=True)
    contacts = fields.Integer(required=True)
    since = Utc(required=True)
    latest = Utc(required=True)
    before = fields.Nested(Ahead, required=True)
    fit = fields.String(required=True, validate=validate.OneOf(("same", "changed", "removed")))
    to = fields.String(required=True, allow_none=True)
    after = fields.Nested(Ahead, required=True, allow_none=True)
    done = fields.List(fields.String(), required=True)


class Inside(Form):
    """Who is inside older versions, and where."""

    contacts = fields.Integer(required=True)
    places = fields.List(fields.Nested(PlaceInside), required=True)


class Version(Form):
    """A version; `live` is the one that contacts enter, `inside` how many are in it now."""

    number = fields.Integer(required=True)
    live = fields.Boolean(required=True)
    inside = fields.Integer(required=True)
    created_by = fields.Nested(Named, required=True, allow_none=True)
    created_at = Utc(required=True)


class WholeVersion(Form):
    """A version with its document, which never changes."""

    number = fields.Integer(required=True)
    created_by = fields.Nested(Named, required=True, allow_none=True)
    created_at = Utc(required=True)
    document = PrintedDocument()


class Move(Form):
    """People on their way to a version: whose turn came, of how many, and who did not stay."""

    version = fields.Integer(required=True)
    total = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    moved = fields.Integer(required=True)


class Stayed(Form):
    """How many had not had their turn when a move was cancelled."""

    stayed = fields.Integer(required=True)


class Versions(Form):
    """Every version, the newest first, and the moves that are under way."""

    items = fields.List(fields.Nested(Version), required=True)
    moving = fields.List(fields.Nested(Move), required=True)
