"""Doors for the clients of other products, each a thin translation onto the services."""

import importlib
import pkgutil

from flask import Flask


def register(app: Flask) -> None:
    """Let every package in this folder register its door with `register(app)`."""
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(found.name).register(app)
