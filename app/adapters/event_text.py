"""An event as runs, put-off entries and what is to be sent keep it, so that the log may forget it."""

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


def carried(payload: Mapping[str, Any]) -> Event | None:
    """Return the event that a delivery carries, for texts that ask for it."""
    return read_event(payload["event"]) if "event" in payload else None
