"""A scenario: who a contact is, what happens to it and when, and what is expected to come of that. Plain data.

The same data is what a test run takes, which expects nothing. See `workflows.scenario_text` for the form people write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

from nodes.catalog import Catalog, Kind
from nodes.moments import LONGEST_DAYS, UNIT_DAYS, Duration, iso_day
from nodes.world import Contact, Json, Value
from workflows.json_text import JsonProblem, check_json
from workflows.strict import BoundedList

MOST_EVENTS: Final = 50
MOST_EXPECTATIONS: Final = 50
MOST_GIVEN: Final = 100
LONGEST_NAME: Final = 200
LONGEST_EVENT: Final = 255
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_EVENT_NAME: Final = validate.Regexp(rf"\A[A-Za-z0-9_-]{{1,{LONGEST_EVENT}}}\Z")
ExpectationKind: TypeAlias = Literal["goes", "avoids", "waits", "leaves", "refused", "has"]


class Happening(NamedTuple):
    """So long after what came before (or the start), an event comes; one that fits the trigger, if that is named.

    With neither, time passes and nothing happens.
    """

    after: Duration
    event: str | None = None
    trigger: str | None = None
    properties: Mapping[str, Json] = {}


class Expectation(NamedTuple):
    """What must have come of it: the contact `goes` through a step (by a port, if one is named) or `avoids` it.

    In the end it `waits` at a step, `leaves`, or was `refused` entry; `has` this value of an attribute.
    """

    kind: ExpectationKind
    node: str | None = None
    port: str | None = None
    attribute: str | None = None
    value: Json = None


@dataclass(frozen=True, slots=True)
class Person:
    """A contact that is made up."""

    email: str | None = None
    owner: str | None = None
    attributes: Mapping[str, Json] = field(default_factory=dict)
    lists: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story and its expected end. It begins at `at` (aware), else on a Monday morning; the contact is made up."""

    name: str = ""
    given: Person = field(default_factory=Person)
    at: datetime | None = None
    story: tuple[Happening, ...] = ()
    expect: tuple[Expectation, ...] = ()


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class PersonSchema(_Strict):
    """A made-up contact as written."""

    email = fields.Email(allow_none=True, load_default=None)
    owner = fields.String(allow_none=True, load_default=None)
    attributes = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), load_default=dict)
    lists = BoundedList(fields.Integer(strict=True), load_default=list, validate=validate.Length(max=MOST_GIVEN))
    tags = BoundedList(fields.String(), load_default=list, validate=validate.Length(max=MOST_GIVEN))

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Person:
        return Person(**data | {"lists": tuple(data["lists"]), "tags": tuple(data["tags"])})


class DelaySchema(_Strict):
    """A duration as written; none at all is 0 of any unit."""

    amount = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    unit = fields.String(required=True, validate=validate.OneOf(list(UNIT_DAYS)))

    @validates_schema
    def _bounded(self, data: dict[str, Any], **kwargs: object) -> None:
        if data["amount"] > LONGEST_DAYS / UNIT_DAYS[data["unit"]]:
            raise ValidationError(f"Must be at most {LONGEST_DAYS} days.", "amount")

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Duration:
        return Duration(**data)


class HappeningSchema(_Strict):
    """One line of a story as written."""

    after = fields.Nested(DelaySchema, load_default=Duration(0, "minutes"))
    event = fields.String(allow_none=True, load_default=None, validate=_EVENT_NAME)
    trigger = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 64))
    properties = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), load_default=dict)

    @validates_schema
    def _one_of_both(self, data: dict[str, Any], **kwargs: object) -> None:
        if data["event"] is not None and data["trigger"] is not None:
            raise ValidationError("Name an event or a trigger, not both.", "trigger")

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Happening:
        return Happening(**data)


class ExpectationSchema(_Strict):
    """What is expected, as written."""

    kind = fields.String(
        required=True, validate=validate.OneOf(["goes", "avoids", "waits", "leaves", "refused", "has"])
    )
    node = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 64))
    port = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 64))
    attribute = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 200))
    value = fields.Raw(allow_none=True, load_default=None)

    @validates_schema
    def _whole(self, data: dict[str, Any], **kwargs: object) -> None:
        needed = {"goes": "node", "avoids": "node", "waits": "node", "has": "attribute"}.get(data["kind"])
        if needed and data[needed] is None:
            raise ValidationError("Missing data for required field.", needed)

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Expectation:
        return Expectation(**data)


class ScenarioSchema(_Strict):
    """A scenario as written: what the API takes and gives, and what is stored."""

    name = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    given = fields.Nested(PersonSchema, load_default=Person)
    at = fields.AwareDateTime("iso", allow_none=True, load_default=None, validate=validate.Range(EARLIEST, LATEST))
    story = BoundedList(fields.Nested(HappeningSchema), load_default=list, validate=validate.Length(max=MOST_EVENTS))
    expect = BoundedList(
        fields.Nested(ExpectationSchema), load_default=list, validate=validate.Length(max=MOST_EXPECTATIONS)
    )

    @pre_load
    def _sound(self, data: Any, **kwargs: object) -> Any:  # noqa: ANN401 - any JSON
        try:
            check_json(data)
        except JsonProblem as error:
            raise ValidationError(str(error)) from error
        return data

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Scenario:
        return Scenario(**data | {"story": tuple(data["story"]), "expect": tuple(data["expect"])})


def load(data: object) -> Scenario:
    """Read a scenario from parsed JSON. Raises marshmallow's ValidationError."""
    scenario: Scenario = ScenarioSchema().load(data)  # type: ignore[arg-type] # what is no object is refused
    return scenario


def dump(scenario: Scenario) -> dict[str, Any]:
    """Return the scenario as JSON data."""
    given = scenario.given
    return {
        "name": scenario.name,
        "given": {
            "email": given.email,
            "owner": given.owner,
            "attributes": dict(given.attributes),
            "lists": list(given.lists),
            "tags": list(given.tags),
        },
        "at": scenario.at.isoformat() if scenario.at else None,
        "story": [each._asdict() | {"after": each.after._asdict()} for each in scenario.story],
        "expect": [each._asdict() for each in scenario.expect],
    }


def contact_of(person: Person, catalog: Catalog, number: int = 1) -> Contact:
    """Return the snapshot of a made-up contact; what the workspace does not know is left out."""
    known = {name: value for name, value in person.attributes.items() if name in catalog.attributes}
    return Contact(
        number,
        person.email,
        attributes={name: typed(value, catalog.attributes[name].kind) for name, value in known.items()},
        owner=person.owner if person.owner in catalog.users else None,
        lists=set(person.lists),
        tags=set(person.tags),
        time_zone=catalog.time_zone,
    )


def typed(value: Json, kind: Kind) -> Value:
    """Return the value as snapshots have it; what does not fit its kind is none."""
    typed: Value = None
    match kind, value:
        case Kind.DATE, str():
            typed = _day(value)
        case Kind.NUMBER, int() | float() if not isinstance(value, bool):
            typed = float(value)
        case Kind.BOOLEAN, bool():
            typed = value
        case ((Kind.TEXT | Kind.CATEGORY), str()):
            typed = value
        case Kind.MULTIPLE_CHOICE, list():
            typed = tuple(each for each in value if isinstance(each, str))
    return typed


def _day(written: str) -> date | None:
    try:
        return iso_day(written)
    except ValueError:
        return None
