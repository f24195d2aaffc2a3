"""Forms of websites that are watched."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Line, Utc
from app.services.web.sites import MOST_DOMAINS, MOST_PAGES_BEFORE_PUSH
from workflows.strict import BoundedList, Flag


class NewSite(Form):
    """A website as admins enter it. Only pages of its domains, and of those below them, may send."""

    name = Line(required=True)
    domains = BoundedList(Line(), required=True, validate=validate.Length(1, MOST_DOMAINS))
    needs_consent = Flag(load_default=False)
    heeds_do_not_track = Flag(load_default=True)
    push_after = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, MOST_PAGES_BEFORE_PUSH)
    )


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
