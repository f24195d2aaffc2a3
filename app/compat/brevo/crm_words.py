"""What the CRM's calls share: ids that are texts, filters in two forms, people, the order of lists."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from flask import request

from app.adapters.catalog import load_catalog
from app.compat.brevo.refusals import wrong
from app.compat.brevo.requests import LARGEST_ID, Body, Slice, slice_of, whole

CRM_LIMIT: Final = 50
MOST: Final = 1000
_FURTHEST: Final = 253_402_300_799_000
"""The last millisecond of the year 9999."""


def text_ids(sent: Body, key: str) -> list[int]:
    """Return ids that are sent as texts, each once."""
    return list(dict.fromkeys(text_id(key, each) for each in sent.texts(key)))


def text_id(field: str, text: str) -> int:
    """Read an id that is sent as a text."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) and 0 < int(text) <= LARGEST_ID):
        raise wrong(field, f"{field} holds no valid id")
    return int(text)


def only_id(field: str, found: list[int], reason: str) -> int | None:
    """Return the one id, None where there is none; refuses several because of what `reason` says."""
    if len(found) > 1:
        raise wrong(field, f"{field} should hold at most one id: {reason}")
    return found[0] if found else None


def filters(name: str) -> Mapping[str, str]:
    """Read `name[key]=value`, and the older client's `name={"key": "value"}` and `name[attributes]={…}`."""
    found: dict[str, str] = {}
    for key, value in request.args.items():
        if key in {name, f"{name}[attributes]"}:
            found |= _written_out(key, value)
        elif key.startswith(f"{name}[") and key.endswith("]"):
            found[key[len(name) + 1 : -1]] = value
    return {key: value for key, value in found.items() if value}


def user(field: str, text: str) -> int:
    """Return the id of a person who is named by id or by address."""
    people = load_catalog().users.values()
    found = next((each.id for each in people if text in {str(each.id), each.email}), None)
    if found is None:
        raise wrong(field, f"{field} names nobody who is here; send the id or the address of a person")
    return found


def sorted_slice(columns: Mapping[str, str]) -> tuple[Slice, str]:
    """Read paging and `sortBy`; the second is the name that `columns` has for it, with a minus if descending."""
    wanted = slice_of(CRM_LIMIT, MOST)
    asked = request.args.get("sortBy") or "created_at"
    if asked.removeprefix("attributes.") not in columns:
        raise wrong("sortBy", f"sortBy should be one of {', '.join(columns)}")
    return wanted, f"{'-' if wanted.newest_first else ''}{columns[asked.removeprefix('attributes.')]}"


def milliseconds(key: str) -> datetime | None:
    """Read a moment of the query that is counted in milliseconds."""
    if not request.args.get(key):
        return None
    count = whole(key, 0)
    if not 0 <= count <= _FURTHEST:
        raise wrong(key, f"{key} should be a time in milliseconds")
    return datetime.fromtimestamp(count / 1000, UTC)


def _written_out(key: str, text: str) -> dict[str, str]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise wrong(key, f"{key} should be a JSON object") from error
    if not isinstance(read, dict):
        raise wrong(key, f"{key} should be a JSON object")
    return {str(name): value if isinstance(value, str) else json.dumps(value) for name, value in read.items()}
