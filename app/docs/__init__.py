"""The browsable page of our own API, served from this machine alone."""

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Flask, Response, send_from_directory

# Swagger UI's own files come with this pip package; nothing else of it is used.
_SWAGGER = Path(str(files("flask_swagger_ui"))) / "dist"
_SWAGGER_FILES = {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}
_OWN = Path(__file__).parent
_OWN_FILES = {"start.js"}

blueprint = Blueprint("docs", __name__, url_prefix="/api/docs")


def register(app: Flask) -> None:
    """Serve /api/docs."""
    app.register_blueprint(blueprint)


@blueprint.get("")
def page() -> Response:
    """The page; it reads /api/openapi.json."""
    return send_from_directory(_OWN, "page.html")


@blueprint.get("/<name>")
def asset(name: str) -> Response:
    """What the page loads."""
    folder = _OWN if name in _OWN_FILES else _SWAGGER
    return send_from_directory(folder, name if name in _OWN_FILES | _SWAGGER_FILES else "missing")
