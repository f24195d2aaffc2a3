"""Traffic for trying things out: real events over HTTP, at a steady pace, counted exactly."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any, Final

import httpx
from sqlalchemy import select

from app import db
from app.models import Contact
from app.services.demo.happenings import FORM
from app.services.demo.pages import ADDRESS, PAGES

LARGEST_REQUEST: Final = 500
_AUDIENCE: Final = 2000
_TICK_SECONDS: Final = 0.2
_PATIENCE_SECONDS: Final = 10.0

_CAMPAIGNS: Final = ("Product news", "Webinar invitation", "Customer story")
_FORMS: Final = ("newsletter", FORM, "webinar")
Event = dict[str, Any]


class Refused(RuntimeError):
    """The instance answered, and took nothing."""


@dataclass(slots=True)
class Tally:
    """What was sent and what became of it; every event counted in `sent` was answered for."""

    sent: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    duplicates: int = 0
    requests: int = 0
    repeated: int = 0
    answer_seconds: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def events(self) -> int:
        """How many events were sent."""
        return self.sent.total()

    @property
    def median_answer(self) -> float:
        """The median time until an answer, in seconds."""
        return statistics.median(self.answer_seconds) if self.answer_seconds else 0.0


def audience() -> Sequence[str]:
    """Return the addresses of some contacts, the longest known first; made-up visitors where there are none."""
    statement = select(Contact.email).where(Contact.email.is_not(None)).order_by(Contact.id).limit(_AUDIENCE)
    with db.transaction() as session:
        found = [email for email in session.scalars(statement) if email]
    return found or [f"visitor{number}@example.com" for number in range(1, 201)]


def make_events(rng: Random, emails: Sequence[str], run: str) -> Iterator[Event]:
    """Yield varied events of these contacts without end; `run` makes their message ids unique."""
    names, shares = list(_KINDS), [share for share, _ in _KINDS.values()]
    number = 0
    while True:
        number += 1
        (name,) = rng.choices(names, shares)
        yield {
            "event": name,
            "contact": {"email": rng.choice(emails)},
            "properties": _KINDS[name][1](rng),
            "message_id": f"{run}-{number}",
        }


def send(
    client: httpx.Client, events: Iterator[Event], rate: float, seconds: float, progress: Callable[[Tally], None]
) -> Tally:
    """Send `rate` events a second for so many seconds, then stop. What got no answer is sent again, and counted once.

    Raises Refused when the instance does not take events, httpx.TransportError when it stays away.
    """
    tally, total = Tally(), round(rate * seconds)
    began = time.monotonic()
    while tally.events < total:
        passed = time.monotonic() - began
        due = min(total, int(rate * (passed + _TICK_SECONDS)))
        while batch := list(islice(events, min(due - tally.events, LARGEST_REQUEST))):
            _post(client, batch, tally)
        tally.seconds = time.monotonic() - began
        progress(tally)
        time.sleep(max(0.0, min(_TICK_SECONDS, began + tally.events / rate - time.monotonic())))
    return tally


def _post(client: httpx.Client, batch: Sequence[Event], tally: Tally) -> None:
    began = time.monotonic()
    answer = _answer(client, batch, tally)
    if answer.status_code != httpx.codes.ACCEPTED:
        raise Refused(f"{answer.status_code}: {answer.json().get('detail') or answer.text[:200]}")
    taken = answer.json()
    tally.sent.update(event["event"] for event in batch)
    tally.requests += 1
    tally.accepted += taken["accepted"]
    tally.duplicates += taken["duplicates"]
    tally.answer_seconds.append(time.monotonic() - began)


def _answer(client: httpx.Client, batch: Sequence[Event], tally: Tally) -> httpx.Response:
    """Send until there is an answer: the message ids make a repetition harmless."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return client.post("/api/events", json={"events": batch})
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            tally.repeated += 1
            time.sleep(_TICK_SECONDS)


def _message(rng: Random) -> Event:
    kind = rng.choice(("campaign", "campaign", "campaign", "automation", "transactional"))
    return {"message_kind": kind, "campaign": rng.choice(_CAMPAIGNS)}


def _click(rng: Random) -> Event:
    return {**_message(rng), "link": rng.choice(PAGES).address}


# How often each event comes among all, and what it says.
_KINDS: Final[Mapping[str, tuple[int, Callable[[Random], Event]]]] = {
    "email_opened": (40, _message),
    "email_clicked": (12, _click),
    "web_push_clicked": (8, _click),
    "page_visited": (30, lambda rng: rng.choice(PAGES).view()),
    "form_submitted": (3, lambda rng: {"form": rng.choice(_FORMS), "page": f"{ADDRESS}/pricing"}),
    "trial_started": (2, lambda rng: {"plan": rng.choice(("team", "business"))}),
    "invoice_paid": (5, lambda rng: {"amount": rng.choice((49, 99, 249, 990)), "currency": "EUR"}),
}
