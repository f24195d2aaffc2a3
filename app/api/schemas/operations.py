"""Forms of running the instance: how it fares, and dead letters."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Line, Named, PageArguments, Paragraphs, Utc


class DeadLetterArguments(PageArguments):
    """Which dead letters are wanted; `reason` is matched exactly."""

    kind = Line(load_default=None)
    reason = Paragraphs(load_default=None)


class DeadLetter(Form):
    """Something that could not be worked through.

    `kind` is event, enrollment (set aside by the engine at `node` of `automation`), or the kind of a delivery that was
    given up after `tries`. `reason` is the name of the fault, or the last error.
    """

    id = fields.String(required=True)
    kind = fields.String(required=True)
    reason = fields.String(required=True)
    at = Utc(required=True)
    contact = fields.Nested(Named, required=True, allow_none=True)
    automation = fields.Nested(Named, required=True, allow_none=True)
    event = fields.String(required=True, allow_none=True)
    node = fields.String(required=True, allow_none=True)
    tries = fields.Integer(required=True, allow_none=True)


class DeadLetterGroup(Form):
    """Dead letters that are alike."""

    kind = fields.String(required=True)
    reason = fields.String(required=True)
    count = fields.Integer(required=True)
    newest_at = Utc(required=True)


class ReplayWish(Form):
    """Which dead letters to try again: all of a kind, or those of them with a reason."""

    kind = Line(required=True)
    reason = Paragraphs(load_default=None)


class Replayed(Form):
    """What became of them: back at work, no longer needed (so taken off the list), or still not to be tried."""

    replayed = fields.Integer(required=True)
    obsolete = fields.Integer(required=True)
    blocked = fields.Integer(required=True)


class Partition(Form):
    """What waits in a partition: events, the age of the oldest, runs that are due, and how late the first is."""

    part = fields.Integer(required=True)
    events = fields.Integer(required=True)
    lag_seconds = fields.Float(required=True)
    timers = fields.Integer(required=True)
    overdue_seconds = fields.Float(required=True)


class WaitingForRate(Form):
    """How many deliveries of a channel wait for their turn, because it has a send rate."""

    channel = fields.String(required=True)
    deliveries = fields.Integer(required=True)


class Deliveries(Form):
    """What waits to be delivered: in all, now, for how long the first has been due, and what is due by send rates."""

    pending = fields.Integer(required=True)
    due = fields.Integer(required=True)
    overdue_seconds = fields.Float(required=True)
    waiting_for_rate = fields.List(fields.Nested(WaitingForRate), required=True)


class QueueDepth(Form):
    """How many jobs wait in a queue of Redis."""

    name = fields.String(required=True)
    jobs = fields.Integer(required=True)


class Worker(Form):
    """A worker process: where it runs, what it does (idle, busy …), when it was last heard of."""

    name = fields.String(required=True)
    host = fields.String(required=True)
    pid = fields.Integer(required=True)
    state = fields.String(required=True)
    started_at = Utc(required=True, allow_none=True)
    seen_at = Utc(required=True, allow_none=True)


class Process(Form):
    """A web process or the clock (`role`): where it runs, and whether it was heard of lately (running, else silent)."""

    role = fields.String(required=True)
    host = fields.String(required=True)
    pid = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("running", "silent")))
    started_at = Utc(required=True)
    seen_at = Utc(required=True)


class Minute(Form):
    """One minute: events received, events and due runs that automations acted upon, runs that failed."""

    at = Utc(required=True)
    received = fields.Integer(required=True)
    worked = fields.Integer(required=True)
    failed = fields.Integer(required=True)


class StepTime(Form):
    """How many runs a type of step worked on in the last hour, and the seconds that took."""

    type = fields.String(required=True)
    label = fields.String(required=True)
    runs = fields.Integer(required=True)
    seconds = fields.Float(required=True)


class Failing(Form):
    """An automation in which runs failed within a day."""

    automation = fields.Nested(Named, required=True)
    runs = fields.Integer(required=True)


class Activity(Form):
    """Queues, workers and other processes, the last hour (oldest minute first), its steps (what took longest first)."""

    queues = fields.List(fields.Nested(QueueDepth), required=True)
    workers = fields.List(fields.Nested(Worker), required=True)
    processes = fields.List(fields.Nested(Process), required=True)
    minutes = fields.List(fields.Nested(Minute), required=True)
    steps = fields.List(fields.Nested(StepTime), required=True)


class Operations(Form):
    """How the instance fares. `lag_seconds`: the age of the oldest event not worked through. No activity: no Redis."""

    at = Utc(required=True)
    lag_seconds = fields.Float(required=True)
    partitions = fields.List(fields.Nested(Partition), required=True)
    deliveries = fields.Nested(Deliveries, required=True)
    dead_letters = fields.Integer(required=True)
    failing = fields.List(fields.Nested(Failing), required=True)
    activity = fields.Nested(Activity, required=True, allow_none=True)
