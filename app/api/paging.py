"""Reading the paging arguments of a request."""

from typing import Any

from app.services.paging import Paging


def paging(arguments: dict[str, Any]) -> Paging:
    """Take `cursor` and `limit` out of loaded arguments; what is left are the filters."""
    return Paging(arguments.pop("cursor"), arguments.pop("limit"))
