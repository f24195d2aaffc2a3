"""A person at work while everything breaks: lets the crowd in, pauses its automation and lets it go on."""

import threading
import time
from random import Random
from typing import Any, Final

import httpx

from tests.chaos.scenario import SEGMENT

REST = (2.0, 10.0)
# What was on its way when a pause was answered may arrive so many seconds later: see ARCHITECTURE.md, outbox.
GRACE: Final = 3.0
RESUMPTIONS: Final[tuple[dict[str, Any], ...]] = ({"overdue": "now"}, {"overdue": "spread", "spread_hours": 1})


class Operator(threading.Thread):
    """Works until told to stop, and leaves the automation active.

    The crowd was asked for `rounds` times; in the `silences` (monotonic) nothing of it may be sent.
    """

    def __init__(self, url: str, key: str, automation: int, seed: int) -> None:
        super().__init__()
        self.address, self.headers = f"{url}/api/automations/{automation}", {"Authorization": f"Bearer {key}"}
        self.chance = Random(f"operator {seed}")
        self.rounds = 0
        self.silences: list[tuple[float, float]] = []
        self.refusal: str | None = None
        self.stopping = threading.Event()

    def run(self) -> None:
        with httpx.Client(timeout=10, headers=self.headers) as client:
            while not self.stopping.is_set() and not self.refusal:
                name = f"round {self.rounds}"
                self._ask(client, "entries", {"crowd": {"segment": SEGMENT}, "message_id": name})
                self.rounds += 1
                self._rest()
                self._ask(client, "pause")
                paused = time.monotonic()
                self._rest()
                self.silences.append((paused + GRACE, time.monotonic()))
                self._ask(client, "resume", self.chance.choice(RESUMPTIONS))
                self._rest()

    def _rest(self) -> None:
        self.stopping.wait(self.chance.uniform(*REST))

    def _ask(self, client: httpx.Client, what: str, wish: dict[str, Any] | None = None) -> None:
        """Ask until it is answered; it may have been done before, by a process that was killed before it answered."""
        done = {httpx.codes.CONFLICT} if what in {"pause", "resume"} else set()
        while not self.refusal:
            try:
                answer = client.post(f"{self.address}/{what}", json=wish or {})
            except httpx.TransportError:
                time.sleep(0.2)
                continue
            if answer.is_success or answer.status_code in done:
                return
            if answer.status_code < 500:
                self.refusal = f"{what}: {answer.status_code}: {answer.text[:300]}"
            time.sleep(0.2)
