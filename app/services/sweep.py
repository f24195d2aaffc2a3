"""What the clock does twice a second: ring for what is due, whoever forgot to."""

import time
from collections.abc import Callable
from typing import Final

from app.adapters import doorbell
from app.adapters.engine import claim
from app.services import contact_files, forgetting, hooks, imports, outbox, quick_search, retention, room, watching
from app.services.automations import people
from app.services.campaigns import spreading
from app.services.consents import opting_in
from app.services.drain import drain
from app.services.forms import keeping as form_keeping
from app.services.mailing import return_mailbox
from app.services.rehearsals import replays
from app.services.sources import history as source_history
from app.services.web import endings, recategorising
from app.services.webhooks import deliveries as webhook_deliveries

_OFTEN_SECONDS: Final = 5.0
_RARELY_SECONDS: Final = 30.0
_HOURLY_SECONDS: Final = 3600.0


class _Due:
    often = 0.0
    rarely = 0.0
    hourly = 0.0


def tick(alive: Callable[[], object]) -> None:
    """Ring for all that waits, and look for what nobody tells of; while Redis is away, do the work here.

    `alive` is called after each piece of work: together they may take longer than a clock that hangs is waited for.
    """
    for work in (_ring, spreading.ask, watching.look, _do_hourly, _do_rarely, _do_often):
        work()
        alive()


def _ring() -> None:
    parts = [work.part for work in claim.work_in()]
    if not doorbell.ring(parts, force=True):
        drain(parts)
    if outbox.anything_due() and not doorbell.ring_sender(force=True):
        outbox.deliver_due()


def _do_hourly() -> None:
    if time.monotonic() >= _Due.hourly:
        _Due.hourly = time.monotonic() + _HOURLY_SECONDS
        retention.keep_house()
        forgetting.ask()
        hooks.forget_old()
        opting_in.forget_old()
        source_history.forget_old()
        webhook_deliveries.forget_old()
        quick_search.ask()


def _do_often() -> None:
    if time.monotonic() >= _Due.often:
        _Due.often = time.monotonic() + _OFTEN_SECONDS
        form_keeping.keep_sightings()


def _do_rarely() -> None:
    if time.monotonic() >= _Due.rarely:
        _Due.rarely = time.monotonic() + _RARELY_SECONDS
        retention.clear_stragglers()
        imports.resume()
        imports.forget_old()
        contact_files.resume()
        contact_files.forget_old()
        replays.resume()
        replays.forget_old()
        room.resume()
        people.resume()
        recategorising.resume()
        endings.tell()
        return_mailbox.ask()
