"""Forms of campaigns: what their author says, how far they have come, and what came of them."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Line, Named, PageArguments, Utc
from app.api.schemas.settings import Email
from app.models import CampaignState, MessageState
from app.services.campaigns.reports import WHICH
from workflows.strict import BoundedList, Flag

_MOST_CHOSEN = 100
_VARIANTS = ["a", "b"]


class CampaignTrial(Form):
    """A second version, tried with the first by `share` percent of all; the better one goes to the rest after `hours`.

    What version B does not say is as in A.
    """

    template = Id(load_default=None, allow_none=True)
    subject = Line(allow_empty=True, load_default="")
    share = fields.Integer(load_default=20, strict=True)
    by = fields.String(load_default="opens", validate=validate.OneOf(["opens", "clicks"]))
    hours = fields.Integer(load_default=4, strict=True)


def _chosen() -> fields.Field[list[int]]:
    return BoundedList(Id(), load_default=list, validate=validate.Length(max=_MOST_CHOSEN))


class CampaignSettings(Form):
    """To whom, what and when. A draft may lack anything; it is checked in full before it starts.

    `own_zone`: when each recipient's clock shows what the workspace's does at `send_at`. `keep_caps` leaves out who has
    no room under a frequency cap; `keep_quiet` waits for the end of the workspace's quiet hours.
    """

    lists = _chosen()
    segments = _chosen()
    except_lists = _chosen()
    except_segments = _chosen()
    template = Id(load_default=None, allow_none=True)
    subject = Line(allow_empty=True, load_default="")
    sender = Id(load_default=None, allow_none=True)
    reply_to = Line(allow_empty=True, load_default="")
    topic = Id(load_default=None, allow_none=True)
    send_at = Utc(load_default=None, allow_none=True)
    own_zone = Flag(load_default=False)
    keep_caps = Flag(load_default=True)
    keep_quiet = Flag(load_default=True)
    trial = fields.Nested(CampaignTrial, load_default=None, allow_none=True)


class NewCampaign(Form):
    """A campaign to keep as a draft."""

    name = Line(required=True)
    settings = fields.Nested(CampaignSettings, load_default=lambda: CampaignSettings().load({}))


class ChangedCampaign(NewCampaign):
    """A draft as it is to be: `revision` as it was looked at, null for whichever there is."""

    revision = fields.Integer(strict=True, load_default=None, allow_none=True)


class CampaignStart(Form):
    """Which draft to start: `revision` as it was looked at, null for whichever there is."""

    revision = fields.Integer(strict=True, load_default=None, allow_none=True)


class CampaignCounts(Form):
    """What became of the messages so far; `opened`, `clicked` by people, each message once."""

    sending = fields.Integer(required=True)
    sent = fields.Integer(required=True)
    bounced = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    opened = fields.Integer(required=True)
    clicked = fields.Integer(required=True)


class StoredTrial(Form):
    """A second version, as kept."""

    template = fields.Integer(required=True, allow_none=True)
    subject = fields.String(required=True)
    share = fields.Integer(required=True)
    by = fields.String(required=True, validate=validate.OneOf(["opens", "clicks"]))
    hours = fields.Integer(required=True)


class StoredCampaignSettings(Form):
    """To whom, what and when, as kept."""

    lists = fields.List(fields.Integer(), required=True)
    segments = fields.List(fields.Integer(), required=True)
    except_lists = fields.List(fields.Integer(), required=True)
    except_segments = fields.List(fields.Integer(), required=True)
    template = fields.Integer(required=True, allow_none=True)
    subject = fields.String(required=True)
    sender = fields.Integer(required=True, allow_none=True)
    reply_to = fields.String(required=True)
    topic = fields.Integer(required=True, allow_none=True)
    send_at = Utc(required=True, allow_none=True)
    own_zone = fields.Boolean(required=True)
    keep_caps = fields.Boolean(required=True)
    keep_quiet = fields.Boolean(required=True)
    trial = fields.Nested(StoredTrial, required=True, allow_none=True)


class Campaign(Form):
    """A campaign and how far it has come: `settled` of `total` messages need nothing more.

    `waits_until`: when its next recipients are due, or the winner is chosen. `winner`: what the rest gets, of equal
    versions (`tie`) the first. `fault` says why it paused by itself.
    """

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(list(CampaignState)))
    settings = fields.Nested(StoredCampaignSettings, required=True)
    revision = fields.Integer(required=True)
    total = fields.Integer(required=True)
    settled = fields.Integer(required=True)
    counts = fields.Nested(CampaignCounts, required=True)
    winner = fields.String(required=True, allow_none=True, validate=validate.OneOf(_VARIANTS))
    tie = fields.Boolean(required=True)
    decide_at = Utc(required=True, allow_none=True)
    waits_until = Utc(required=True, allow_none=True)
    fault = fields.String(required=True, allow_none=True)
    created_by = fields.Nested(Named, required=True, allow_none=True)
    created_at = Utc(required=True)
    updated_at = Utc(required=True)
    started_at = Utc(required=True, allow_none=True)
    finished_at = Utc(required=True, allow_none=True)


class CampaignArguments(PageArguments):
    """Which campaigns are wanted: those whose name contains `search`."""

    search = Line(allow_empty=True, load_default="")


class CampaignEstimate(Form):
    """How many a campaign is for now, how many it would reach, and why not the others: each for one reason."""

    found = fields.Integer(required=True)
    reached = fields.Integer(required=True)
    no_address = fields.Integer(required=True)
    suppressed = fields.Integer(required=True)
    unsubscribed = fields.Integer(required=True)
    no_consent = fields.Integer(required=True)


class CampaignTest(Form):
    """Where to send a version to, filled for which contact."""

    to = Email(required=True)
    variant = fields.String(load_default="a", validate=validate.OneOf(_VARIANTS))
    contact_id = Id(load_default=None, allow_none=True)


class CampaignWinner(Form):
    """The version that the rest is to get."""

    variant = fields.String(required=True, validate=validate.OneOf(_VARIANTS))


class CampaignLink(Form):
    """A link: how many people followed it, how often, and how often machines did."""

    address = fields.String(required=True)
    people = fields.Integer(required=True)
    clicks = fields.Integer(required=True)
    machines = fields.Integer(required=True)


class CampaignSlot(Form):
    """An hour or a day: how many messages left, and were opened and clicked for the first time."""

    at = Utc(required=True)
    sent = fields.Integer(required=True)
    opened = fields.Integer(required=True)
    clicked = fields.Integer(required=True)


class CampaignVariant(Form):
    """What came of a version among those who tried it, and (`rest`) among all the others."""

    variant = fields.String(required=True, validate=validate.OneOf([*_VARIANTS, "rest"]))
    sent = fields.Integer(required=True)
    opened = fields.Integer(required=True)
    clicked = fields.Integer(required=True)


class CampaignReport(Form):
    """What came of a campaign so far. `left_out`: how many by reason; `step`: whether slots are hours or days.

    `forgotten`: its messages are not kept any more, so nobody is listed; the sums stay.
    """

    campaign = fields.Nested(Campaign, required=True)
    sent = fields.Integer(required=True)
    delivered = fields.Integer(required=True)
    unsubscribed = fields.Integer(required=True)
    complained = fields.Integer(required=True)
    machine_opened = fields.Integer(required=True)
    left_out = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    links = fields.List(fields.Nested(CampaignLink), required=True)
    step = fields.String(required=True, validate=validate.OneOf(["hour", "day"]))
    slots = fields.List(fields.Nested(CampaignSlot), required=True)
    variants = fields.List(fields.Nested(CampaignVariant), required=True)
    forgotten = fields.Boolean(required=True)


class RecipientArguments(PageArguments):
    """Which recipients are wanted."""

    which = fields.String(load_default="all", validate=validate.OneOf(WHICH))


class CampaignRecipient(Form):
    """A contact a campaign was for, and what came of its message."""

    contact_id = fields.Integer(required=True)
    address = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(list(MessageState)))
    reason = fields.String(required=True, allow_none=True)
    variant = fields.String(required=True, allow_none=True)
    sent_at = Utc(required=True, allow_none=True)
    opened_at = Utc(required=True, allow_none=True)
    clicked_at = Utc(required=True, allow_none=True)
