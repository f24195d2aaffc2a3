"""The flask-smorest blueprint every module of this API uses: strict about what it reads."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from flask import Request
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

View = TypeVar("View", bound=Callable[..., object])


class Decorator(Protocol):
    """Registers a view and leaves its type alone."""

    def __call__(self, view: View, /) -> View: ...


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

    def arguments(self, schema: Schema | type[Schema], **kwargs: object) -> Decorator:
        """Load arguments by this form; a body in which nothing is required may be left out."""
        form = schema() if isinstance(schema, type) else schema
        needed = form.many or any(field.required for field in form.fields.values())
        decorator: Decorator = super().arguments(schema, required=needed, **kwargs)
        return decorator

    if TYPE_CHECKING:  # what flask-smorest's decorators do to types: nothing

        def get(self, rule: str, **options: object) -> Decorator: ...
        def post(self, rule: str, **options: object) -> Decorator: ...
        def put(self, rule: str, **options: object) -> Decorator: ...
        def patch(self, rule: str, **options: object) -> Decorator: ...
        def delete(self, rule: str, **options: object) -> Decorator: ...
        def route(self, rule: str, **options: object) -> Decorator: ...
        def doc(self, **kwargs: object) -> Decorator: ...
        def response(
            self, status_code: int, schema: Schema | type[Schema] | dict[str, str] | None = None, **kwargs: object
        ) -> Decorator: ...
        def url_value_preprocessor(self, function: View) -> View: ...
