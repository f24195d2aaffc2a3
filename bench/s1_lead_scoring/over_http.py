"""The scenario through the front door: events sent over HTTP, until the last effect is committed."""

import time
from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

import orjson

from bench.database import wait_for_inbox
from bench.place import Place
from bench.s1_lead_scoring.stage import OPENS
from bench.sending import make_request, send_all

_DOORS: Final = {"api": "/api/events", "v3": "/v3/events/batch"}


class Run(NamedTuple):
    """Seconds until everything was accepted, and until everything was done."""

    accepted: float
    done: float


def make_requests(door: str, key: str, contacts: Sequence[int], batch: int, rng: Random) -> list[bytes]:
    """Return the requests to send: each contact's events, shuffled, `batch` a request."""
    order = [number for number in contacts for _ in range(OPENS)]
    rng.shuffle(order)
    make = _own_event if door == "api" else _brevo_event
    events = [make(f"contact{number}@example.com") for number in order]
    batches = [events[start : start + batch] for start in range(0, len(events), batch)]
    return [make_request(_DOORS[door], key, orjson.dumps({"events": each})) for each in batches]


def run(place: Place, requests: Sequence[bytes], senders: int) -> Run:
    """Send everything over `senders` connections and wait until it is worked through."""
    began = time.monotonic()
    send_all(place.instance.url, requests, senders)
    accepted = time.monotonic() - began
    wait_for_inbox(place.database_url)
    return Run(accepted, time.monotonic() - began)


def _own_event(email: str) -> object:
    return {"event": "email_opened", "contact": {"email": email}, "properties": {"message_kind": "campaign"}}


def _brevo_event(email: str) -> object:
    return {
        "event_name": "email_opened",
        "identifiers": {"email_id": email},
        "event_properties": {"message_kind": "campaign"},
    }
