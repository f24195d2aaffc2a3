"""Forms of websites that are watched."""

from typing import Final

from marshmallow import fields, validate

from app.api.schemas.base import Form, Line, Utc
from app.services.web.categories import WAYS
from app.services.web.category_rules import LONGEST_CATEGORY, LONGEST_VALUE, MOST_RULES
from app.services.web.interests import LATELY_DAYS
from app.services.web.recategorising import MOST_DAYS, STATES
from app.services.web.sites import MOST_DOMAINS, MOST_PAGES_BEFORE_PUSH
from workflows.strict import BoundedList, Flag

LONGEST_ADDRESS: Final = 2_000
_SOME: Final = validate.Length(1, MOST_DOMAINS, error="Name 1 to {max} domains, like example.com.")


class NewSite(Form):
    """A website as admins enter it. Only pages of its domains, and of those below them, may send."""

    name = Line(required=True)
    domains = BoundedList(Line(), required=True, validate=_SOME)
    needs_consent = Flag(load_default=False)
    heeds_do_not_track = Flag(load_default=True)
    push_after = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, MOST_PAGES_BEFORE_PUSH)
    )


class TrackedLink(Form):
    """An address of a watched website; answered with the mark of whom it is for."""

    address = Line(required=True, longest=LONGEST_ADDRESS)


class PageView(Form):
    """A page that was looked at, and for how many seconds, if it was told."""

    page = fields.String(required=True)
    title = fields.String(required=True)
    at = Utc(required=True)
    seconds = fields.Integer(required=True, allow_none=True)


class Visit(Form):
    """Pages one after another; `source`: the campaign or the site that the visit came from, empty if unknown."""

    began_at = Utc(required=True)
    ended_at = Utc(required=True)
    seconds = fields.Integer(required=True)
    source = fields.String(required=True)
    pages = fields.List(fields.Nested(PageView), required=True)


class Interest(Form):
    """A category of pages: how many of them were viewed, for how many seconds together, and when last."""

    category = fields.String(required=True)
    views = fields.Integer(required=True)
    seconds = fields.Integer(required=True)
    last_at = Utc(required=True)


class Lately(Form):
    """How many days back."""

    days = fields.Integer(load_default=LATELY_DAYS, validate=validate.Range(1, MOST_DAYS))


class PageRule(Form):
    """Pages that fit are of the category.

    `path`: the path begins with the value; `contains`: the address does; `pattern`: the address fits it, `*` standing
    for anything; `title`: the title contains it. What begins with `/` is held against the path, anything else against
    host and path.
    """

    by = fields.String(required=True, validate=validate.OneOf(WAYS))
    value = Line(required=True, longest=LONGEST_VALUE)
    category = Line(required=True, longest=LONGEST_CATEGORY)


class PageRules(Form):
    """Rules in the order in which they are tried: the first that fits says the category."""

    rules = BoundedList(fields.Nested(PageRule), required=True, validate=validate.Length(0, MOST_RULES))


class SeenPage(Form):
    """A page that was seen lately, and the place of the rule that says its category, if one does."""

    page = fields.String(required=True)
    title = fields.String(required=True)
    views = fields.Integer(required=True)
    rule = fields.Integer(required=True, allow_none=True)
    category = fields.String(required=True, allow_none=True)


class Backwards(Form):
    """How many days of the past the rules are applied to."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_DAYS))


class Applying(Form):
    """The rules on their way through the past: `total` and `processed` are contacts, `changed` are page views.

    `error`: how it broke last; it is tried again some times, and `failed` after that.
    """

    id = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    days = fields.Integer(required=True)
    total = fields.Integer(required=True)
    processed = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    error = fields.String(required=True, allow_none=True)
    created_at = Utc(required=True)
    finished_at = Utc(required=True, allow_none=True)


class KeptPageRules(PageRules):
    """The rules as kept; `applying`: the last time they were applied to the past, and how far that has come."""

    applying = fields.Nested(Applying, required=True, allow_none=True)


class Site(Form):
    """A website. `snippet` goes into its pages; `seen_at`: when one of them last sent something.

    `push_after`: visitors are asked after so many pages whether they take web push; null: when a page asks. `worker`
    is the file that the site then has at its root.
    """

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    key = fields.String(required=True)
    domains = fields.List(fields.String(), required=True)
    needs_consent = fields.Boolean(required=True)
    heeds_do_not_track = fields.Boolean(required=True)
    created_at = Utc(required=True)
    seen_at = Utc(required=True, allow_none=True)
    push_after = fields.Integer(required=True, allow_none=True)
    snippet = fields.String(required=True)
    worker = fields.String(required=True)
