"""The clients that Segment publishes, pointed at the door by their host only."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from segment.analytics import Client
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Company, Event, Visitor
from app.services import contacts
from app.services.contacts import Identifier
from app.services.sources import history
from app.services.sources.keeping import SourceView
from tests.app.compat.segment.conftest import happened
from tests.support import chromium

FRONTEND = Path(__file__).parents[4] / "frontend"
# The six calls of the Node client; it ends once all was sent, and says what was not.
NODE = """
import { Analytics } from "@segment/analytics-node";
const [host, writeKey] = process.argv.slice(-2);
const analytics = new Analytics({ writeKey, host });
analytics.on("error", (error) => { console.error(error); process.exitCode = 1; });
analytics.track({ anonymousId: "a-1", event: "Looked Around" });
analytics.identify({ userId: "u1", anonymousId: "a-1", traits: { email: "node@example.com" } });
analytics.page({ userId: "u1", name: "Pricing", properties: { url: "https://shop.example.com/pricing" } });
analytics.screen({ userId: "u1", name: "Basket" });
analytics.group({ userId: "u1", groupId: "g1", traits: { name: "Acme" } });
analytics.track({ userId: "u1", event: "Order Completed", properties: { "Total (EUR)": 12.5 } });
analytics.alias({ userId: "u2", previousId: "u1" });
await analytics.closeAndFlush();
"""


@pytest.mark.row("A4")
def test_python(address: str, server: SourceView, database: Session):
    """All six calls, packed, arrive in order, each once; nothing is reported to `on_error`."""
    errors: list[object] = []
    client = Client(server.key, host=address, gzip=True, on_error=lambda *error: errors.append(error))
    client.track(anonymous_id="a-1", event="Looked Around")
    client.identify("u1", {"email": "python@example.com", "firstName": "Guido"}, anonymous_id="a-1")
    client.page("u1", name="Pricing", properties={"url": "https://shop.example.com/pricing"})
    client.screen("u1", name="Basket")
    client.group("u1", "g1", {"name": "Acme"})
    client.track("u1", "Order Completed", {"total": 12.5}, timestamp=datetime(2026, 11, 1, tzinfo=UTC))
    client.alias("u1", "u2")
    client.shutdown()
    assert errors == []
    contact = contacts.one(Identifier("ext_id", "u2"))
    assert happened(database, contact) == ["order_completed", "looked_around", "page_visited", "screen_viewed"]
    known = contacts.get(contact)
    assert (known.email, known.attributes["FIRSTNAME"], known.company and known.company.name) == (
        "python@example.com",
        "Guido",
        "Acme",
    )
    assert {each.result for each in history.last(server.id)} == {"taken"}


@pytest.mark.row("A4")
def test_node(address: str, server: SourceView, database: Session):
    """All six calls arrive, each once; the client ends without an error."""
    done = subprocess.run(
        [chromium.NODE, "--input-type=module", "-e", NODE, address, server.key],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    contact = contacts.one(Identifier("ext_id", "u2"))
    assert sorted(happened(database, contact)) == [
        "looked_around",
        "order_completed",
        "page_visited",
        "screen_viewed",
    ]
    assert database.scalars(select(Company.name)).all() == ["Acme"]
    bought = database.scalars(select(Event.properties).where(Event.contact_id == contact)).all()
    assert {"total_eur": 12.5} in bought
    assert database.scalars(select(Visitor.contact_id).where(Visitor.token == "a-1")).one() == contact
