"""Cadenza's outside world: HTTP, database, queue, mail and the command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the web application; without settings it reads the environment."""
    from app.factory import build  # noqa: PLC0415 - workers import this package and need no Flask

    return build(settings)
