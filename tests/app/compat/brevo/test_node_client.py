"""The Node client that Brevo publishes, pointed at the door by its base URL only."""

import json
import subprocess
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, EventType
from app.services import attributes, contacts, outbox
from app.services.contacts import Identifier
from app.services.mailing import senders
from nodes.catalog import Kind
from tests.support import chromium
from tests.support.mailbox import Mailbox

FRONTEND = Path(__file__).parents[4] / "frontend"
# A contact, an event, a mail, and a refusal as the client tells it.
PROGRAM = """
import { BrevoClient } from "@getbrevo/brevo";
const [baseUrl, apiKey] = process.argv.slice(-2);
const brevo = new BrevoClient({ apiKey, baseUrl });
const made = await brevo.contacts.createContact({ email: "node@example.com", attributes: { SCORE: 7 } });
const known = await brevo.contacts.getContactInfo({ identifier: "node@example.com" });
await brevo.event.createEvent({
  event_name: "order_completed",
  identifiers: { email_id: "node@example.com" },
  event_properties: { total: 12.5 },
});
const sender = { email: "shop@example.com", name: "The shop" };
const letter = { sender, to: [{ email: "node@example.com" }], htmlContent: "<p>Order {{ params.number }}</p>" };
const sent = await brevo.transactionalEmails.sendTransacEmail({ ...letter, subject: "Thanks", params: { number: 7 } });
const refused = await brevo.transactionalEmails.sendTransacEmail(letter).catch((error) => error);
const { statusCode, body } = refused;
console.log(JSON.stringify({ made, known: known.attributes, messageId: sent.messageId, statusCode, body }));
"""


def test_a_contact_an_event_and_a_mail(base_url: str, key: str, mailbox: Mailbox, database: Session):
    """What it sends arrives, what it is answered it understands, and a refusal becomes its own error."""
    senders.create("Shop", "shop@example.com")
    attributes.create("SCORE", Kind.NUMBER)
    done = subprocess.run(
        [chromium.NODE, "--input-type=module", "-e", PROGRAM, base_url, key],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    contact = contacts.one(Identifier("email", "node@example.com"))
    assert told["made"] == {"id": contact}
    assert told["known"]["SCORE"] == contacts.get(contact).attributes["SCORE"] == 7
    assert (told["statusCode"], told["body"]["code"]) == (400, "missing_parameter")
    happened = select(EventType.name, Event.properties).join(Event, Event.type_id == EventType.id)
    assert database.execute(happened.where(Event.contact_id == contact)).all() == [("order_completed", {"total": 12.5})]
    while outbox.deliver():
        pass
    (letter,) = mailbox.letters
    assert (letter["Message-ID"], letter["Subject"], letter["To"]) == (told["messageId"], "Thanks", "node@example.com")
    assert "Order 7" in letter.get_body(("html",)).get_content()
