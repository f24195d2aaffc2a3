"""Trigger: an event of one's own happens."""

from nodes.catalog import Catalog
from nodes.contract import Configuration
from nodes.fields import EventName, NodeSchema
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter, event_filter
from nodes.world import Topic


class CustomEvent(EventTrigger):
    """Lets a contact in when an event of the chosen name happens."""

    key = "custom_event"
    label = Text("Custom event", "Événement personnalisé", "Своё событие")
    description = Text(
        "An event of your own, sent by the API, happens to a contact.",
        "Un événement à vous, envoyé par l’API, concerne un contact.",
        "С контактом происходит ваше событие, присланное через API.",
    )
    icon = "IconBolt"
    search = ("custom", "event", "api", "track", "événement", "personnalisé", "событие", "своё")
    example = {"event": "order_placed", "event_filter": {"all": [{"event": "total", "op": "gte", "value": 100}]}}

    class Config(NodeSchema):
        event = EventName(Text("Event", "Événement", "Событие"))
        event_filter = event_filter()
        contact_filter = contact_filter()

    def topic(self, config: Configuration) -> Topic:
        return Topic(config["event"].strip())

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("Event “{event}”", "Événement « {event} »", "Событие «{event}»").format(event=config["event"])
