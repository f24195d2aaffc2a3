"""A new version is published while contacts stand in the old one, others enter, and workers are killed."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil
import pytest

from tests.support.database import connect, wait_until
from tests.support.instance import Instance, instance
from tests.support.live import document

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]

WAITING, COMING = 600, 300
POINTS = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
OPENED, DAY = ("opened", "email_opened", {}), ("day", "wait", {"duration": {"amount": 1, "unit": "days"}})
OLD = document(
    [OPENED, POINTS, DAY, ("note", "add_note", {"text": "old"})],
    [("opened", "next", "points"), ("points", "next", "day"), ("day", "next", "note")],
)
# The wait is gone, and the points come after the note: who has them already must not get them again.
NEW = document(
    [OPENED, ("note", "add_note", {"text": "new"}), POINTS],
    [("opened", "next", "note"), ("note", "next", "points")],
)
OUTCOME = """
    SELECT (SELECT count(*) FROM enrollment WHERE state = 'active'),
           (SELECT count(*) FROM enrollment WHERE state = 'finished'),
           (SELECT count(DISTINCT contact_id) FROM note WHERE text = 'new'), (SELECT count(*) FROM note),
           (SELECT count(*) FROM contact WHERE {score} = 5)
    """


class Running(NamedTuple):
    """An instance with the old version live, a program's key to it, and the automation's number."""

    instance: Instance
    key: str
    automation: int

    def send(self, method: str, path: str, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx.request(method, self.instance.url + path, json=body or None, headers=headers, timeout=60)
        assert answer.is_success, answer.text
        return answer.json()

    def open_mail(self, first: int, count: int) -> None:
        events = [
            {"event": "email_opened", "contact": {"email": f"c{number}@example.com"}}
            for number in range(first, first + count)
        ]
        self.send("POST", "/api/events", events=events)


@pytest.fixture
def running() -> Iterator[Running]:
    with instance(WORKERS="3") as made:
        made.start()
        key = made.command("api-key", "create", "--name", "story").stdout.strip()
        score = {"name": "SCORE", "kind": "number"}
        headers = {"Authorization": f"Bearer {key}"}
        httpx.post(f"{made.url}/api/attributes", json=score, headers=headers).raise_for_status()
        path = Path(made.data, "old.json")
        path.write_text(json.dumps(OLD))
        imported = made.command("automation", "import", "--activate", str(path))
        assert imported.returncode == 0, imported.stderr
        yield Running(made, key, int(imported.stdout.strip()))


def workers(of: Instance) -> list[psutil.Process]:
    return [each for each in of.children() if "app.jobs.worker" in " ".join(each.cmdline())]


def test_everybody_is_moved_once_whatever_is_killed(running: Running):
    """Nobody is left behind, nobody is lost, and what was done before is not done again."""
    running.open_mail(0, WAITING)
    with connect(running.instance) as connection:
        inside = "SELECT count(*) FROM enrollment WHERE state = 'active' AND node = 'day'"
        wait_until(lambda: connection.execute(inside).fetchone() == (WAITING,), seconds=60)
        path = f"/api/automations/{running.automation}"
        revision = running.send("GET", path)["draft_revision"]
        running.send("PUT", f"{path}/draft", document=NEW, base_revision=revision)
        coming = threading.Thread(target=lambda: [running.open_mail(WAITING + at, 10) for at in range(0, COMING, 10)])
        coming.start()
        running.send("POST", f"{path}/activate", people={"everybody": {"way": "move", "to": None, "repeat": False}})
        for worker in workers(running.instance)[:2]:
            worker.kill()
        coming.join()
        number = connection.execute("SELECT id FROM attribute WHERE name = 'SCORE'").fetchone()[0]
        total = WAITING + COMING
        outcome = OUTCOME.format(score=f"a{number}")
        wait_until(lambda: connection.execute(outcome).fetchone()[:2] == (0, total), seconds=120)
        assert connection.execute(outcome).fetchone() == (0, total, total, total, total)
    assert running.send("GET", f"{path}/versions")["moving"] == []
