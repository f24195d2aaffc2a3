"""Forms of pipelines, deals, tasks and notes."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Line, Named, PageArguments, Paragraphs, Utc
from app.models import DealStatus
from app.services.deals import SORTS
from app.services.pipelines import MOST_STAGES
from workflows.strict import BoundedList, Flag

_STATUSES = tuple(DealStatus)
_MOST_CONTACTS = 200
_LARGEST_AMOUNT = 1e15


class Pipeline(Form):
    """A way that deals go, with its stages in order."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    is_default = fields.Boolean(required=True)
    stages = fields.List(fields.Nested(Named), required=True)


class StageWish(Form):
    """A stage: an existing one by its id, or without one a new one."""

    id = Id()
    name = Line(required=True)


class NewStage(Form):
    """A stage to be made."""

    name = Line(required=True)


class NewPipeline(Form):
    """A pipeline to be made."""

    name = Line(required=True)
    stages = BoundedList(fields.Nested(NewStage), required=True, validate=validate.Length(1, MOST_STAGES))


class PipelineChange(Form):
    """What may change about a pipeline."""

    name = Line()
    is_default = Flag()


class Deal(Form):
    """A possible sale. Its amount is in the workspace's `currency`."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    amount = fields.Float(required=True, allow_none=True)
    currency = fields.String(required=True)
    pipeline = fields.Nested(Named, required=True)
    stage = fields.Nested(Named, required=True)
    status = fields.String(required=True, validate=validate.OneOf(_STATUSES))
    owner = fields.Nested(Named, required=True, allow_none=True)
    company = fields.Nested(Named, required=True, allow_none=True)
    contacts = fields.List(fields.Nested(Named), required=True)
    created_at = Utc(required=True)
    modified_at = Utc(required=True)
    closed_at = Utc(required=True, allow_none=True)


class DealArguments(PageArguments):
    """Which deals are wanted."""

    pipeline = fields.Integer()
    stage = fields.Integer()
    status = fields.String(validate=validate.OneOf(_STATUSES))
    owner = fields.Integer()
    contact = fields.Integer()
    search = Paragraphs(longest=200)
    sort = fields.String(
        load_default="-modified_at", validate=validate.OneOf([sign + key for key in SORTS for sign in ("", "-")])
    )


class DealChange(Form):
    """What may change about a deal."""

    name = Line()
    amount = fields.Float(allow_none=True, validate=validate.Range(0, _LARGEST_AMOUNT))
    pipeline_id = Id()
    stage_id = Id()
    status = fields.String(validate=validate.OneOf(_STATUSES))
    owner_id = Id(allow_none=True)
    company_id = Id(allow_none=True)
    contact_ids = BoundedList(Id(), validate=validate.Length(max=_MOST_CONTACTS))


class NewDeal(DealChange):
    """A deal to be made; by default at the first stage of the default pipeline."""

    name = Line(required=True)


class Task(Form):
    """Something to do about a contact."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    note = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    done = fields.Boolean(required=True)
    done_at = Utc(required=True, allow_none=True)
    assignee = fields.Nested(Named, required=True, allow_none=True)
    contact = fields.Nested(Named, required=True)
    created_at = Utc(required=True)


class TaskArguments(PageArguments):
    """Which tasks are wanted; `mine`: the signed-in person's."""

    mine = fields.Boolean()
    done = fields.Boolean()
    contact = fields.Integer()


class TaskChange(Form):
    """What may change about a task."""

    title = Line()
    note = Paragraphs()
    due_on = fields.Date(allow_none=True)
    assignee_id = Id(allow_none=True)
    done = Flag()


class NewTask(TaskChange):
    """A task to be made."""

    title = Line(required=True)


class Note(Form):
    """A remark on a contact, by a person or an automation."""

    id = fields.Integer(required=True)
    text = fields.String(required=True)
    author = fields.String(required=True, allow_none=True)
    created_at = Utc(required=True)


class NewNote(Form):
    """A remark to be made."""

    text = Paragraphs(required=True, shortest=1)
