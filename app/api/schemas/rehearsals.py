"""Forms of rehearsals: test runs, scenarios, replays."""

from typing import Any

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Named, Paragraphs, Utc
from app.api.schemas.documents import WrittenDocument
from workflows.scenarios import ExpectationSchema, Scenario, ScenarioSchema
from workflows.strict import Flag

LONGEST_TEXT = 50_000
MOST_DAYS = 90


class PrintedScenario(fields.Nested):
    """A scenario that goes out: it is JSON already."""

    def __init__(self) -> None:
        super().__init__(ScenarioSchema, required=True)

    def _serialize(self, nested_obj: Any, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override] # noqa: ANN401
        return nested_obj


class TestRunQuestion(Form):
    """Who goes through which draft, and what happens to them. Without a contact the scenario's is made up."""

    document = WrittenDocument()
    contact_id = Id(allow_none=True, load_default=None)
    scenario = fields.Nested(ScenarioSchema, load_default=Scenario)
    skip_waits = Flag(load_default=False)


class RehearsedFact(Form):
    """An attribute's value after a step, in words."""

    name = fields.String(required=True)
    value = fields.String(required=True)
    changed = fields.Boolean(required=True)


class RehearsedStep(Form):
    """A step of the way; `did` is what would have happened."""

    run = fields.Integer(required=True)
    node = fields.String(required=True)
    port = fields.String(required=True)
    title = fields.String(required=True)
    way = fields.String(required=True, allow_none=True)
    because = fields.String(required=True, allow_none=True)
    at = Utc(required=True)
    did = fields.List(fields.String(), required=True)
    facts = fields.List(fields.Nested(RehearsedFact), required=True)


class TurnedAway(Form):
    """An event that did not let the contact in."""

    at = Utc(required=True)
    reason = fields.String(required=True)


class Verdict(Form):
    """An expectation, whether it was met, and both in words."""

    expectation = fields.Nested(ExpectationSchema, required=True)
    holds = fields.Boolean(required=True)
    text = fields.String(required=True)


class TestRun(Form):
    """What came of a test run. `ending`: `none` (never entered), `waits` (at `node`), `left` or `failed`.

    `reason` says why it failed; of who left, where and why, unless the way was gone to an end that is drawn.
    """

    steps = fields.List(fields.Nested(RehearsedStep), required=True)
    turned = fields.List(fields.Nested(TurnedAway), required=True)
    verdicts = fields.List(fields.Nested(Verdict), required=True)
    ending = fields.String(required=True, validate=validate.OneOf(["none", "waits", "left", "failed"]))
    node = fields.String(required=True, allow_none=True)
    until = Utc(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    began = Utc(required=True)
    over = Utc(required=True)


class NewScenario(Form):
    """A scenario to keep: as data, or as text, which may hold several.

    It names steps of `document`, the draft: the stored one, if none is given.
    """

    scenario = fields.Nested(ScenarioSchema)
    text = Paragraphs(longest=LONGEST_TEXT)
    document = WrittenDocument()


class KeptScenario(Form):
    """A scenario that is kept, as data and as text."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    scenario = PrintedScenario()
    text = fields.String(required=True)


class ScenarioRun(Form):
    """Which draft the scenarios are run against: the stored one, if none is given."""

    document = WrittenDocument()


class ScenarioResult(Form):
    """Whether a scenario holds. `fault`: it cannot, for it names a step that the draft does not have."""

    id = fields.Integer(required=True, allow_none=True)
    name = fields.String(required=True)
    holds = fields.Boolean(required=True)
    verdicts = fields.List(fields.Nested(Verdict), required=True)
    fault = fields.String(required=True, allow_none=True)


class ReplayQuestion(Form):
    """How many of the last days are to happen again, through which draft: the stored one, if none is given."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_DAYS))
    document = WrittenDocument()


class StartedReplay(Form):
    """The number of a replay that was begun."""

    id = fields.Integer(required=True)


class PeopleArguments(Form):
    """Behind which number: `side:figure` or `side:step:port`, or the name of a difference."""

    key = fields.String(required=True, validate=validate.Length(1, 200))


class ReplayedPeople(Form):
    """Who stands behind a number; `more`: these are the first of them only."""

    items = fields.List(fields.Nested(Named), required=True)
    more = fields.Boolean(required=True)


class ReplayRow(Form):
    """The same figure by the draft, by the live version replayed (null: nothing is live), and in life.

    In life null: not known.
    """

    key = fields.String(required=True)
    title = fields.String(required=True)
    way = fields.String(required=True, allow_none=True)
    draft = fields.Integer(required=True)
    live = fields.Integer(required=True, allow_none=True)
    happened = fields.Integer(required=True, allow_none=True)


class Replay(Form):
    """A replay, how far it is, and what came of it once it is `completed`.

    `missed`: so many events were too old to be taken too.
    """

    id = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["queued", "running", "completed", "failed"]))
    days = fields.Integer(required=True)
    total = fields.Integer(required=True)
    processed = fields.Integer(required=True)
    created_at = Utc(required=True)
    since = fields.String(required=True, allow_none=True)
    until = fields.String(required=True, allow_none=True)
    events = fields.Integer(required=True)
    contacts = fields.Integer(required=True)
    missed = fields.Integer(required=True)
    figures = fields.List(fields.Nested(ReplayRow), required=True)
    ways = fields.List(fields.Nested(ReplayRow), required=True)
    pressure = fields.List(fields.Nested(ReplayRow), required=True)
    differences = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class LatestReplay(Form):
    """The latest replay; null: nobody asked for one lately."""

    replay = fields.Nested(Replay, required=True, allow_none=True)
