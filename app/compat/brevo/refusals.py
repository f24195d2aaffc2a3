"""Refusals in Brevo's words: `{"code", "message"}`, never an empty body, never a 409 (its clients repeat those)."""

from collections.abc import Sequence
from typing import Final

from flask import Response, current_app

from app.doors import Refusal
from app.errors import Invalid, NotFound, Problem

_STATUS: Final = {409: 400, 422: 400}
_CODES: Final = {
    401: "unauthorized",
    403: "permission_denied",
    404: "document_not_found",
    405: "method_not_allowed",
    409: "not_acceptable",
    422: "invalid_parameter",
    429: "too_many_requests",
}
_PROBLEM_CODES: Final = {
    "required": "missing_parameter",
    "missing_identifier": "missing_parameter",
    "taken": "duplicate_parameter",
    "out_of_range": "out_of_range",
}
_IDENTIFIERS: Final = {
    "email": "email",
    "phone": "SMS",
    "ext_id": "ext_id",
    "whatsapp": "whatsapp",
    "landline": "landline_number",
}


def answer(refusal: Refusal) -> Response:
    """Turn any refused request under the door's prefix into what Brevo's clients read."""
    body: dict[str, object] = {"code": _code(refusal), "message": _message(refusal)}
    taken = [
        _IDENTIFIERS[each.field] for each in refusal.problems if each.code == "taken" and each.field in _IDENTIFIERS
    ]
    if taken:
        body["metadata"] = {"duplicate_identifiers": taken}
    status = _STATUS.get(refusal.status, refusal.status)
    return current_app.response_class(
        current_app.json.dumps(body), status, dict(refusal.headers), content_type="application/json"
    )


def _code(refusal: Refusal) -> str:
    codes = [_PROBLEM_CODES[each.code] for each in refusal.problems if each.code in _PROBLEM_CODES]
    if codes:
        return codes[0]
    return _CODES.get(refusal.status) or ("internal_error" if refusal.status >= 500 else "bad_request")


def _message(refusal: Refusal) -> str:
    """What is wrong and, where known, what to do about it."""
    if not refusal.problems:
        return refusal.detail
    remedy = refusal.problems[0].remedy
    return f"{refusal.detail} {remedy}".rstrip()


def missing(field: str, message: str = "") -> Invalid:
    """Refuse a request that lacks a field."""
    return Invalid.field(field, "required", message or f"{field} is missing")


def wrong(field: str, message: str) -> Invalid:
    """Refuse a value."""
    return Invalid.field(field, "invalid", message)


def out_of_range(field: str, message: str) -> Invalid:
    """Refuse a number that is too small or too large."""
    return Invalid.field(field, "out_of_range", message)


def taken(problems: Sequence[Problem], verb: str) -> Invalid | None:
    """Say in Brevo's words that another contact has these identifiers; None if that is not what is wrong."""
    named = [each for each in problems if each.code == "taken" and each.field in _IDENTIFIERS]
    if not named:
        return None
    names = ", ".join(_IDENTIFIERS[each.field or ""] for each in named)
    message = f"Unable to {verb} contact, {names} is already associated with another Contact"
    return Invalid(message, [Problem(each.field, each.code, message) for each in named])


def absent(thing: str) -> NotFound:
    """Say in Brevo's words that a thing does not exist."""
    return NotFound(f"{thing} does not exist")
