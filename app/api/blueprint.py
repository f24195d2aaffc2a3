"""The flask-smorest blueprint every module of this API uses: strict about what it reads."""

from typing import Any, ClassVar

from flask import Request
from flask_smorest import Blueprint as SmorestBlueprint
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType


class Parser(FlaskParser):
    """Reads JSON as the rest of the app does; a body of another kind is refused, not ignored."""

    def _raw_load_json(self, req: Request) -> Any:  # noqa: ANN401 - webargs' signature
        if req.is_json:
            return req.get_json()
        if req.get_data(cache=True):
            raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")
        return missing


class Blueprint(SmorestBlueprint):  # type: ignore[misc] # flask-smorest has no types
    """flask-smorest's blueprint with the strict parser."""

    ARGUMENTS_PARSER: ClassVar[Parser] = Parser()
