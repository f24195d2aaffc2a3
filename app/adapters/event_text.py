"""An event as runs and put-off entries keep it, so that the log may forget it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from nodes.world import Event


def write_event(event: Event) -> str:
    """Return the event as JSON text."""
    return orjson.dumps(event._asdict()).decode()


def read_event(stored: Mapping[str, Any]) -> Event:
    """Return the event that was stored."""
    at, causes = datetime.fromisoformat(stored["at"]), tuple(stored["causes"])
    return Event(stored["id"], stored["name"], at, stored["properties"], causes)
