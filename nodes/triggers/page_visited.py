"""Trigger: a page of the site is visited."""

from nodes.fields import NodeSchema
from nodes.texts import Text
from nodes.triggering import CATEGORY, PAGE, EventTrigger, contact_filter, event_filter


class PageVisited(EventTrigger):
    """Lets a contact in when a page of the site is visited."""

    key = "page_visited"
    label = Text("Page visited", "Page visitée", "Посещена страница")
    description = Text(
        "A known contact visits a page of your site.",
        "Un contact connu visite une page de votre site.",
        "Известный контакт посещает страницу сайта.",
    )
    icon = "IconWorld"
    suggested = 3
    search = ("page", "site", "website", "visit", "visite", "web", "страница", "сайт", "визит", "посещение")
    example = {"event_filter": {"all": [{"event": "page", "op": "contains", "value": "/pricing"}]}}

    class Config(NodeSchema):
        event_filter = event_filter(PAGE, CATEGORY)
        contact_filter = contact_filter()
