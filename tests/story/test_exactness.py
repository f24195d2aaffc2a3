"""Events over HTTP, workers draining at the same time: the outcome is exact."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.support.database import connect, wait_until
from tests.support.instance import Instance, instance
from tests.support.live import document

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]

CONTACTS = 1000
REPS = ["ann@example.com", "ben@example.com"]
SCORING = document(
    [
        ("opened", "email_opened", {}),
        ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5}),
        ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}),
        (
            "assign",
            "assign_owner",
            {"how": "round_robin", "reps": ["ann@example.com", "ben@example.com"], "tell": False},
        ),
        ("alert", "send_alert", {"to": "owner", "title": "Hot lead", "body": "Call {{ contact.email }}."}),
    ],
    [("opened", "next", "points"), ("points", "next", "hot"), ("hot", "yes", "assign"), ("assign", "next", "alert")],
)
OUTCOME = """
    SELECT (SELECT count(*) FROM enrollment WHERE state = 'finished'),
           (SELECT count(*) FROM contact WHERE {score} = 20),
           (SELECT count(DISTINCT contact_id) FROM assignment), (SELECT count(*) FROM assignment),
           (SELECT count(*) FROM notification)
    """


class Busy(NamedTuple):
    """An instance with the automation switched on, and a program's key to it."""

    instance: Instance
    key: str


EXPECTED = (4 * CONTACTS, CONTACTS, CONTACTS, CONTACTS, CONTACTS)


@pytest.fixture
def busy() -> Iterator[Busy]:
    """An instance with four workers and the lead-scoring automation switched on."""
    with instance(WORKERS="4") as made:
        made.start()
        for name in ("ann", "ben"):
            user = ("user", "create", "--email", f"{name}@example.com", "--role", "rep", "--password-stdin")
            assert made.command(*user, text="a long enough passphrase").returncode == 0
        key = made.command("api-key", "create", "--name", "story").stdout.strip()
        post(made, key, "/v3/contacts/attributes/normal/SCORE", {"type": "float"}, expected=201)
        path = Path(made.data, "scoring.json")
        path.write_text(json.dumps(SCORING))
        assert made.command("automation", "import", "--activate", str(path)).returncode == 0
        yield Busy(made, key)


def post(to: Instance, key: str, path: str, body: object, expected: int) -> None:
    answer = httpx.post(to.url + path, json=body, headers={"api-key": key}, timeout=60)
    assert answer.status_code == expected, answer.text


def send(busy: Busy, emails: list[str]) -> None:
    for start in range(0, len(emails), 500):
        batch = emails[start : start + 500]
        events = [{"event_name": "email_opened", "identifiers": {"email_id": each}} for each in batch]
        post(busy.instance, busy.key, "/v3/events/batch", {"events": events}, expected=202)


def outcome(of: Busy) -> tuple[int, ...]:
    """Wait until everything is worked through, and return what came of it."""
    with connect(of.instance) as connection:
        wait_until(lambda: connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,), seconds=120)
        number = connection.execute("SELECT id FROM attribute WHERE name = 'SCORE'").fetchone()
        return connection.execute(OUTCOME.format(score=f"a{number[0]}")).fetchone()


def shuffled(seed: int) -> list[str]:
    emails = [f"c{number}@example.com" for number in range(CONTACTS)] * 4
    random.Random(seed).shuffle(emails)
    return emails


@pytest.mark.row("C12", "C22")
def test_a_thousand_contacts_with_four_opens_each(busy: Busy):
    """Shuffled and drained by four workers: every score is 20, with one assignment and one alert each, evenly dealt."""
    send(busy, shuffled(seed=12))
    assert outcome(busy) == EXPECTED
    with connect(busy.instance) as connection:
        per_rep = connection.execute("SELECT count(*) FROM assignment GROUP BY user_id").fetchall()
    assert per_rep == [(CONTACTS // 2,), (CONTACTS // 2,)]
