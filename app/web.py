"""Serving the built front end, and the headers that keep browsers within this host."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.routing import BaseConverter

from app.settings import CHECKOUT

DIST = CHECKOUT / "frontend" / "dist"
_FOR_GOOD = 31_536_000
_COMPRESSED = {"br": ".br", "gzip": ".gz"}
_NOT_PAGES = ("api", "v3", "hooks", "f", "t", "w", "healthz", "readyz", "metrics")

# Scripts come from this host's files only: none inline, no eval. Styles may be inline, because the
# component library writes <style> elements for its theme.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


_EVERYWHERE = _written(_POLICY)
# A mail shows pictures from anywhere, and so do the pages on which one is written.
_WITH_MAIL = _written(_POLICY | {"img-src": f"{_POLICY['img-src']} https:"})
_MAIL_PAGES = ("/templates/", "/campaigns/")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class PageConverter(BaseConverter):
    """Matches any path that belongs to the front end, so that unknown API paths stay a 404 of their door."""

    part_isolating = False
    regex = rf"(?!(?:{'|'.join(_NOT_PAGES)})(?:/|$)).*"


def register(app: Flask) -> None:
    """Serve the front end at every path that no other part claims."""
    app.config.setdefault("FRONTEND", DIST)
    app.url_map.converters["page"] = PageConverter
    app.add_url_rule("/", "page", page, defaults={"path": ""})
    app.add_url_rule("/<page:path>", "page", page)
    app.after_request(_protect)


def page(path: str) -> Response:
    """A file of the build, or index.html for a path that the front end routes by itself."""
    folder: Path = current_app.config["FRONTEND"]
    if path.startswith("assets/"):
        return _asset(folder, path)
    if path and (folder / path).is_file():
        return send_from_directory(folder, path, max_age=3600)
    if not (folder / "index.html").is_file():
        return Response("The front end is not built yet. Run `make frontend`.\n", 503, content_type="text/plain")
    response = send_from_directory(folder, "index.html")
    response.cache_control.no_cache = True
    return response


def _asset(folder: Path, path: str) -> Response:
    """A file whose name changes with its content, as small as the build left it and the browser takes it."""
    taken = (coding for coding in _COMPRESSED if request.accept_encodings[coding])
    coding = next((each for each in taken if (folder / f"{path}{_COMPRESSED[each]}").is_file()), None)
    if coding is None:
        response = send_from_directory(folder, path, max_age=_FOR_GOOD)
    else:
        kind = mimetypes.guess_type(path)[0]
        response = send_from_directory(folder, f"{path}{_COMPRESSED[coding]}", mimetype=kind, max_age=_FOR_GOOD)
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    response.cache_control.immutable = True
    return response


def _protect(response: Response) -> Response:
    policy = _WITH_MAIL if request.path.startswith(_MAIL_PAGES) else _EVERYWHERE
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(("/api", "/v3", "/hooks")):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
