"""`python -m tests.hosts`: workers on one, two and three hosts, one cut off in the middle; is the outcome exact?"""

import signal
import sys
import time
from itertools import islice
from typing import Final

import httpx

from tests.chaos.load import Sender, stop
from tests.chaos.outcome import differences, expected, happened
from tests.chaos.receiver import Receiver, receiver
from tests.chaos.run import SENDERS, furnish, rest
from tests.chaos.scenario import automations, stream
from tests.chaos.vandal import make_clock_movable
from tests.hosts.network import HOSTS, address, cut, heal, hosts, standing_on, why_not
from tests.hosts.parts import Installation, installation
from tests.model.scenario import Send

CONTACTS: Final = 400
MEASURED: Final = 20_000
REQUEST: Final = 500
PAUSE: Final = 0.5  # what a sender rests between two batches, in seconds
BUSY_SECONDS: Final = 8.0
PATIENCE_SECONDS: Final = 90.0
PEOPLE: Final = [list(range(first, CONTACTS + 1, SENDERS)) for first in range(1, SENDERS + 1)]


def main() -> None:
    """Print how fast how many hosts are, cut one off and heal it; code 1 when the outcome was not exact."""
    if reason := why_not():
        print(f"Skipped: {reason}")
        return
    with hosts(), standing_on("main"), receiver(address("main")) as hook, installation() as made:
        documents = automations(hook.url)
        key = furnish(made, documents)
        with made.connect() as connection:
            make_clock_movable(connection)
        sent: list[Send] = []
        for number in range(1, len(HOSTS) + 1):
            sent += _measure(made, key, number)
        sent += _cut_off(made, key)
        found = _differences(made, hook, sent)
    print("\n".join(found[:20]) if found else f"EXACT: {len(sent):,} events")
    sys.exit(bool(found))


def _measure(made: Installation, key: str, number: int) -> list[Send]:
    """Queue events, then let workers on so many hosts work through them; opens only, so that nothing waits."""
    for host in HOSTS[:number]:
        made.start_worker(host)
    made.wait_for_workers()
    for worker in made.workers.values():
        worker.send_signal(signal.SIGSTOP)
    opens = (each for each in stream(number, PEOPLE[0]) if each.name == "email_opened")
    batch = [each._replace(message=f"h{number}-{each.message}") for each in islice(opens, MEASURED)]
    with httpx.Client(headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
        for start in range(0, MEASURED, REQUEST):
            events = [
                {"event": each.name, "contact": {"email": f"p{each.who}@example.com"}, "message_id": each.message}
                for each in batch[start : start + REQUEST]
            ]
            client.post(f"{made.url}/api/events", json={"events": events}).raise_for_status()
    began = time.monotonic()
    for worker in made.workers.values():
        worker.send_signal(signal.SIGCONT)
    _wait_until_worked_off(made)
    print(f"  workers on {number} of {len(HOSTS)} hosts: {MEASURED / (time.monotonic() - began):,.0f} events/s")
    made.stop_workers()
    return batch


def _cut_off(made: Installation, key: str) -> list[Send]:
    """Cut a host off while all are busy: the others must do its work before it is healed, and it must come back."""
    for host in HOSTS:
        made.start_worker(host)
    senders = [Sender(made.url, key, 100 + mine[0], mine, PAUSE) for mine in PEOPLE]
    for each in senders:
        each.start()
    time.sleep(BUSY_SECONDS)
    cut("left")
    print("  one host is cut off", flush=True)
    time.sleep(BUSY_SECONDS)
    stop(senders)
    began = time.monotonic()
    _wait_until_worked_off(made)
    print(f"  the others did its work, too: all was done {time.monotonic() - began:.0f} s after the last event")
    heal("left")
    assert all(worker.poll() is None for worker in made.workers.values()), "A worker ended."
    return [each for sender in senders for each in sender.sent]


def _wait_until_worked_off(made: Installation) -> None:
    """Wait until no event is left that automations have not seen."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with made.connect() as connection:
        while connection.execute("SELECT EXISTS (SELECT FROM inbox)").fetchone() != (False,):
            if time.monotonic() > deadline:
                sys.exit(f"NOT DONE: events still wait {PATIENCE_SECONDS:.0f} s later.")
            time.sleep(0.02)


def _differences(made: Installation, hook: Receiver, sent: list[Send]) -> list[str]:
    left = rest(made.connect, PATIENCE_SECONDS)
    with made.connect() as connection:
        facts = happened(connection, hook)
    found = differences(facts, expected(automations(hook.url), CONTACTS, sent))
    return [f"It did not come to rest: {left}.", *found] if left else found


if __name__ == "__main__":
    main()
