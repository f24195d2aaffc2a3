"""Every action there is, rehearsed by its example with every sink closed."""

import socket
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.adapters import doorbell, redis
from app.adapters.engine.tickets import Tickets
from app.services import contacts, pipelines, workspace
from app.services.contacts import ContactInput, Identifier
from nodes.contract import Action
from nodes.effects import Effect
from nodes.registry import registry
from tests.app.conftest import Caller
from tests.factories.automations import make_automation, make_score, scoring
from tests.factories.contacts import make_contact, make_list
from tests.factories.mailing import template
from tests.factories.pushing import make_browser
from tests.factories.sales import make_deal
from tests.factories.users import make_user
from tests.support.live import document
from tests.support.sinks import every_sink_closed
from tests.support.steps import REP

ACTIONS = sorted(key for key, node in registry().items() if isinstance(node, Action))
MADE: dict[str, Callable[[], int]] = {
    "list": make_list,
    "template": template,
    "automation": lambda: make_automation(scoring(), active=True).id,
    "stage": lambda: pipelines.every()[0].stages[1].id,
}


def configured(action: Action) -> dict[str, Any]:
    """The action's example, with things of this workspace instead of those with number 1."""
    form = action.schema().form
    return {name: MADE.get(form[name].widget, lambda value=value: value)() for name, value in action.example.items()}


@pytest.fixture
def somebody(database: Session) -> int:
    """A contact who can be reached by every channel and has a deal."""
    workspace.setup()
    make_user("rep", email=REP)
    make_score()
    contact = make_contact(email="ann@example.com", FIRSTNAME="Ann", SCORE=10)
    contacts.update(ContactInput(who=Identifier("id", contact), fields={"phone": "+33612345678"}))
    make_deal("Tandem", contact)
    make_browser(contact)
    return contact


@pytest.mark.parametrize("key", ACTIONS)
def test_no_action_leaves_a_rehearsal(admin: Caller, database: Session, somebody: int, key: str) -> None:
    """It says what it would have done to a real contact, and no row, bell, mail, message or request comes of it."""
    action = registry()[key]
    assert isinstance(action, Action)
    steps = [("opened", "email_opened", {}), ("act", key, configured(action))]
    automation = make_automation(document(steps, [("opened", "next", "act")])).id
    asked = {"contact_id": somebody, "scenario": {"story": [{"trigger": "opened"}]}, "skip_waits": True}
    with every_sink_closed(database):
        answer = admin.post(f"/api/automations/{automation}/test-runs?lang=en", json=asked)
    came = answer.get_json()
    assert (answer.status_code, came.get("ending"), came.get("node")) == (200, "left", "act"), came
    done = came["steps"][-1]["did"]
    assert done
    assert not {kind.__name__ for kind in Effect.__subclasses__()}.intersection(done)


def knock() -> None:
    with socket.socket() as outside:
        outside.connect(("127.0.0.1", 9))


@pytest.mark.parametrize(
    "leave",
    [
        lambda: Tickets().take("turns", 1),
        lambda: redis.client().ping(),
        doorbell.take,
        knock,
    ],
    ids=["a row by another connection", "a command to Redis", "a bell", "a socket"],
)
def test_every_way_out_is_closed(database: Session, leave: Callable[[], object]) -> None:
    """The proof above can fail: what goes round the session and the adapters' own doors is refused, too."""
    with every_sink_closed(database), pytest.raises(AssertionError):
        leave()
