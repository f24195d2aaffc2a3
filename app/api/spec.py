"""The OpenAPI side of our own API."""

import flask_smorest
from marshmallow import Schema, fields


class ProblemField(Schema):
    """One field at fault."""

    field = fields.String(required=True, allow_none=True, metadata={"description": "Dotted path of the field"})
    code = fields.String(required=True, metadata={"description": "Stable, for programs"})
    message = fields.String(required=True)
    remedy = fields.String(required=True, metadata={"description": "What to do about it"})


class Problem(Schema):
    """A refused request, as RFC 9457 has it."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(ProblemField), required=True)


class Api(flask_smorest.Api):  # type: ignore[misc] # flask-smorest has no types
    """flask-smorest with our problems documented, and errors left to the doors."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        pass

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE  # the class's own: what views answer with
