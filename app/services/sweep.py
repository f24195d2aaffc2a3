"""What the clock does twice a second: ring for what is due, whoever forgot to."""

import time
from typing import Final

from app.adapters import doorbell
from app.adapters.engine import claim
from app.services import hooks, imports, outbox, quick_search, retention, watching
from app.services.drain import drain

_RARELY_SECONDS: Final = 30.0
_HOURLY_SECONDS: Final = 3600.0


class _Due:
    rarely = 0.0
    hourly = 0.0


def tick() -> None:
    """Look for what nobody tells of, and ring for all that waits; while Redis is away, do the work here."""
    watching.look()
    parts = claim.parts_with_work()
    if not doorbell.ring(parts, force=True):
        for part in parts:
            drain(part)
    if outbox.anything_due() and not doorbell.ring_sender(force=True):
        outbox.deliver_due()
    if time.monotonic() >= _Due.hourly:
        _Due.hourly = time.monotonic() + _HOURLY_SECONDS
        retention.keep_house()
        hooks.forget_old()
        quick_search.ask()
    if time.monotonic() >= _Due.rarely:
        _Due.rarely = time.monotonic() + _RARELY_SECONDS
        retention.clear_stragglers()
        imports.resume()
        imports.forget_old()
