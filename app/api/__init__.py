"""Our own API: one module a resource, each with a flask-smorest `blueprint`. Thin: services do the work."""

import importlib
import pkgutil

from flask import Flask
from flask_smorest import Api
from werkzeug.routing import IntegerConverter, Map

from app.api.schemas.base import LARGEST_ID


class IdConverter(IntegerConverter):
    """`<id:contact_id>` in a path: a number that a row can have; others are a 404."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LARGEST_ID)


def register(smorest: Api, app: Flask) -> None:
    """Mount the `blueprint` of every module in this folder that has one."""
    app.url_map.converters["id"] = IdConverter
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        blueprint = getattr(importlib.import_module(found.name), "blueprint", None)
        if blueprint is not None:
            smorest.register_blueprint(blueprint)
