"""Trigger: a contact comes to the site."""

from datetime import datetime
from typing import Final

from nodes.catalog import Catalog
from nodes.contract import Configuration
from nodes.durations import say_duration
from nodes.fields import NodeSchema, Whole
from nodes.texts import Text
from nodes.triggering import CATEGORY, PAGE, EventTrigger, contact_filter, event_filter
from nodes.world import Contact, Event

AWAY: Final = "away_days"
MOST_DAYS: Final = 365
_BACK: Final = Text(
    "Comes back to the site after {span} or more",
    "Revient sur le site après {span} ou plus",
    "Возвращается на сайт через {span} или позже",
)


class VisitBegun(EventTrigger):
    """Lets a contact in when it comes to the site: at once, while it is there."""

    key = "visit_begun"
    label = Text("Comes to the site", "Arrive sur le site", "Пришёл на сайт")
    description = Text(
        "A known contact is on your site now: its first page after half an hour without one, or after many days.",
        "Un contact connu est sur votre site : sa première page après une demi-heure sans visite, ou après des jours.",
        "Известный контакт сейчас на сайте: первая страница после получаса без визитов или после многих дней.",
    )
    icon = "IconDoorEnter"
    search = ("visit", "site", "now", "back", "return", "session", "visite", "retour", "визит", "сайт", "вернулся")
    example = {"away": 30}

    class Config(NodeSchema):
        away = Whole(
            Text("After so many days away", "Après tant de jours d’absence", "После скольких дней отсутствия"),
            help=Text("0: at every visit.", "0 : à chaque visite.", "0 — при каждом визите."),
            low=0,
            high=MOST_DAYS,
            default=0,
        )
        event_filter = event_filter(PAGE, CATEGORY)
        contact_filter = contact_filter()

    def accepts(self, config: Configuration, event: Event, contact: Contact, now: datetime) -> bool:
        away = event.properties.get(AWAY, 0)
        long_enough = isinstance(away, int | float) and away >= config.get("away", 0)
        return long_enough and super().accepts(config, event, contact, now)

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        away = config.get("away", 0)
        return _BACK.format(span=say_duration(away, "days")) if away else self.label
