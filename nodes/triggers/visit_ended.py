"""Trigger: a visit to the site has ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from nodes.catalog import Catalog, Kind
from nodes.conditions import EventField
from nodes.contract import Configuration
from nodes.fields import Choice, NodeSchema
from nodes.texts import Text
from nodes.triggering import CAMPAIGN, MESSAGE_KIND, PAGE, EventTrigger, contact_filter, event_filter
from nodes.world import Contact, Event

MESSAGE: Final = "message"
INTEREST: Final = EventField("interest", Text("main interest", "intérêt principal", "главный интерес"), Kind.TEXT)
CATEGORIES: Final = EventField(
    "categories", Text("categories seen", "catégories vues", "просмотренные категории"), Kind.TEXT
)
PAGES: Final = EventField("pages", Text("number of pages", "nombre de pages", "число страниц"), Kind.NUMBER)
SECONDS: Final = EventField("seconds", Text("seconds", "secondes", "секунды"), Kind.NUMBER)
UTM_CAMPAIGN: Final = EventField("utm_campaign", Text("UTM campaign", "campagne UTM", "UTM-кампания"), Kind.TEXT)
UTM_SOURCE: Final = EventField("utm_source", Text("UTM source", "source UTM", "UTM-источник"), Kind.TEXT)

_BY: Final[Mapping[str, Text]] = {
    "any": Text("Any visit", "Toute visite", "Любой визит"),
    "mailing": Text("Visits that our message brought", "Visites dues à notre message", "Визиты по нашему сообщению"),
}
_BROUGHT: Final = Text(
    "Visit that our message brought has ended",
    "Fin d’une visite due à notre message",
    "Закончился визит по нашему сообщению",
)


class VisitEnded(EventTrigger):
    """Lets a contact in after its visit: once it has done nothing on the site for half an hour."""

    key = "visit_ended"
    label = Text("Visit has ended", "Visite terminée", "Визит закончился")
    description = Text(
        "A known contact left your site: half an hour after its last page. Says what it saw and what brought it.",
        "Un contact connu a quitté votre site : une demi-heure après sa dernière page. On sait ce qu’il a vu.",
        "Известный контакт ушёл с сайта: полчаса после последней страницы. Известно, что он смотрел и откуда пришёл.",
    )
    icon = "IconDoorExit"
    search = ("visit", "left", "site", "after", "session", "end", "visite", "fin", "quitté", "визит", "ушёл", "сайт")
    example = {"by": "mailing"}

    class Config(NodeSchema):
        by = Choice(Text("What brought it", "Ce qui l’a amené", "Что привело"), _BY, default="any")
        event_filter = event_filter(
            INTEREST, CATEGORIES, PAGES, SECONDS, PAGE, CAMPAIGN, MESSAGE_KIND, UTM_CAMPAIGN, UTM_SOURCE
        )
        contact_filter = contact_filter()

    def accepts(self, config: Configuration, event: Event, contact: Contact, now: datetime) -> bool:
        if config.get("by", "any") == "mailing" and event.properties.get(MESSAGE) is None:
            return False
        return super().accepts(config, event, contact, now)

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        return _BROUGHT if config.get("by", "any") == "mailing" else self.label
