"""A campaign to 100,000 contacts: how fast its mail leaves, beside plain smtplib to the same server, and its memory.

Plain is what a loop would do: one connection, a mail of the same size made for each contact and handed over. Nothing is
personal in it, nothing is written down, and nobody is asked whether they want it.
"""

import smtplib
import time
from email.message import EmailMessage
from typing import Final

import httpx

from app.services import mail, segments
from app.services.mailing import templates
from app.services.mailing.templates import Written
from bench import sink
from bench.database import add_contacts, demand, empty, settle
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.usage import memory, metered

_EVERYBODY: Final = {"field": "email", "op": "contains", "value": "@example.com"}
_WORDS: Final = "<p>" + "What is new this month, in a few words. " * 40 + "</p>"
_SOURCE: Final = (
    "<html><body><p>Dear {{ contact.email }},</p>"
    + _WORDS
    + "<a href='https://example.com/sale'>Look</a></body></html>"
)
_PLAIN: Final = 2000
_LOOK_SECONDS: Final = 0.25
# By then all that is made once is made: what comes later would grow with the number of recipients.
_WARM: Final = 0.1


def run(place: Place, sizes: Sizes) -> Result:
    """Send a campaign to everybody, turn by turn, with plain smtplib before each."""
    template = templates.create("Letter", Written("News for {{ contact.email }}", "", "html", _SOURCE))
    segment = segments.create("Everybody", _EVERYBODY)
    settings = {"segments": [segment], "template": template, "keep_caps": False, "keep_quiet": False}
    with sink.running() as port:
        _use(port)
        turns = [_turn(place, port, sizes["contacts"], turn, settings) for turn in place.turns()]
    rates, plain, grown, costs = zip(*turns, strict=True)
    figures = [
        Figure("campaign, beside plain smtplib", "mails/s", rates, plain),
        Figure("memory of the workers, from a tenth to the end", "times", grown, at_most=1.25),
    ]
    return Result(figures, [Cost("mails of a campaign", sizes["contacts"], costs)])


SCENARIO: Final = Scenario("campaign", "A campaign", {"contacts": 100_000}, run)


def _use(port: int) -> None:
    mail.configure(
        {
            "host": "127.0.0.1",
            "port": port,
            "username": "",
            "security": "none",
            "sender_name": "News",
            "sender_email": "news@example.com",
        }
    )


def _turn(
    place: Place, port: int, contacts: int, turn: int, settings: dict[str, object]
) -> tuple[float, float, float, dict[str, float]]:
    empty(place.database_url)
    add_contacts(place.database_url, 1, contacts)
    settle(place.database_url)
    plain = _plain_rate(port, min(contacts, _PLAIN))
    with (
        httpx.Client(base_url=place.instance.url, headers={"Authorization": f"Bearer {place.key}"}) as client,
        metered(place.instance) as cost,
    ):
        made = client.post("/api/campaigns", json={"name": f"News {turn}", "settings": settings}).raise_for_status()
        path = f"/api/campaigns/{made.json()['id']}"
        began = time.monotonic()
        client.post(f"{path}/start").raise_for_status()
        grown = _watch(place, client, path, contacts)
        seconds = time.monotonic() - began
    demand(
        place.database_url,
        {
            "SELECT count(*) FROM message WHERE state = 'sent'": contacts,
            "SELECT count(DISTINCT contact_id) FROM message": contacts,
        },
    )
    return contacts / seconds, plain, grown, cost


def _watch(place: Place, client: httpx.Client, path: str, contacts: int) -> float:
    """Wait until all mail has left; returns how many times as much memory the workers took then as at a tenth."""
    early = 0.0
    while True:
        settled = client.get(path).raise_for_status().json()["settled"]
        if not early and settled >= _WARM * contacts:
            early = memory(place.instance)["workers"].own
        if settled >= contacts:
            return memory(place.instance)["workers"].own / early
        time.sleep(_LOOK_SECONDS)


def _plain_rate(port: int, count: int) -> float:
    began = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for number in range(count):
            message = EmailMessage()
            message["From"], message["To"] = "news@example.com", f"contact{number}@example.com"
            message["Subject"] = "News"
            message.set_content(_WORDS)
            message.add_alternative(_SOURCE, subtype="html")
            connection.send_message(message)
    return count / (time.monotonic() - began)
