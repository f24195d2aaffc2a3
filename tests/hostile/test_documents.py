"""Automation documents that are broken in every way: a clear refusal, and nothing changed."""

import json
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import PARTITIONS, DeadLetter
from app.services.contacts import Identifier
from app.services.drain import drain_batch
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from tests.app.conftest import Caller
from tests.hostile.answers import told
from tests.hostile.conftest import World
from tests.hostile.mutants import mutants_of
from tests.support.documents import json_values
from tests.support.stored import everything

MANY: Final = 100_000
DOCUMENT: Final[dict[str, Any]] = {
    "format": "cadenza.automation/1",
    "name": "Hostile",
    "settings": {"re_entry": True, "exit_conditions": [{"attribute": "SCORE", "op": "gte", "value": 100}]},
    "nodes": [
        {
            "id": "opened",
            "type": "email_opened",
            "config": {
                "event_filter": {"all": [{"event": "message_kind", "op": "neq", "value": "campaign"}]},
                "contact_filter": {"any": [{"tag": "vip", "op": "has"}, {"attribute": "PLAN", "op": "empty"}]},
            },
        },
        {"id": "points", "type": "update_attribute", "config": {"attribute": "SCORE", "operation": "add", "value": 5}},
        {
            "id": "hot",
            "type": "conditional_split",
            "config": {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}},
        },
        {"id": "alert", "type": "send_alert", "config": {"to": "owner", "title": "{{ contact.email }} is hot"}},
        {"id": "wait", "type": "wait", "config": {"duration": {"amount": 2, "unit": "days"}}},
        {"id": "note", "type": "add_note", "config": {"text": "Not yet"}},
    ],
    "edges": [
        {"from": "opened", "port": "next", "to": "points"},
        {"from": "points", "port": "next", "to": "hot"},
        {"from": "hot", "port": "yes", "to": "alert"},
        {"from": "hot", "port": "no", "to": "wait"},
        {"from": "wait", "port": "next", "to": "note"},
    ],
    "layout": {"opened": [0, 0], "points": [0, 120.5]},
}  # fmt: skip
examples = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sent(caller: Caller, method: str, path: str, **body: Any) -> Any:
    return caller.open(path, method=method, data=json.dumps(body), content_type="application/json")


@examples
@given(document=mutants_of(DOCUMENT) | json_values)
def test_a_draft_is_kept_whole_or_not_at_all(owner: Caller, world: World, database: Session, document: Any):
    """A broken draft is refused and changes nothing; one that can be read is kept, and what runs stays as it is."""
    path = f"/api/automations/{world.ids['automations']}"
    kept, before = owner.get(path).json, everything(database)
    answer = sent(owner, "PUT", f"{path}/draft", document=document, base_revision=kept["draft_revision"])
    if answer.status_code == 200:
        assert owner.get(path).json["live_document"] == kept["live_document"]
    else:
        assert told(answer, 400, 422)
        assert everything(database) == before


@examples
@given(document=mutants_of(DOCUMENT) | json_values)
def test_checking_changes_nothing(owner: Caller, database: Session, document: Any):
    """Whatever is to be checked, there is an answer, and nothing is kept."""
    before = everything(database)
    answer = sent(owner, "POST", "/api/automations/check", document=document)
    assert answer.status_code == 200 or told(answer, 400, 422)
    assert everything(database) == before


@examples
@given(document=mutants_of(DOCUMENT))
def test_what_is_activated_runs(owner: Caller, world: World, database: Session, document: Any):
    """A document that passes every check lets a contact through without a fault; any other cannot be activated."""
    made = sent(owner, "POST", "/api/automations/import", document=document)
    if made.status_code != 201:
        assert told(made, 400, 422)
        return
    before = everything(database)
    activated = sent(owner, "POST", f"/api/automations/{made.json['id']}/activate")
    if activated.status_code != 200:
        assert told(activated, 422)
        assert everything(database) == before
        return
    record_events([IncomingEvent("email_opened", [Identifier("id", world.ids["contacts"])])], source="test")
    drain_batch([world.ids["contacts"] % PARTITIONS])
    assert database.scalar(select(func.count()).select_from(DeadLetter)) == 0
    owner.post(f"/api/automations/{made.json['id']}/archive")


def with_(**parts: Any) -> str:
    return json.dumps({"document": {**DOCUMENT, **parts}})


def nested(depth: int) -> str:
    condition = '{"not":' * depth + "{}" + "}" * depth
    return with_(settings={"exit_conditions": ["here"]}).replace('"here"', condition)


EXTREMES: Final[dict[str, Any]] = {
    "a hundred thousand steps": lambda: with_(nodes=[{"id": f"n{n}", "type": "exit"} for n in range(MANY)]),
    "a hundred thousand things that are no steps": lambda: with_(nodes=[1] * MANY),
    "a hundred thousand ways": lambda: with_(edges=[{"from": "a", "port": "next", "to": "b"}] * MANY),
    "ways of unknown fields": lambda: with_(edges=[{"x": 1}] * 2000),
    "a hundred thousand places": lambda: with_(layout={f"n{n}": ["x", 0] for n in range(MANY)}),
    "unknown fields": lambda: with_(**{f"k{n}": 0 for n in range(50_000)}),
    "an endless field": lambda: with_(**{"k" * 900_000: 1}),
    "an endless name": lambda: with_(name="x" * 900_000),
    "an endless text": lambda: with_(nodes=[{"id": "a", "type": "add_note", "config": {"text": "y" * 2_000_000}}]),
    "a body too large": lambda: with_(name="x" * 11_000_000),
    "conditions nested a thousand deep": lambda: nested(1000),
    "conditions nested without end": lambda: nested(200_000),
    "arrays nested without end": lambda: '{"document":' + "[" * 200_000 + "]" * 200_000 + "}",
    "a lone surrogate": lambda: with_(name="\ud800"),
    "a NUL": lambda: with_(name="a\0b"),
    "a NUL in a key": lambda: with_(nodes=[{"id": "a", "type": "exit", "config": {"a\0": 1}}]),
    "no UTF-8": lambda: b'{"document": {"name": "\xff\xfe"}}',
    "no number": lambda: '{"document": {"format": "cadenza.automation/1", "name": "x", "layout": {"a": [NaN, 0]}}}',
    "an endless number": lambda: f'{{"document": {{"name": "x", "layout": {{"a": [{"9" * 5000}, 0]}}}}}}',
    "a string": lambda: '{"document": "cadenza.automation/1"}',
    "nothing": lambda: "",
    "half a body": lambda: with_()[:-20],
}  # fmt: skip


@pytest.mark.parametrize("name", EXTREMES)
def test_monsters_are_refused_in_a_few_words(owner: Caller, world: World, database: Session, name: str):
    """What is far too big, too deep or no text at all is refused by each door for documents, and nothing changed."""
    body, before = EXTREMES[name](), everything(database)
    for method, path in (
        ("POST", "/api/automations/check"),
        ("POST", "/api/automations/import"),
        ("PUT", f"/api/automations/{world.ids['automations']}/draft"),
    ):
        assert told(owner.open(path, method=method, data=body, content_type="application/json"))
    assert everything(database) == before


def test_an_answer_about_everything_is_short(owner: Caller, database: Session):
    """A document of legal size with a hundred thousand problems is answered with the first of them."""
    strangers = {"how": "round_robin", "reps": [f"r{n}@x" for n in range(190)]}
    nodes = [{"id": f"n{n}", "type": "assign_owner", "config": strangers} for n in range(499)]
    checked = sent(owner, "POST", "/api/automations/check", document=DOCUMENT | {"nodes": nodes, "edges": []})
    assert 100 <= len(checked.json["problems"]) <= 500
    assert len(checked.data) < 500_000
