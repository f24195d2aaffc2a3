"""The door of hooks: what other tools get when they call a step."""

import io
import logging
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from app.models import Contact, Enrollment, Event, HookCall, Workspace
from app.services import contacts, hooks
from app.services.automations import activation, checking, drafts
from app.services.hooks import receiving
from tests.factories.automations import make_automation
from tests.factories.contacts import make_contact
from tests.factories.hooks import MAPPING, STEP, called, make_called, post
from tests.hostile.answers import told
from tests.support.live import activate, document


def entered(database):
    return database.scalars(select(Enrollment.contact_id).order_by(Enrollment.id)).all()


def results(database):
    return database.scalars(select(HookCall.result).order_by(HookCall.id)).all()


def test_a_call_lets_a_stranger_in(client, database):
    """The contact is made with identifiers and attributes, is let in, and the rest are the event's properties."""
    automation, token = make_called()
    answer = post(client, token)
    assert (answer.status_code, answer.json["result"]) == (202, "accepted")
    (contact,) = entered(database)
    known = contacts.get(contact)
    assert (known.email, known.attributes["CITY"], known.attributes["AGE"]) == ("maria@example.com", "Lyon", 31)
    assert list(known.tags) == ["called"]
    properties = database.scalars(select(Event.properties).where(Event.contact_id == contact)).one()
    assert properties["order.total"] == 120.5
    assert properties["@hook"] == f"{automation}/{STEP}"
    assert "customer.email" not in properties


def test_a_contact_that_a_call_makes_comes_from_a_program(client, database):
    """Automations that ask where new contacts come from are told so."""
    made = {"event_filter": {"all": [{"event": "source", "op": "eq", "value": "program"}]}}
    steps = [("made", "contact_created", made), ("tag", "add_tag", {"tag": "new"})]
    other = activate(document(steps, [("made", "next", "tag")]))
    _, token = make_called()
    post(client, token)
    assert other in database.scalars(select(Enrollment.automation_id)).all()


def test_a_call_finds_who_is_there(client, database):
    """The first identifier that is known decides, and attributes that were sent are written."""
    _, token = make_called()
    contact = make_contact(email="maria@example.com", CITY="Paris")
    post(client, token)
    assert entered(database) == [contact]
    assert contacts.get(contact).attributes["CITY"] == "Lyon"


def test_a_form_is_taken_like_json(client, database):
    """Fields are values by name; one that comes twice is a list; multipart is a form as well."""
    _, token = make_called(mapping={"email": "your-email"})
    sent = urlencode([("your-email", "ann@example.com"), ("likes", "a"), ("likes", "b")])
    answer = client.post(f"/hooks/{token}", data=sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 202
    assert database.scalars(select(Event.properties)).one()["likes"] == ["a", "b"]
    parts = {"your-email": "bob@example.com", "file": (io.BytesIO(b"x"), "x.txt")}
    assert client.post(f"/hooks/{token}", data=parts, content_type="multipart/form-data").status_code == 202


def test_only_the_called_step_hears(client, database):
    """Another automation of the same document has another address, and does not hear this one's calls."""
    automation, token = make_called()
    other = drafts.duplicate(automation, "en").id
    activation.activate(other, "en")
    other_token = hooks.address(other, STEP).token
    post(client, token)
    assert set(database.scalars(select(Enrollment.automation_id))) == {automation}
    assert other_token != token
    post(client, other_token)
    assert set(database.scalars(select(Enrollment.automation_id))) == {automation, other}


def test_the_event_filter_asks_for_paths(client, database):
    """A call that does not match is recorded, and lets nobody in."""
    _, token = make_called(event_filter={"all": [{"event": "order.total", "op": "gte", "value": 500}]})
    assert post(client, token).json["result"] == "accepted"
    assert entered(database) == []


@pytest.mark.parametrize("header", [True, False])
def test_a_repeated_call_counts_once(client, database, header):
    """By the sender's own id where the mapping names it, else by the header Idempotency-Key."""
    mapping = {"email": "customer.email"} if header else MAPPING
    _, token = make_called(mapping=mapping)
    key = {"Idempotency_Key": "k-1"} if header else {}
    assert [post(client, token, **key).json["result"] for _ in range(2)] == ["accepted", "duplicate"]
    assert len(entered(database)) == 1


def test_a_draft_keeps_examples(client, database):
    """Before the step runs, calls show what a mapping may choose from, and nobody enters."""
    _, token = make_called(active=False)
    answer = post(client, token, {"any": {"thing": [1]}})
    assert (answer.status_code, answer.json["result"]) == (202, "example")
    assert (results(database), database.scalars(select(Contact.id)).all()) == (["example"], [])


def test_a_paused_automation_keeps(client, database):
    """202, so that the sender does not try again; the call can be replayed later."""
    automation, token = make_called()
    activation.pause(automation)
    answer = post(client, token)
    assert (answer.status_code, answer.json["result"]) == (202, "kept")
    assert (results(database), entered(database)) == (["refused"], [])


@pytest.mark.parametrize(
    ("second", "key", "kept"), [("nobody", None, 1), ("other", None, 2), ("nobody", "k-2", 2), ("nobody", "k-1", 1)]
)
def test_a_sender_that_tries_again_is_kept_once(client, database, second, key, kept):
    """What cannot be told apart is one call; another payload, or another id, is another."""
    _, token = make_called(mapping={"email": "mail"})
    first = {"Idempotency_Key": "k-1"} if key else {}
    post(client, token, {"mail": "nobody", "at": 1}, **first)
    post(client, token, {"at": 1, "mail": second}, **({"Idempotency_Key": key} if key else {}))
    assert len(results(database)) == kept


def test_a_try_that_is_taken_leaves_nothing_to_take_again(client, database):
    """The sender was first after all: the call that was kept would let its contact in once more."""
    automation, token = make_called(mapping={"email": "customer.email"})
    activation.pause(automation)
    post(client, token)
    activation.resume(automation)
    post(client, token)
    assert (results(database), len(entered(database))) == (["accepted"], 1)


def test_what_lies_in_the_archive_is_gone(client, database):
    """410: good senders stop calling."""
    automation, token = make_called()
    activation.archive(automation)
    assert told(post(client, token), 410)
    assert results(database) == []


def test_a_step_that_was_removed_is_gone(client, database):
    """An address whose step is neither in the draft nor in what runs leads nowhere."""
    bare = make_automation({**called(), "nodes": [], "edges": []}).id
    assert told(post(client, hooks.address(bare, STEP).token), 410)


def test_a_step_that_is_only_in_the_draft_keeps_examples(client, database):
    """Activating is what lets it in, though another version runs."""
    automation, _ = make_called()
    document = called()
    document["nodes"].append({"id": "second", "type": "webhook_received", "config": {"mapping": {"email": "mail"}}})
    drafts.save_draft(automation, checking.read(document), drafts.get(automation).draft_revision)
    token = hooks.address(automation, "second").token
    assert post(client, token).json["result"] == "example"


def test_a_new_address_ends_the_old_one(client, database):
    """404 at the old one at once; the same hook, so that message ids still count once."""
    automation, token = make_called()
    post(client, token)
    renewed = hooks.rotate(automation, STEP).token
    assert told(post(client, token), 404)
    assert post(client, renewed).json["result"] == "duplicate"


def test_a_call_that_cannot_be_mapped_is_kept(client, database):
    """422 naming the path, with what to do; what was sent stays in the list."""
    _, token = make_called()
    answer = post(client, token, {"customer": {"email": "nonsense", "age": "old"}})
    assert [(each["field"], each["code"]) for each in answer.json["errors"]] == [
        ("customer.email", "bad_email"),
        ("customer.age", "not_number"),
    ]
    assert told(answer, 422)
    assert "replay" in answer.json["detail"]
    assert results(database) == ["refused"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 2000 + b"]" * 2000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b'"x"', "text/plain", 422),
        (b'{"a": "\\u0000"}', "application/json", 422),
        (b'{"a": "' + b"x" * 70_000 + b'"}', "application/json", 413),
        (b"a=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"a=%00", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_broken_body_is_refused_in_words(client, database, body, kind, status):
    """Never a fault, never half a call; nothing is kept of what cannot be stored."""
    _, token = make_called()
    assert told(client.post(f"/hooks/{token}", data=body, content_type=kind), status)
    assert results(database) == []


def test_an_odd_key_is_refused(client, database):
    """The header is held to what can be kept."""
    _, token = make_called()
    assert told(post(client, token, Idempotency_Key="x" * 201), 422)


@pytest.mark.parametrize("token", ["x", "x" * 5000, "..", "%00", "é"])
def test_a_wrong_address_is_told(client, database, token):
    """404 as a problem, whatever stands there."""
    assert told(client.post(f"/hooks/{token}", json={}), 404)


def test_only_posts_are_taken(client, database):
    """A browser that opens the address is told so."""
    answer = client.get("/hooks/x")
    assert told(answer, 405)
    assert "POST" in answer.headers["Allow"]


def test_an_address_takes_so_many_a_minute(client, database, monkeypatch):
    """429 with when to come back; nothing is recorded or kept."""
    monkeypatch.setattr(receiving, "PACE", "1 per minute")
    _, token = make_called()
    post(client, token)
    answer = post(client, token)
    assert told(answer, 429)
    assert int(answer.headers["Retry-After"]) > 0
    assert len(results(database)) == 1


def test_a_chain_of_webhooks_is_cut(client, database):
    """A call that comes back to us carries its causes: the chain ends where the workspace says."""
    automation, token = make_called(mapping={"email": "mail"})
    budget = database.scalars(select(Workspace.hop_budget)).one()
    for length in (0, budget, budget + 1):
        causes = ",".join([str(automation)] * length)
        post(client, token, {"mail": "ann@example.com"}, Cadenza_Causes=causes)
    assert len(entered(database)) == 2


def test_its_token_stays_out_of_the_log(client, database, caplog):
    """Lines of the log name the route."""
    _, token = make_called()
    with caplog.at_level(logging.DEBUG):
        post(client, token)
    assert "/hooks/<token>" in caplog.text
    assert token not in caplog.text
