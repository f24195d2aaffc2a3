"""Segment's door, `/v1`: existing Segment clients work here by changing the host only."""

from flask import Flask

from app import doors
from app.compat.segment.door import PREFIX, answer, door


def register(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(door)
    doors.speak(app, PREFIX, answer)
