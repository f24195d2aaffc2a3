"""Everything that the published contract allows, and much that it forbids, sent to every operation of /api."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.openapi import from_path
from schemathesis.schemas import BaseSchema

from app.settings import CHECKOUT
from tests.app.conftest import CSRF, Caller
from tests.hostile.conftest import World

CONTRACT: Final = CHECKOUT / "openapi.json"
REFERENCES: Final = {
    "company_id": "companies",
    "contact_ids": "contacts",
    "folder_id": "folders",
    "list_id": "lists",
    "lists": "lists",
    "owner_id": "users",
    "assignee_id": "users",
    "pipeline_id": "pipelines",
    "segment": "segments",
    "pipeline": "pipelines",
    "contact": "contacts",
    "owner": "users",
}

examples = settings(suppress_health_check=list(HealthCheck), deadline=None)


def published(examples: int, *, edges: bool) -> BaseSchema:
    """The contract as published. `edges`: each rule of each form is broken once, too; the stream never ends."""
    contract = from_path(CONTRACT)
    contract.config.generation.update(deterministic=True, max_examples=examples)
    contract.config.phases.coverage.enabled = edges
    contract.config.checks.positive_data_acceptance.enabled = False  # not every rule can be told in JSON schema
    return contract.exclude(path="/api/stream")


for_people = published(12, edges=True)
for_programs = published(6, edges=False)


@examples
@for_people.parametrize()
def test_the_contract_holds_for_a_person(case: Case, app: Flask, world: World, owner: Caller):
    """Whatever is sent: no fault, no bad input taken, and every answer is as documented."""
    point_to_what_exists(case, world.ids)
    cookie = app.config["SESSION_COOKIE_NAME"]
    session = owner.get_cookie(cookie)
    case.call_and_validate(app=app, cookies={cookie: session.value}, headers={CSRF: owner.token})


@examples
@for_programs.parametrize()
def test_the_contract_holds_for_a_program(case: Case, app: Flask, world: World, database: object):
    """Whatever a program sends: no fault, and every answer is as documented."""
    point_to_what_exists(case, world.ids)
    case.call_and_validate(app=app, headers={"Authorization": f"Bearer {world.key}"})


def test_the_published_contract_is_that_of_the_code(app: Flask):
    """openapi.json, from which clients are made, says what the application says; `make api` writes it."""
    ours = app.test_client().get("/api/openapi.json").get_json()
    assert app.json.loads(CONTRACT.read_bytes()) == ours


def point_to_what_exists(case: Case, ids: Mapping[str, int]) -> None:
    """Let most of the made-up ids be those of things that exist, so that requests reach beyond the first look-up."""
    for name, value in case.path_parameters.items():
        kind = re.search(rf"([\w-]+)/\{{{name}\}}", case.path)
        case.path_parameters[name] = existing(value, ids.get(kind.group(1) if kind else ""))
    for given in (case.query, case.body):
        if isinstance(given, dict):
            given.update({key: existing(given[key], ids[REFERENCES[key]]) for key in given.keys() & REFERENCES.keys()})


def existing(value: Any, id: int | None) -> Any:
    """The id, for three of four that could be one."""
    if isinstance(value, list):
        return [existing(each, id) for each in value]
    meant = isinstance(value, int) and not isinstance(value, bool) and value > 0 and value % 4
    return id if id and meant else value


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 400, "1.5", "٣", "1\t"])
def test_the_stream_begins_wherever_it_is_told_to(owner: Caller, last: str):
    """A stream is opened whatever the browser says it saw last, and begins with how to reconnect."""
    with owner.get("/api/stream", headers={"Last-Event-ID": last}) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
        assert next(answer.iter_encoded()).startswith(b"retry: ")
