"""Mail is signed for domains whose key stands in the DNS, and whoever gets it can verify that."""

from collections.abc import Callable
from typing import Any, Final

import dkim
import dns.exception
import dns.resolver
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from app.adapters import secrets, signing
from app.adapters.mail import Mail, send
from app.errors import Conflict, Invalid, NotFound
from app.models import MailKey
from app.services import mail, outbox
from app.services.mailing import domains, senders
from tests.app.conftest import Caller
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, enter, mailing, template
from tests.support.mailbox import Mailbox

Answer = Callable[[str], list[str]]
HTML: Final = '<p>Привет, <a href="https://example.com/?a=1">Zoë</a></p>\n' * 30


class Zone(dict[str, list[str]]):
    """The TXT records of the world, by their names. `down`: nobody answers."""

    down = False

    def texts(self, name: str) -> list[str]:
        if self.down:
            raise dns.exception.Timeout
        if name not in self:
            raise dns.resolver.NXDOMAIN
        return self[name]

    def publish(self, number: int) -> None:
        """Put the records of a domain's keys where they belong."""
        for key in domains.get(number).keys:
            self[key.host] = [key.record]

    def verifies(self, octets: bytes) -> bool:
        """Verify a mail as whoever got it does."""

        def ask(name: bytes, timeout: int = 5) -> bytes | None:
            records = self.get(name.decode().rstrip("."), [])
            return records[0].encode() if records else None

        return bool(dkim.verify(octets, dnsfunc=ask))


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Zone:
    """The DNS, as far as keys are looked up."""
    zone = Zone()
    monkeypatch.setattr(signing, "_texts", zone.texts)
    return zone


def signed_domain(zone: Zone, name: str = "example.com") -> int:
    number = domains.add(name)
    zone.publish(number)
    domains.check(number)
    return number


def findings(number: int) -> list[tuple[str, bool, str | None]]:
    return [(key.selector, key.active, key.finding) for key in domains.get(number).keys]


def deliver_to(mailbox: Mailbox, **more: Any) -> bytes:
    """Send a mail in the workspace's name; what the server took."""
    server = mail.server()
    assert server
    send(server, Mail(**{"to": MARIA, "subject": "Hello Zoë", "text": "Hi.", "identifier": "1", **more}))
    return bytes(mailbox.mails[-1].content)


@pytest.mark.parametrize(("text_", "html"), [("Hi.\n.\nBye.", ""), ("Привет", HTML), ("Hi", "<p>" + "x" * 3000)])
def test_signed_mail_verifies(database: Session, mailbox: Mailbox, zone: Zone, text_: str, html: str):
    """Lone dots, other alphabets and long lines arrive as they were signed; one letter more and it is forged."""
    signed_domain(zone)
    octets = deliver_to(mailbox, text=text_, html=html)
    assert octets.isascii()
    assert zone.verifies(octets)
    assert not zone.verifies(octets.replace(b"Subject: ", b"Subject: x"))
    assert not zone.verifies(octets + b"more\r\n")


def test_mail_to_contacts_is_signed_with_its_way_out(database: Session, mailbox: Mailbox, zone: Zone):
    """By the key of the sender's domain; what programs need to unsubscribe by one click is signed, too (RFC 8058)."""
    signed_domain(zone)
    signed_domain(zone, "shop.example.net")
    sender = senders.create("Shop", "news@Shop.Example.net")
    make_contact(email=MARIA)
    mailing(template(), sender=sender)
    enter(MARIA)
    outbox.deliver()
    (letter,) = mailbox.letters
    signature = " ".join(letter["DKIM-Signature"].split())
    assert "d=shop.example.net; " in signature
    assert "list-unsubscribe : list-unsubscribe-post" in signature
    assert zone.verifies(mailbox.mails[0].content)


def test_only_a_domain_with_its_own_key_is_signed(database: Session, mailbox: Mailbox, zone: Zone):
    """Neither one below it, nor one whose record was not found yet, nor what no server takes as ASCII."""
    signed_domain(zone, "sub.example.com")
    domains.add("example.com")
    assert b"DKIM-Signature" not in deliver_to(mailbox)
    assert b"DKIM-Signature" in deliver_to(mailbox, sender=("Sub", "a@sub.example.com"))


def test_a_check_says_what_it_found(database: Session, zone: Zone):
    """Nothing, another key, nobody who answers, or the record; it signs while that is there."""
    number = domains.add("Example.com.")
    (key,) = domains.get(number).keys
    name = key.selector
    assert (key.host, key.record[:18]) == (f"{name}._domainkey.example.com", "v=DKIM1; k=rsa; p=")
    assert findings(number) == [(name, False, None)]
    for records, found in (
        (None, "missing"),
        (["v=DKIM1; k=rsa; p=AAAA"], "different"),
        (["something else", key.record.replace("; ", " ;  ")], "found"),
    ):
        zone.clear()
        if records:
            zone[key.host] = records
        domains.check(number)
        assert findings(number) == [(name, found == "found", found)]
    zone.down = True
    domains.check(number)
    assert findings(number) == [(name, True, "unreachable")]
    zone.down = False
    zone.clear()
    domains.check(number)
    assert findings(number) == [(name, False, "missing")]


def test_keys_change_without_a_gap(database: Session, mailbox: Mailbox, zone: Zone):
    """The old one signs until the record of the new one is there, and what it signed verifies afterwards, too."""
    number = signed_domain(zone)
    (old,) = (key.selector for key in domains.get(number).keys)
    domains.rotate(number)
    domains.check(number)
    new = domains.get(number).keys[0].selector
    assert findings(number) == [(new, False, "missing"), (old, True, "found")]
    with pytest.raises(Conflict):
        domains.rotate(number)
    before = deliver_to(mailbox)
    zone.publish(number)
    domains.check(number)
    assert findings(number) == [(new, True, "found"), (old, False, "found")]
    assert [key.retired for key in domains.get(number).keys] == [False, True]
    after = deliver_to(mailbox)
    assert (f"s={old};".encode() in before, f"s={new};".encode() in after) == (True, True)
    assert zone.verifies(before)
    assert zone.verifies(after)
    domains.rotate(number)
    newest, *others = (key.selector for key in domains.get(number).keys)
    assert (newest not in {old, new}, others) == (True, [new])


def test_no_selector_comes_again(database: Session, zone: Zone):
    """A domain that is added anew gets another one: a record that a server remembers is of the key that it names."""
    first = signed_domain(zone)
    (gone,) = (key.selector for key in domains.get(first).keys)
    domains.delete(first)
    (key,) = domains.get(domains.add("example.com")).keys
    assert key.selector != gone


def test_keys_of_before_keep_their_selector(database: Session, mailbox: Mailbox, zone: Zone):
    """Their records stand in the DNS under their number; they go on signing by it."""
    database.execute(
        update(MailKey).values(label=None).where(MailKey.domain_id == (number := domains.add("example.com")))
    )
    zone.publish(number)
    domains.check(number)
    assert findings(number) == [("cadenza1", True, "found")]
    assert zone.verifies(deliver_to(mailbox))


def test_keys_are_kept_encrypted(database: Session, mailbox: Mailbox, zone: Zone):
    """Nobody reads them in the database; under another SECRET_KEY mail waits, and says why."""
    signed_domain(zone)
    kept = database.scalars(select(MailKey.private_key)).one()
    assert "PRIVATE" not in kept
    assert secrets.decrypt(kept).startswith("-----BEGIN RSA PRIVATE KEY-----")
    database.execute(text("UPDATE mail_key SET private_key = 'x'"))
    with pytest.raises(Exception, match="stored under another SECRET_KEY"):
        mail.server()


@pytest.mark.parametrize(
    "name", ["", "example", "a b.com", "ex_ample.com", "http://example.com", "me@example.com", "a..b"]
)
def test_what_is_no_domain_is_refused(database: Session, name: str):
    """With the field that is wrong."""
    with pytest.raises(Invalid) as refused:
        domains.add(name)
    assert [each.field for each in refused.value.problems] == ["name"]


def test_admins_see_to_domains(admin: Caller, zone: Zone):
    """By the API: add, see the record, check, change keys, delete; no answer holds a private key."""
    made = admin.post("/api/mail-domains", json={"name": "bücher.example"}).get_json()
    assert made["name"] == "xn--bcher-kva.example"
    assert admin.post("/api/mail-domains", json={"name": "bücher.example"}).status_code == 409
    at = f"/api/mail-domains/{made['id']}"
    assert admin.post(f"{at}/check").get_json()["keys"][0]["finding"] == "missing"
    assert admin.post(f"{at}/rotate").status_code == 409
    zone.publish(made["id"])
    assert admin.post(f"{at}/check").get_json()["keys"][0]["active"] is True
    assert len(admin.post(f"{at}/rotate").get_json()["keys"]) == 2
    assert "private" not in admin.get("/api/mail-domains").get_data(as_text=True)
    assert admin.delete(at).status_code == 204
    with pytest.raises(NotFound):
        domains.get(made["id"])
