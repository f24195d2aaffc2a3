"""The page on which contacts choose what they hear about."""

import re
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy.orm import Session

from app.services import attributes, contacts
from app.services.consents import preferences
from tests.factories.consents import agrees, history, make_topic, stands
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA


def page_of(contact: int) -> str:
    """The path of a contact's page."""
    return urlsplit(preferences.address(contact)).path


def ticked(text: str) -> dict[str, bool]:
    """The topics on a page, and whether they are on."""
    return {
        label.text(strip=True): label.css_first("input").attrs.get("checked", "no") != "no"
        for label in LexborHTMLParser(text).css("label")
    }


def test_topics_are_turned_on_and_off(client: FlaskClient, database: Session):
    """Public ones, and others that the contact hears about; what was not touched is no word against it."""
    news, offers = make_topic(), make_topic("Offers", description="Twice a year")
    hidden, inner = make_topic("Hidden", public=False), make_topic("Inner", public=False)
    maria = make_contact(email=MARIA)
    agrees(maria, news, inner)
    way = page_of(maria)
    assert ticked(client.get(way).text) == {"Inner": True, "News": True, "OffersTwice a year": False}
    saved = client.post(way, data={"topic": [str(offers), str(inner), str(hidden), "x"]})
    assert (saved.status_code, saved.location) == (303, f"{way}?saved")
    assert stands(database, maria) == {news: "withdrawn", offers: "given", inner: "given"}
    assert history(database, maria)[-2:] == [("News", "withdrawn", "preferences"), ("Offers", "given", "preferences")]
    assert 'role="status"' in client.get(saved.location).text


def test_nothing_any_more_is_one_button_away_and_can_be_taken_back(client: FlaskClient, database: Session):
    """All topics, mail and SMS; choosing a topic again is wanting mail again."""
    news, maria = make_topic(), make_contact(email=MARIA)
    agrees(maria, news)
    way = page_of(maria)
    client.post(f"{way}/none")
    assert stands(database, maria) == {news: "withdrawn"}
    assert contacts.get(maria).email_blacklisted
    silent = client.get(way).text
    assert "You get no mail from us at present." in silent
    client.post(f"{way}/back")
    assert not contacts.get(maria).email_blacklisted
    client.post(f"{way}/none")
    client.post(way, data={"topic": [str(news)]})
    assert not contacts.get(maria).email_blacklisted
    assert stands(database, maria) == {news: "given"}


def test_to_look_changes_nothing(client: FlaskClient, database: Session):
    """Mail programs look at every address."""
    news, maria = make_topic(), make_contact(email=MARIA)
    agrees(maria, news)
    for _ in range(2):
        client.get(page_of(maria))
        client.head(f"{page_of(maria)}/none")
        assert client.get(f"{page_of(maria)}/none").status_code == 405
    assert stands(database, maria) == {news: "given"}


def test_it_speaks_the_contacts_language(client: FlaskClient, database: Session):
    """Its own as the workspace knows it, else the browser's; another can be chosen, and stays."""
    make_topic()
    attributes.create("LANGUAGE", "text", ())
    maria, ben = make_contact(email=MARIA, LANGUAGE="ru-RU"), make_contact(email="ben@example.com")
    russian = client.get(page_of(maria), headers={"Accept-Language": "fr"})
    assert '<html lang="ru">' in russian.text
    assert "Больше ничего не присылать" in russian.text
    assert '<html lang="fr">' in client.get(page_of(ben), headers={"Accept-Language": "fr-CA"}).text
    chosen = client.post(f"{page_of(maria)}?lang=en", data={})
    assert chosen.location.endswith("?saved&lang=en")


def test_nobody_elses_page_can_be_guessed(client: FlaskClient, database: Session):
    """Addresses are signed, each for its own use."""
    make_topic()
    way = page_of(make_contact(email=MARIA))
    assert client.get(f"{way}x").status_code == client.post(f"{way}x").status_code == 404
    assert client.get(way.replace("/t/p/", "/t/u/")).status_code == 404
    assert client.get(way.replace("/t/p/", "/t/f/")).status_code == 404
    assert re.search(r"<script|javascript:|onclick", client.get(way).text) is None
