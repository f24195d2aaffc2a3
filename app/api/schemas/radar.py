"""Forms of the radar."""

from marshmallow import fields, validate

from app.api.language import Localised
from app.api.schemas.base import Form
from app.models import AutomationState

_KINDS = ("attribute", "list", "tag", "consent", "owner", "deals", "event", "automation", "channel")
_CODES = (
    *("loop", "two_writers", "two_messages", "unreachable_branch", "dead_end", "leads_nowhere", "empty_branches"),
    *("never_holds", "always_holds", "exit_never_fires", "no_consent", "re_entry_off"),
)
_WAYS = ("enters", "reads", "sends", "set", "change", "put", "take", "start", "stop")


class RadarArguments(Localised):
    """Which automations are wanted: all but those in the archive, or only those that run or are paused."""

    running = fields.Boolean(load_default=False)


class RadarAutomation(Form):
    """An automation on the map; one that is not `read` has errors of its own, which its editor tells."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(tuple(AutomationState)))
    read = fields.Boolean(required=True)


class RadarThing(Form):
    """Something that automations share."""

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(_KINDS))
    label = fields.String(required=True)


class RadarLink(Form):
    """What a step (`node` null: the settings) of an automation does to a thing; `enters`: contacts come in by it."""

    automation = fields.Integer(required=True)
    node = fields.String(required=True, allow_none=True)
    way = fields.String(required=True, validate=validate.OneOf(_WAYS))
    thing = fields.String(required=True)


class RadarPlace(Form):
    """A step (`node` null: the settings) of an automation, in words."""

    automation = fields.Integer(required=True)
    node = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    phrase = fields.String(required=True)


class RadarFix(Form):
    """A merge patch of the settings of an automation's draft."""

    automation = fields.Integer(required=True)
    label = fields.String(required=True)
    patch = fields.Dict(required=True)


class RadarFinding(Form):
    """What is wrong, where it shows, and how to mend it."""

    code = fields.String(required=True, validate=validate.OneOf(_CODES))
    message = fields.String(required=True)
    remedy = fields.String(required=True)
    witness = fields.List(fields.Nested(RadarPlace), required=True)
    fix = fields.Nested(RadarFix, required=True, allow_none=True)


class Radar(Form):
    """The map of all automations, and the findings."""

    automations = fields.List(fields.Nested(RadarAutomation), required=True)
    things = fields.List(fields.Nested(RadarThing), required=True)
    links = fields.List(fields.Nested(RadarLink), required=True)
    findings = fields.List(fields.Nested(RadarFinding), required=True)
