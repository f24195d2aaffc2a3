"""A website and what its pages send."""

from itertools import count
from typing import Any

import orjson
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.services.web.sites import SiteSettings

SHOP = "https://shop.example.com"
ONE = "visitor-number-one"
_numbers = count(1)


def site(*domains: str, name: str = "Shop") -> SiteSettings:
    return {"name": name, "domains": domains, "needs_consent": False, "heeds_do_not_track": True, "push_after": None}


def visited(page: str = "/pricing", ago: int = 0) -> dict[str, Any]:
    properties = {"page": f"{SHOP}{page}", "path": page}
    return {"id": f"event-{next(_numbers):04}", "name": "page_visited", "properties": properties, "ago": ago}


def send(client: FlaskClient, key: str, *events: dict[str, Any], origin: str = SHOP, **more: Any) -> TestResponse:
    body = {"site": key, "visitor": ONE, "events": events, **more}
    headers = {"Origin": origin, "Content-Type": "text/plain"}
    return client.post("/w/e", data=orjson.dumps(body), headers=headers)
