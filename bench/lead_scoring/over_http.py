"""The scenario through the front door: events sent over HTTP, until the last effect is committed."""

import http.client
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from random import Random
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import orjson

from bench.lead_scoring.stage import OPENS, Stage, connect
from bench.usage import processor_seconds, spent
from tests.support.instance import Instance

DOORS: Final = {"api": "/api/events", "v3": "/v3/events/batch"}
_PATIENCE_SECONDS: Final = 600
_POLL_SECONDS: Final = 0.01


class Run(NamedTuple):
    """One run: seconds until everything was accepted and until everything was done, and processor time by kind."""

    accepted: float
    done: float
    processor: Mapping[str, float]


def make_bodies(door: str, contacts: int, batch: int, rng: Random) -> list[bytes]:
    """Return the requests to send: each contact's events, shuffled, `batch` a request."""
    order = [number for number in range(1, contacts + 1) for _ in range(OPENS)]
    rng.shuffle(order)
    make = _own_event if door == "api" else _brevo_event
    events = [make(f"contact{number}@example.com") for number in order]
    return [orjson.dumps({"events": events[start : start + batch]}) for start in range(0, len(events), batch)]


def _own_event(email: str) -> object:
    return {"event": "email_opened", "contact": {"email": email}, "properties": {"message_kind": "campaign"}}


def _brevo_event(email: str) -> object:
    return {
        "event_name": "email_opened",
        "identifiers": {"email_id": email},
        "event_properties": {"message_kind": "campaign"},
    }


def run(instance: Instance, stage: Stage, door: str, key: str, bodies: Sequence[bytes], senders: int) -> Run:
    """Send everything over `senders` connections and wait until it is worked through."""
    before = processor_seconds(instance)
    began = time.monotonic()
    _send(instance.url, DOORS[door], key, bodies, senders)
    accepted = time.monotonic() - began
    _wait(stage)
    done = time.monotonic() - began
    return Run(accepted, done, spent(before, processor_seconds(instance)))


def _send(url: str, path: str, key: str, bodies: Sequence[bytes], senders: int) -> None:
    waiting: SimpleQueue[bytes] = SimpleQueue()
    for body in bodies:
        waiting.put(body)
    with ThreadPoolExecutor(senders) as pool:
        for sender in [pool.submit(_send_some, url, path, key, waiting) for _ in range(senders)]:
            sender.result()


def _send_some(url: str, path: str, key: str, waiting: "SimpleQueue[bytes]") -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}", "api-key": key}
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        while True:
            connection.request("POST", path, waiting.get_nowait(), headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != http.client.ACCEPTED:
                raise RuntimeError(f"{answer.status}: {said[:500]!r}")
    except Empty:
        return
    finally:
        connection.close()


def _wait(stage: Stage) -> None:
    """Wait until the inbox is empty: an event leaves it in the transaction that commits its effects."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with connect(stage.url) as connection:
        while connection.execute("SELECT 1 FROM inbox LIMIT 1").fetchone():
            if time.monotonic() > deadline:
                raise RuntimeError(f"Not done within {_PATIENCE_SECONDS} s.")
            time.sleep(_POLL_SECONDS)
