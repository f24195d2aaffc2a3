"""Forms of automations, their problems, figures and runs."""

from marshmallow import fields, validate

from app.api.language import Localised
from app.api.schemas.base import LARGEST_ID, Form, Id, Line, PageArguments, Paragraphs, Utc
from app.api.schemas.documents import PrintedDocument, WrittenDocument
from app.api.schemas.versions import PeopleChoices
from app.models import AutomationState, EnrollmentState
from app.services.automations.overview import DAYS
from workflows.document import LONGEST_NAME, MOST_NODES
from workflows.moving import EVERYBODY_STAYS
from workflows.strict import BoundedList, Flag

_STATES = tuple(AutomationState)
_RUN_STATES = tuple(EnrollmentState)
_MOST_DAYS = 366


def _days() -> fields.List[int]:
    return fields.List(fields.Integer, required=True, validate=validate.Length(equal=DAYS))


class AutomationArguments(PageArguments, Localised):
    """Which automations are wanted; those in the archive come only when asked for."""

    search = Paragraphs(longest=LONGEST_NAME)
    state = fields.String(validate=validate.OneOf(_STATES))


class ProblemCount(Form):
    """How much is wrong with a draft."""

    errors = fields.Integer(required=True)
    warnings = fields.Integer(required=True)


class AutomationRow(Form):
    """An automation in the list; the figures of 30 days begin with the oldest."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(_STATES))
    updated_at = Utc(required=True)
    updated_by = fields.String(required=True, allow_none=True)
    activated_at = Utc(required=True, allow_none=True)
    trigger_summaries = fields.List(fields.String(), required=True)
    inside = fields.Integer(required=True)
    entered_30d = _days()
    finished_30d = _days()
    failed = fields.Integer(required=True)
    problems = fields.Nested(ProblemCount, required=True)


class Automation(Form):
    """An automation with its draft and the document that runs, if any; `version` is that one's number."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(_STATES))
    version = fields.Integer(required=True, allow_none=True)
    draft_revision = fields.Integer(required=True)
    document = PrintedDocument()
    live_document = PrintedDocument(allow_none=True)
    has_unpublished_changes = fields.Boolean(required=True)
    activated_at = Utc(required=True, allow_none=True)
    created_at = Utc(required=True)
    updated_at = Utc(required=True)


class NewAutomation(Form):
    """An automation to be made: empty, from a document, or from a template."""

    name = Line()
    document = WrittenDocument()
    template = Line()


class AutomationName(Form):
    """What an automation is called."""

    name = Line(required=True)


class ImportedAutomation(Form):
    """An exported document."""

    document = WrittenDocument(required=True)


class Template(Form):
    """A ready-made automation to begin with."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    document = PrintedDocument()


class Draft(Form):
    """A draft to be kept, and the revision it was made from."""

    document = WrittenDocument(required=True)
    base_revision = fields.Integer(required=True, strict=True)


class Activation(Form):
    """How to activate: `draft_revision` as it was looked at; `re_entry` null leaves the draft's own choice."""

    draft_revision = fields.Integer(strict=True, load_default=None, allow_none=True)
    re_entry = Flag(load_default=None, allow_none=True)
    enter_now = BoundedList(
        fields.String(validate=validate.Length(1, 64)),
        load_default=list,
        validate=validate.Length(max=20),
        metadata={"description": "Triggers (step ids) by which those enter who belong already"},
    )
    choices = fields.Nested(
        PeopleChoices,
        data_key="people",
        load_default=lambda: EVERYBODY_STAYS,
        metadata={"description": "What is to become of those inside: they stay in their version if nothing is said"},
    )
    override = Line(
        load_default=None,
        allow_none=True,
        metadata={"description": "Why the draft shall run although scenarios do not hold; the log keeps it"},
    )


class Resumption(Form):
    """What becomes of what fell due meanwhile.

    `now`: it happens at once; `spread`: evenly over `spread_hours`; `skip`: these contacts leave, nothing held is sent.
    """

    overdue = fields.String(load_default="now", validate=validate.OneOf(("now", "spread", "skip")))
    spread_hours = fields.Integer(strict=True, load_default=24, validate=validate.Range(1, 720))


class StepOverdue(Form):
    """How many contacts' time came at a step."""

    node = fields.String(required=True)
    contacts = fields.Integer(required=True)


class ResumePreview(Form):
    """Runs inside a paused automation; whose time came meanwhile, in all and by step; mails and calls that are held."""

    inside = fields.Integer(required=True)
    contacts = fields.Integer(required=True)
    deliveries = fields.Integer(required=True)
    steps = fields.List(fields.Nested(StepOverdue), required=True)


class Stop(Form):
    """Whose runs end: those at a step, or one; everybody's inside without either."""

    node = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))
    enrollment_id = Id(load_default=None, allow_none=True)


class Stopped(Form):
    """How many runs ended."""

    stopped = fields.Integer(required=True)


class Fix(Form):
    """A JSON merge patch of the document's settings that mends a problem."""

    label = fields.String(required=True)
    patch = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)


class Finding(Form):
    """One thing that is wrong (an error forbids activation) or doubtful (a warning)."""

    node = fields.String(required=True, allow_none=True)
    field = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    severity = fields.String(required=True, validate=validate.OneOf(("error", "warning")))
    message = fields.String(required=True)
    remedy = fields.String(required=True)
    fix = fields.Nested(Fix, required=True, allow_none=True)


class EventPlace(Form):
    """A property that texts may ask of the event that let a contact in, with what stands there in the latest one."""

    name = fields.String(required=True)
    example = fields.String(required=True)


class Check(Form):
    """A document, read: its problems, phrases for each step and for longer settings, the whole; what texts may ask."""

    problems = fields.List(fields.Nested(Finding), required=True)
    summaries = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    settings = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    sentence = fields.String(required=True)
    event_places = fields.List(fields.Nested(EventPlace), required=True)


class SavedDraft(Check):
    """A kept draft's new revision, and what is to be said of it."""

    draft_revision = fields.Integer(required=True)


class StatsArguments(Form):
    """Which version's figures are wanted, and of how many days; without, those of all versions, and ever."""

    version = fields.Integer(load_default=None, validate=validate.Range(1, LARGEST_ID))
    days = fields.Integer(load_default=None, validate=validate.Range(1, _MOST_DAYS))


class StepCount(Form):
    """Contacts that stand at a step, have passed it, failed at it."""

    waiting = fields.Integer(required=True)
    passed = fields.Integer(required=True)
    failed = fields.Integer(required=True)


class Stats(Form):
    """How contacts fare; `edges` by `step:port`."""

    nodes = fields.Dict(keys=fields.String(), values=fields.Nested(StepCount), required=True)
    edges = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    inside = fields.Integer(required=True)
    entered = fields.Integer(required=True)
    finished = fields.Integer(required=True)
    failed = fields.Integer(required=True)


class EnrollmentArguments(PageArguments, Localised):
    """Which runs are wanted: those at a step, or (`passed`) that went on from it, by a way out (`port`).

    `node` may be said several times: those at one of these steps, or that went on from all of them together.

    `days`: only those that ended in the last days (UTC, today included) or have not ended; with `passed`, that went
    on in them. `version` is the number of the version they are in; without, those of all versions come. `search` is
    words of the contact's name or email.
    """

    nodes = fields.List(Paragraphs(longest=64), data_key="node", validate=validate.Length(max=MOST_NODES))
    state = fields.String(validate=validate.OneOf(_RUN_STATES))
    passed = fields.Boolean()
    port = Paragraphs(longest=64)
    days = fields.Integer(validate=validate.Range(1, _MOST_DAYS))
    version = fields.Integer(validate=validate.Range(1, LARGEST_ID))
    search = Paragraphs(longest=LONGEST_NAME)


class EnrolledContact(Form):
    """The contact of a run."""

    id = fields.Integer(required=True)
    email = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)


class Enrollment(Form):
    """One contact's run through one version; `node` is where it stands or ended.

    `held_by` says what keeps it from reaching its contact now: quiet hours, or a frequency cap.
    """

    id = fields.Integer(required=True)
    contact = fields.Nested(EnrolledContact, required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(_RUN_STATES))
    node = fields.String(required=True)
    entered_at = Utc(required=True)
    exited_at = Utc(required=True, allow_none=True)
    wake_at = Utc(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    held_by = fields.String(required=True, allow_none=True)
