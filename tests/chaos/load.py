"""Senders that behave as clients should: message ids, and everything again until it was acknowledged."""

import threading
import time
from collections.abc import Sequence
from itertools import islice
from random import Random
from typing import Protocol

import httpx

from tests.chaos.scenario import stream
from tests.model.scenario import Send

BATCH = (10, 80)
REPEATED = 0.05


class Sender(threading.Thread):
    """Sends its contacts' events in order, batch after batch, until told to stop; `sent` was all acknowledged."""

    def __init__(self, url: str, key: str, seed: int, contacts: list[int], pause: float) -> None:
        super().__init__()
        self.address, self.headers = f"{url}/api/events", {"Authorization": f"Bearer {key}"}
        self.chance, self.pause = Random(seed), pause
        self.stream = stream(seed, contacts)
        self.sent: list[Send] = []
        self.retries = self.repeated = 0
        self.refusal: str | None = None
        self.stopping = threading.Event()

    def run(self) -> None:
        with httpx.Client(timeout=10) as client:
            while not self.stopping.is_set() and not self.refusal:
                batch = list(islice(self.stream, self.chance.randint(*BATCH)))
                self._deliver(client, batch)
                self.sent += batch
                if self.chance.random() < REPEATED:
                    self._deliver(client, batch)
                    self.repeated += 1
                self.stopping.wait(self.chance.uniform(0, 2 * self.pause))

    def _deliver(self, client: httpx.Client, batch: list[Send]) -> None:
        """What was begun is finished, however long the other side is away."""
        events = [
            {
                "event": each.name,
                "contact": {"email": f"p{each.who}@example.com"},
                "properties": each.properties,
                "message_id": each.message,
            }
            for each in batch
        ]
        while not self.refusal:
            try:
                answer = client.post(self.address, json={"events": events}, headers=self.headers)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.is_success:
                return
            if answer is not None and answer.status_code < 500 and answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                self.refusal = f"{answer.status_code}: {answer.text[:300]}"
            self.retries += 1
            time.sleep(0.2)


class Working(Protocol):
    """A thread that can be asked to finish."""

    stopping: threading.Event

    def join(self) -> None: ...


def stop(threads: Sequence[Working]) -> None:
    """Let each finish what it is doing."""
    for each in threads:
        each.stopping.set()
    for each in threads:
        each.join()
