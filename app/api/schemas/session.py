"""Forms of signing in and of one's own profile."""

from marshmallow import fields, validate

from app.adapters import passwords
from app.api.schemas.base import Form, Line
from nodes.texts import LANGUAGES

THEMES = ("system", "light", "dark")


class Password(fields.String):
    """A password to be set."""

    def __init__(self, *, required: bool = False) -> None:
        length = validate.Length(passwords.SHORTEST, passwords.LONGEST)
        super().__init__(required=required, load_only=True, validate=length, metadata={"format": "password"})


class Credentials(Form):
    """What one signs in with, and the language one chose right then, which one's account keeps."""

    email = Line(required=True)
    password = fields.String(
        required=True, load_only=True, validate=validate.Length(1, passwords.LONGEST), metadata={"format": "password"}
    )
    locale = fields.String(validate=validate.OneOf(LANGUAGES))


class SessionUser(Form):
    """The person who is signed in, and what they may do."""

    id = fields.Integer(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    locale = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    theme = fields.String(required=True, validate=validate.OneOf(THEMES))
    roles = fields.List(fields.String(), required=True)
    permissions = fields.List(fields.String(), required=True)


class SessionWorkspace(Form):
    """What the screen needs to know of the workspace before anything else."""

    name = fields.String(required=True)
    time_zone = fields.String(required=True)
    currency = fields.String(required=True)
    demo = fields.Boolean(required=True)


class Session(Form):
    """Who is signed in, and the token that unsafe requests send as X-CSRF-Token."""

    user = fields.Nested(SessionUser, required=True, allow_none=True)
    csrf_token = fields.String(required=True)
    workspace = fields.Nested(SessionWorkspace, required=True)


class Profile(Form):
    """What users may change about themselves."""

    name = Line()
    locale = fields.String(validate=validate.OneOf(LANGUAGES))
    theme = fields.String(validate=validate.OneOf(THEMES))


class PasswordChange(Form):
    """A new password, and the present one as proof."""

    current = fields.String(required=True, load_only=True, validate=validate.Length(1, passwords.LONGEST))
    new = Password(required=True)
