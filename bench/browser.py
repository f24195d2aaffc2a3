"""A person's browser, as far as a measurement needs one."""

import contextlib
from collections.abc import Iterator
from typing import Final

import httpx

from bench.place import Place

_PATIENCE_SECONDS: Final = 60.0
PASSWORD: Final = "only for this measurement"  # noqa: S105 - of an instance that lives as long as the measurement


@contextlib.contextmanager
def signed_in(place: Place, email: str) -> Iterator[httpx.Client]:
    """Sign in as the user of that address, whose password is `PASSWORD`."""
    with httpx.Client(base_url=place.instance.url, timeout=_PATIENCE_SECONDS) as browser:
        browser.headers["X-CSRF-Token"] = browser.get("/api/session").json()["csrf_token"]
        body = {"email": email, "password": PASSWORD}
        session = browser.post("/api/session", json=body).raise_for_status().json()
        browser.headers["X-CSRF-Token"] = session["csrf_token"]
        yield browser
