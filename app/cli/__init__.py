"""Commands of `flask --app wsgi`, one module a group, each with a click group or command `command`."""

import importlib
import pkgutil

from flask import Flask


def register(app: Flask) -> None:
    """Add the `command` of every module in this folder that has one."""
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        command = getattr(importlib.import_module(found.name), "command", None)
        if command is not None:
            app.cli.add_command(command)
