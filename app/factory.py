"""Building the web application."""

import hashlib
import logging
from typing import Any

from flask import Flask, Request, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    accounts,
    api,
    cli,
    compat,
    db,
    docs,
    doors,
    forms_door,
    health,
    hooks,
    instance,
    metrics,
    preferences,
    request_ids,
    site_door,
    tracking,
    web,
)
from app.adapters import mail_links, outside, redis, secrets
from app.api.spec import Api
from app.json_provider import OrjsonProvider
from app.services import backpressure
from app.settings import Settings

LARGEST_BODY = 10 * 1024 * 1024
VERSION = "1"

log = logging.getLogger(__name__)


class StrictRequest(Request):
    """Says what is wrong with a body that is not JSON."""

    def on_json_loading_failed(self, e: ValueError | None) -> Any:  # noqa: ANN401 - Flask's signature
        if e is None:
            raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")
        raise BadRequest(f"The body is not valid JSON: {e}.")


class Cadenza(Flask):
    """Flask, with strict JSON and logs that name the route instead of the path, which may hold an address."""

    request_class = StrictRequest
    json_provider_class = OrjsonProvider

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - Flask's signature
        log.error("Exception in %s %s", request.method, request.url_rule, exc_info=exc_info)


def build(settings: Settings | None = None) -> Flask:
    """Build the application for these settings, or for the environment's."""
    settings = settings or instance.looked_up()
    app = Cadenza(__name__, static_folder=None)
    app.config.from_mapping(_configuration(settings))
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign] # Flask's way
    app.extensions["cadenza-settings"] = settings
    secrets.configure(settings.secret_key)
    outside.configure(allow_private=settings.allow_private_hosts)
    mail_links.configure(settings.public_url)
    if settings.database_url:
        db.configure(settings.database_url)
    if settings.redis_url:
        redis.configure(settings.redis_url)
    backpressure.configure(settings.max_lag_seconds)
    request_ids.install(app)
    doors.install(app)
    accounts.install(app)
    api.register(Api(app), app)
    compat.register(app)
    for part in (hooks, tracking, preferences, forms_door, site_door, health, metrics, docs, web, cli):
        part.register(app)
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY,
        "SESSION_COOKIE_NAME": f"cadenza_{_mark(settings.secret_key)}",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.public_url.startswith("https://"),
        "API_TITLE": "Cadenza",
        "API_VERSION": VERSION,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api",
        "OPENAPI_JSON_PATH": "openapi.json",
    }


def _mark(secret_key: str) -> str:
    """What cookies are told apart by: they know no ports, and several instances may run side by side on a machine."""
    return hashlib.sha256(secret_key.encode()).hexdigest()[:8]
