"""How long calls to a hook are kept, and that those about a contact go with it."""

import pytest
from sqlalchemy import select

from app.models import HookCall
from app.services import contacts, hooks, retention
from app.services.contacts import ContactInput
from tests.factories.hooks import make_called, post


def results(database):
    return database.scalars(select(HookCall.result).order_by(HookCall.id)).all()


def erase(**identifiers):
    contacts.delete([contacts.create(ContactInput(fields=identifiers))])


def test_calls_are_let_go(client, database, monkeypatch):
    """The last few that were taken are kept, and the refused ones apart from them."""
    monkeypatch.setattr(hooks.calls, "MOST_KEPT", 2)
    monkeypatch.setattr(hooks.calls, "MOST_REFUSED", 3)
    _, token = make_called(mapping={"email": "mail"})
    for number in range(5):
        post(client, token, {"mail": f"p{number}@example.com"})
        post(client, token, {"mail": "", "number": number})
    kept = database.execute(select(HookCall.result, HookCall.payload)).all()
    assert [row.payload["mail"] for row in kept if row.result == "accepted"] == ["p3@example.com", "p4@example.com"]
    assert [row.result for row in kept].count("refused") == 3


def test_calls_go_after_a_month(client, database):
    """Payloads are personal data."""
    _, token = make_called()
    post(client, token)
    (call,) = database.scalars(select(HookCall))
    hooks.forget_old()
    assert results(database) == ["accepted"]
    call.at = call.at.replace(year=call.at.year - 1)
    database.flush()
    hooks.forget_old()
    assert results(database) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"mail": " Maria@Example.com", "age": "old"},
        {"deep": [{"mail": "maria@example.com"}]},
        {"tel": "+33 6 12-34-56-78"},
        {"tel": 33612345678},
        {"ref": "M-17"},
    ],
)
@pytest.mark.parametrize("active", [True, False])
def test_erasing_a_contact_erases_calls_that_name_it(client, database, sent, active):
    """A refused call or an example is nobody's, and yet tells of somebody; those of others stay."""
    _, token = make_called(active=active, mapping={"email": "nowhere"})
    post(client, token, sent)
    post(client, token, {"mail": "bob@example.com", "tel": "+33 6 12-34-56-70", "ref": 17})
    erase(email="maria@example.com", ext_id="M-17", phone="+33612345678")
    assert [call.payload.get("mail") for call in database.scalars(select(HookCall))] == ["bob@example.com"]


def test_a_number_is_somebody_only_where_the_step_reads_it(client, database):
    """An external id of digits could be a quantity."""
    _, token = make_called(active=False)
    post(client, token, {"customer": {"id": 17}})
    post(client, token, {"quantity": 17})
    erase(ext_id="17")
    assert [call.payload for call in database.scalars(select(HookCall))] == [{"quantity": 17}]


def test_a_call_that_came_while_its_contact_was_erased_goes_later(client, database):
    """It was kept after its contact's calls had been cleared away."""
    _, token = make_called()
    post(client, token)
    (call,) = database.scalars(select(HookCall))
    contact, call.contact_id = call.contact_id, None
    call.payload = {}
    database.flush()
    contacts.delete([contact])
    call.contact_id = contact
    database.flush()
    retention.clear_stragglers()
    assert results(database) == []


def test_erasing_a_contact_erases_its_calls(client, database):
    """What was sent about somebody goes with them."""
    _, token = make_called()
    post(client, token)
    contacts.delete(database.scalars(select(HookCall.contact_id)).all())
    assert results(database) == []
