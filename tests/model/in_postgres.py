"""The same scenario through the engine on PostgreSQL, and what its tables tell of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import orjson
import pytest
from sqlalchemy import text

from app.adapters import http
from app.adapters.attributes import column_name
from app.adapters.engine import claim
from app.services import entries, outbox, watching
from app.services.automations import activation
from app.services.contacts import Identifier
from app.services.drain import drain_batch
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from tests.model.scenario import BROKEN_HOOK, START, Outcome, Pass, Scenario, Send, label, plain
from tests.model.workplace import Workplace, set_clock

# What lets contacts in: an event of the log, or the one that stands for a crowd.
_HAPPENED: Final = """
    WITH happened AS (
        SELECT e.id, t.name, e.properties FROM event e JOIN event_type t ON t.id = e.type_id
        UNION ALL SELECT -b.id, 'automation_called', b.properties FROM bulk_entry b
    )
    """
_RUNS: Final = f"""
    {_HAPPENED} SELECT n.automation_id, n.contact_id, n.state, n.node, e.name, e.properties, n.path,
           CASE WHEN n.state = 'active' THEN n.wake_at END
    FROM enrollment n JOIN happened e ON e.id = n.event_id ORDER BY n.id
    """
_WAITING: Final = f"""
    {_HAPPENED} SELECT p.automation_id, p.contact_id, e.name, e.properties
    FROM pending_entry p JOIN happened e ON e.id = p.event_id ORDER BY p.turn
    """
_PASSED: Final = """
    SELECT v.automation_id, s.node, s.port, sum(s.count)::int
    FROM node_stat s JOIN automation_version v ON v.id = s.version_id GROUP BY 1, 2, 3
    """
_EFFECTS: Final[Mapping[str, str]] = {
    "note": "SELECT contact_id, automation_id, text FROM note ORDER BY id",
    "task": """
        SELECT contact_id, automation_id, title, note, due_on, u.email
        FROM task LEFT JOIN "user" u ON u.id = assignee_id ORDER BY task.id
        """,
    "assigned": """
        SELECT contact_id, automation_id, u.email FROM assignment a JOIN "user" u ON u.id = a.user_id
        WHERE automation_id IS NOT NULL ORDER BY a.id
        """,
    "notification": """
        SELECT contact_id, automation_id, u.email, title, body
        FROM notification n JOIN "user" u ON u.id = n.user_id
        WHERE contact_id IS NOT NULL ORDER BY n.id  -- the others are about the automation itself
        """,
    "mail": """
        SELECT o.contact_id, n.automation_id, payload->>'to', payload->>'subject', payload->>'text'
        FROM outbox o JOIN enrollment n ON n.id = split_part(o.key, ':', 1)::bigint
        WHERE o.kind = 'mail' ORDER BY o.id
        """,
    "email": """
        SELECT o.contact_id, n.automation_id, payload->>'subject'
        FROM outbox o JOIN enrollment n ON n.id = split_part(o.key, ':', 1)::bigint
        WHERE o.kind = 'email' ORDER BY o.id
        """,
    "sms": """
        SELECT o.contact_id, n.automation_id, payload->>'text'
        FROM outbox o JOIN enrollment n ON n.id = split_part(o.key, ':', 1)::bigint
        WHERE o.kind = 'sms' ORDER BY o.id
        """,
    "push": """
        SELECT o.contact_id, n.automation_id, payload->>'title'
        FROM outbox o JOIN enrollment n ON n.id = split_part(o.key, ':', 1)::bigint
        WHERE o.kind = 'push' ORDER BY o.id
        """,
    "call": """
        SELECT o.contact_id, n.automation_id, split_part(split_part(o.key, ':', 2), '@', 1),
               payload->>'method', payload->>'url', payload->>'body'
        FROM outbox o JOIN enrollment n ON n.id = o.enrollment_id WHERE o.kind = 'webhook' ORDER BY o.id
        """,
}


class InPostgres:
    """`cut(waiting)` limits each batch; `mix` orders what is sent meanwhile."""

    def __init__(self, place: Workplace, cut: Callable[[int], int], mix: Callable[[list[Send]], list[Send]]) -> None:
        self.place, self.cut, self.mix, self.now = place, cut, mix, START

    def play(self, scenario: Scenario) -> Outcome:
        """Let everything happen, and tell what came of it."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(http, "request", _answer)
            # People who are gone are part of what is played: an automation that names them goes on all the same.
            patch.setattr(activation, "demand_valid", lambda *_: None)
            # What it looks for and when is not to hang on how busy this machine is.
            patch.setattr(watching, "_PATIENCE", 0)
            patch.setattr(watching, "TURN_SECONDS", 600.0)
            watching.look()
            for sent, interruption in scenario.rounds():
                if sent:
                    record_events([self._reported(each) for each in self.mix(sent)], source=self.place.name)
                self.work()
                while _deliver():
                    self.work()
                if isinstance(interruption, Pass):
                    self.now += interruption.span
                    set_clock(self.place.session, self.now)
                elif interruption is not None:
                    self.place.interrupt(interruption)
                watching.look()
                self.work()
        return Teller(self.place).told()

    def _reported(self, sent: Send) -> IncomingEvent:
        who = Identifier("id", self.place.people[sent.who])
        properties = self.place.by_its_id(sent.properties)
        return IncomingEvent(sent.name, [who], self.now, orjson.dumps(properties), message_id=sent.message)

    def work(self) -> None:
        """Batch after batch, until nothing is to be done."""
        while work := claim.work_in():
            parts = [each.part for each in work]
            together = self.cut(len(parts))
            for first in range(0, len(parts), together):
                assert drain_batch(parts[first : first + together], self.cut(1000)).parts
            for part in parts:
                assert drain_batch([part], self.cut(1000), entries.take).parts


def _deliver() -> bool:
    """Deliver everything that is due; False if there was nothing."""
    found = False
    while outbox.deliver_due():
        found = True
    return found


def _answer(method: str, url: str, *_: object, **__: object) -> http.Answer:
    return http.Answer(400 if url == BROKEN_HOOK else 200, b"")


class Teller:
    """Reads the tables, in the scenario's numbers."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.automations = {stored: number for number, stored in place.automations.items()}
        self.people = {stored: number for number, stored in place.people.items()}

    def told(self) -> Outcome:
        """Write down where everybody stands in the end."""
        outcome = Outcome(people={self.people[row["id"]]: self._person(row) for row in self._contacts()})
        for automation, who, state, node, name, properties, path, wake_at in self._rows(_RUNS, 0):
            steps = tuple((step[0], step[1]) for step in path)
            outcome.runs[automation, self.people[who]].append((state, node, label(name, properties), steps, wake_at))
        for automation, who, name, properties in self._rows(_WAITING, 0):
            outcome.waiting[automation, self.people[who]].append(label(name, properties))
        for kind, query in _EFFECTS.items():
            for who, *what in self._rows(query, 1):
                outcome.effects[self.people[who], kind].append(tuple(what))
                if kind == "assigned":
                    outcome.dealt[what[1]] += 1
        for automation, node, port, count in self._rows(_PASSED, 0):
            outcome.passed[automation, node, port] = count
        for automation, who, reason, times in self._rows(
            "SELECT automation_id, contact_id, reason, times FROM refusal", 0
        ):
            outcome.refused[automation, self.people[who], reason] = times
        return outcome

    def _rows(self, query: str, automation: int) -> Iterator[tuple[Any, ...]]:
        """Rows of this scenario's automations, with their number in the given column."""
        for row in self.place.session.execute(text(query)).all():
            if row[automation] in self.automations:
                yield (*row[:automation], self.automations[row[automation]], *row[automation + 1 :])

    def _contacts(self) -> list[Mapping[str, Any]]:
        query = text(
            'SELECT c.*, u.email AS owner FROM contact c LEFT JOIN "user" u ON u.id = c.owner_id WHERE c.id = ANY(:ids)'
        )
        return [dict(row) for row in self.place.session.execute(query, {"ids": list(self.people)}).mappings()]

    def _person(self, row: Mapping[str, Any]) -> dict[str, object]:
        attributes = {name: row[column_name(each.id)] for name, each in sorted(self.place.catalog.attributes.items())}
        return {
            "attributes": {name: plain(value) for name, value in attributes.items() if value is not None},
            "owner": row["owner"],
            "lists": self._mine("SELECT list_id FROM list_member WHERE contact_id = :who ORDER BY 1", row),
            "tags": self._mine(
                "SELECT t.name FROM contact_tag JOIN tag t ON t.id = tag_id WHERE contact_id = :who ORDER BY 1", row
            ),
            "deals": [
                (deal.name, deal.stage_id, deal.status, deal.modified_at)
                for deal in self.place.session.execute(text(_DEALS), {"who": row["id"]})
            ],
        }

    def _mine(self, query: str, row: Mapping[str, Any]) -> list[object]:
        return list(self.place.session.scalars(text(query), {"who": row["id"]}))


_DEALS: Final = """
    SELECT d.name, d.stage_id, d.status, d.modified_at FROM deal d JOIN deal_contact c ON c.deal_id = d.id
    WHERE c.contact_id = :who ORDER BY d.id
    """
