import pytest
from flask.testing import FlaskClient

from tests.factories.automations import SCORING


@pytest.mark.parametrize("address", ["/api/automations", "/api/automations/import"])
def test_an_automation_is_made_from_a_document(program: FlaskClient, address: str):
    """A document that comes in becomes a draft that means the same, unknown steps and all."""
    odd = {"id": "odd", "type": "from_the_future", "config": {"x": [1, None]}}
    document = {**SCORING, "nodes": [*SCORING["nodes"], odd]}
    made = program.post(address, json={"document": document})
    assert made.status_code == 201
    assert odd in made.get_json()["document"]["nodes"]


def test_a_draft_from_an_old_revision_changes_nothing(program: FlaskClient):
    """Two editors of one draft: the second to save is told so, and what the first saved stays."""
    made = program.post("/api/automations", json={"document": SCORING}).get_json()
    address, base = f"/api/automations/{made['id']}", made["draft_revision"]
    first, second = {**SCORING, "settings": {"re_entry": False}}, {**SCORING, "edges": []}
    assert program.put(f"{address}/draft", json={"document": first, "base_revision": base}).status_code == 200
    assert program.put(f"{address}/draft", json={"document": second, "base_revision": base}).status_code == 409
    assert program.get(address).get_json()["document"]["settings"]["re_entry"] is False
