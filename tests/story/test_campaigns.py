"""A campaign whose workers are killed, again and again, while its mail leaves by a real SMTP server."""

import time
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import httpx
import psutil
import pytest

from tests.e2e.acting import PASSWORD, client_of
from tests.support.database import connect, wait_until
from tests.support.instance import Instance, instance
from tests.support.mailbox import listening

pytestmark = [pytest.mark.story, pytest.mark.timeout(480)]

ADMIN = "admin@example.com"
PEOPLE = 400
LETTER = "<p>Dear {{ contact.FIRSTNAME | default('friend') }}, <a href='https://example.com/sale'>look</a></p>"


@pytest.fixture
def site() -> Iterator[Instance]:
    with instance(CADENZA_ALLOW_PRIVATE_HOSTS="1") as made:
        made.start()
        made.command("user", "create", "--email", ADMIN, "--role", "admin", "--password-stdin", text=PASSWORD)
        yield made


def campaign_to(admin: httpx.Client, people: int) -> str:
    """A draft to so many contacts; returns its path."""
    events = [{"event": "joined", "contact": {"email": f"p{each}@example.com"}} for each in range(people)]
    admin.post("/api/events", json={"events": events}).raise_for_status()
    segment = {"name": "All", "condition": {"field": "email", "op": "contains", "value": "@example.com"}}
    chosen = admin.post("/api/segments", json=segment).raise_for_status().json()["id"]
    new = {"name": "Letter", "subject": "Sale", "format": "html", "source": LETTER}
    template = admin.post("/api/mail-templates", json=new).raise_for_status().json()["id"]
    settings = {"segments": [chosen], "template": template}
    made = admin.post("/api/campaigns", json={"name": "Sale", "settings": settings}).raise_for_status().json()
    return f"/api/campaigns/{made['id']}"


def kill_workers(site: Instance) -> None:
    """As the machine would when it runs out of memory: no goodbye."""
    assert site.process
    for each in psutil.Process(site.process.pid).children(recursive=True):
        try:
            if "app.jobs.worker" in " ".join(each.cmdline()):
                each.kill()
        except psutil.NoSuchProcess:
            continue


def let_leases_run_out(site: Instance) -> None:
    """Nobody waits here until what a dead sender had in its hands may be tried again."""
    with connect(site) as connection:
        connection.execute("UPDATE outbox SET due_at = now() WHERE state = 'pending' AND sending")


def read(admin: httpx.Client, path: str) -> dict[str, Any]:
    found: dict[str, Any] = admin.get(path).raise_for_status().json()
    return found


def identifiers(letters: list[EmailMessage]) -> set[tuple[str, str]]:
    return {(each["To"], each["Message-ID"]) for each in letters}


def test_killed_workers_lose_and_double_nobody(site: Instance):
    """Everybody has one message, which left; what left twice bears the same Message-ID, so that it can be told."""
    with listening() as (box, settings), client_of(site, ADMIN, PASSWORD) as admin:
        admin.put("/api/workspace/mail", json=settings).raise_for_status()
        path = campaign_to(admin, PEOPLE)
        admin.post(f"{path}/start").raise_for_status()
        for share in (0.1, 0.4, 0.7):
            wait_until(lambda share=share: len(box.mails) >= share * PEOPLE, 120)  # type: ignore[misc] # as it is now
            kill_workers(site)
            let_leases_run_out(site)
        # Longer than what the last one killed had in its hands is left to it.
        wait_until(lambda: read(admin, path)["state"] == "done", 240)
        told = read(admin, path)
        assert (told["total"], told["settled"], told["counts"]["sent"]) == (PEOPLE, PEOPLE, PEOPLE)
        assert len({each["To"] for each in box.letters}) == PEOPLE
        assert len(identifiers(box.letters)) == PEOPLE


def test_a_pause_holds_within_a_second_what_was_not_handed_over(site: Instance):
    """And nothing of it is lost when it goes on."""
    with listening() as (box, settings), client_of(site, ADMIN, PASSWORD) as admin:
        admin.put("/api/workspace/mail", json=settings).raise_for_status()
        path = campaign_to(admin, PEOPLE)
        admin.post(f"{path}/start").raise_for_status()
        wait_until(lambda: len(box.mails) >= PEOPLE / 8, 120)
        assert admin.post(f"{path}/pause").raise_for_status().json()["state"] == "paused"
        time.sleep(0.2)  # what the server took is being written down here
        held = len(box.mails)
        assert held < PEOPLE
        time.sleep(1.5)
        assert len(box.mails) == held
        admin.post(f"{path}/resume").raise_for_status()
        wait_until(lambda: read(admin, path)["state"] == "done", 120)
        assert len({each["To"] for each in box.letters}) == len(box.letters) == PEOPLE
