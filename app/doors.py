"""How refusals leave the house: each door (path prefix) speaks its own error format.

A view raises a CadenzaError, or werkzeug aborts; both become a Refusal, and the door of the request's path
turns it into a response. `/api` speaks RFC 9457; a compat door registers what its clients expect.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask import Flask, Response, current_app, request
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Response as BaseResponse

from app import request_ids
from app.errors import CadenzaError, Problem, TooManyRequests

log = logging.getLogger(__name__)

_EXTENSION = "cadenza-doors"
_AWAY = (OperationalError, InterfaceError, PoolTimeoutError, RedisConnectionError)
_MOST_PROBLEMS = 200
_LONGEST_KEY = 100
_OWN_WORDS = {
    404: "There is nothing at this address.",
    405: "This address does not take this method; the header Allow names those it takes.",
    413: "The body is too large.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What every format needs to know of one refused request."""

    status: int
    title: str
    detail: str
    problems: tuple[Problem, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


Format = Callable[[Refusal], Response]


def install(app: Flask) -> None:
    """Answer every error of the app through the door it came in by."""
    app.extensions[_EXTENSION] = {"/api": problem_json}
    app.register_error_handler(CadenzaError, _handle_own)
    app.register_error_handler(HTTPException, _handle_http)
    app.register_error_handler(DataError, _handle_unfit)
    app.register_error_handler(IntegrityError, _handle_race)
    for error in _AWAY:
        app.register_error_handler(error, _handle_away)


def speak(app: Flask, prefix: str, format_: Format) -> None:
    """Let the door at `prefix` answer in its own format."""
    app.extensions[_EXTENSION][prefix] = format_


def problem_json(refusal: Refusal) -> Response:
    """RFC 9457, with the fields at fault in `errors`."""
    body = {
        "type": "about:blank",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "errors": [
            {"field": each.field, "code": each.code, "message": each.message, "remedy": each.remedy}
            for each in refusal.problems
        ],
    }
    return current_app.response_class(
        current_app.json.dumps(body), refusal.status, dict(refusal.headers), content_type="application/problem+json"
    )


def _answer(refusal: Refusal) -> Response | None:
    """The response in the format of the request's door, the innermost one; None outside all doors."""
    formats: dict[str, Format] = current_app.extensions[_EXTENSION]
    here = [each for each in formats if request.path == each or request.path.startswith(f"{each}/")]
    return formats[max(here, key=len)](refusal) if here else None


def _plain(refusal: Refusal) -> Response:
    text = f"{refusal.status} {refusal.title}\n{refusal.detail}\n"
    return Response(text, refusal.status, dict(refusal.headers), content_type="text/plain; charset=utf-8")


def _respond(refusal: Refusal) -> Response:
    return _answer(refusal) or _plain(refusal)


def _handle_own(error: CadenzaError) -> Response:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyRequests) else {}
    return _respond(Refusal(error.status, error.title, error.message, error.problems[:_MOST_PROBLEMS], headers))


def _handle_http(error: HTTPException) -> BaseResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 500:
        return _respond(_fault())
    problems = tuple(islice(_validation_problems(getattr(error, "data", None) or {}), _MOST_PROBLEMS))
    detail = problems[0].message if problems else _words(error)
    return _respond(Refusal(error.code, error.name, detail, problems, _kept_headers(error)))


def _handle_unfit(error: DataError) -> Response:
    log.warning("The database refused a value: %s", type(error.orig).__name__)
    detail = "A value cannot be stored: it holds a NUL character, or lies outside the range of its field."
    problem = Problem(None, "unstorable", detail, "Check the values of this request.")
    return _respond(Refusal(422, "Invalid value", detail, (problem,)))


def _handle_race(error: IntegrityError) -> Response:
    log.warning("Two requests met: %s", type(error.orig).__name__)
    detail = "Another request changed the same thing at the same moment. Nothing was changed by this one."
    return _respond(Refusal(409, "Conflict", detail))


def _handle_away(error: Exception) -> Response:
    log.error("A server is away: %s", type(error).__name__)
    detail = "The database or the queue cannot be reached just now. Try again in a moment."
    return _respond(Refusal(503, HTTP_STATUS_CODES[503], detail, headers={"Retry-After": "2"}))


def _fault() -> Refusal:
    """Flask has logged the exception; the reference ties what a person reports to the log."""
    reference = request_ids.current()
    log.error("Fault %s in %s", reference, request.url_rule)
    return Refusal(500, HTTP_STATUS_CODES[500], f"A fault of ours. It was logged as {reference}.")


def _words(error: HTTPException) -> str:
    """What the view said, or our own words where it left werkzeug's."""
    if error.description and error.description != type(error).description:
        return error.description
    return _OWN_WORDS.get(error.code or 0) or error.description or ""


def _kept_headers(error: HTTPException) -> dict[str, str]:
    """What belongs to the status (Allow, Retry-After, WWW-Authenticate), without werkzeug's own body."""
    headers = dict(error.get_response().headers)
    given = (getattr(error, "data", None) or {}).get("headers") or {}
    return {name: value for name, value in (headers | given).items() if not name.startswith("Content-")}


def _validation_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """The field errors that webargs collected: {location: {field: [message] or {...}}}."""
    for location, found in (data.get("messages") or data.get("errors") or {}).items():
        whole_location = location != "json" and not isinstance(found, dict)
        yield from _flatten(found, (location,) if whole_location else ())


def _flatten(found: object, path: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(found, dict):
        for key, inner in found.items():
            yield from _flatten(inner, path if key == "_schema" else (*path, str(key)[:_LONGEST_KEY]))
    elif isinstance(found, list | tuple):
        for message in found:
            yield from _flatten(message, path)
    else:
        yield _problem(".".join(path) or None, str(found))


def _problem(where: str | None, message: str) -> Problem:
    if message.startswith("Missing data"):
        return Problem(where, "required", "This field is missing.", "Add it.")
    if message.startswith("Unknown field"):
        return Problem(where, "unknown", "There is no such field.", "Remove it, or check its spelling.")
    return Problem(where, "invalid", message, "See /api/docs for what this field takes.")
