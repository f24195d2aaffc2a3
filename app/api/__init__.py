"""Our own API: one module a resource, each with a flask-smorest `blueprint`. Thin: services do the work."""

import importlib
import pkgutil

from flask_smorest import Api


def register(smorest: Api) -> None:
    """Mount the `blueprint` of every module in this folder that has one."""
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        blueprint = getattr(importlib.import_module(found.name), "blueprint", None)
        if blueprint is not None:
            smorest.register_blueprint(blueprint)
