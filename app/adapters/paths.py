"""Reading a contact's way out of its stored form: see `Enrollment.path`."""

from datetime import datetime, timedelta
from typing import Any

from nodes.conditions import Comparison
from nodes.runs import PathStep


def read_path(stored: list[Any], entered_at: datetime) -> list[PathStep]:
    """Return a stored path as the interpreter knows it."""
    return [
        PathStep(node, port, entered_at + timedelta(seconds=seconds), tuple(Comparison(*value) for value in values))
        for node, port, seconds, values in stored
    ]
