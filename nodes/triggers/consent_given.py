"""Trigger: a contact agrees to a topic."""

from nodes.catalog import Catalog
from nodes.contract import Configuration
from nodes.fields import NodeSchema, TopicId
from nodes.texts import Text
from nodes.triggering import HOW_AGREED, EventTrigger, contact_filter, event_filter
from nodes.world import Topic


class ConsentGiven(EventTrigger):
    """Lets a contact in when it agrees to the chosen topic; where that is to be confirmed, once it is."""

    key = "consent_given"
    label = Text("Agreed to a topic", "A accepté un sujet", "Согласие на тему")
    description = Text(
        "A contact agrees to hear about a topic; with double opt-in, once it has confirmed.",
        "Un contact accepte un sujet ; en double opt-in, une fois la confirmation faite.",
        "Контакт соглашается на тему; при двойном согласии — когда подтвердил.",
    )
    icon = "IconCircleCheck"
    search = ("consent", "opt-in", "topic", "confirmed", "subscribe", "consentement", "sujet", "согласие", "подписка")
    example = {"topic": 1}

    class Config(NodeSchema):
        topic = TopicId(Text("Topic", "Sujet", "Тема"))
        event_filter = event_filter(HOW_AGREED)
        contact_filter = contact_filter()

    def topic(self, config: Configuration) -> Topic:
        return Topic(self.key, str(config["topic"]))

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        what = Text("Agreed to “{name}”", "A accepté « {name} »", "Согласие на «{name}»")
        return what.format(name=catalog.topic_name(config["topic"]))
