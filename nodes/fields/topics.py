"""The field that names a topic of consent."""

from collections.abc import Iterator
from typing import Unpack

from nodes.fields.base import Context, JsonSchema, Settings
from nodes.fields.references import ById
from nodes.problems import Problem, unknown_topic, wrong_channel
from nodes.texts import Language, Text


class TopicId(ById):
    """A topic of consent by id; of `channel` only, if one is named."""

    widget = "topic"
    expects = Text("a topic", "un sujet", "тему")

    def __init__(self, title: Text, *, channel: str | None = None, **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.channel = channel

    def options(self, language: Language) -> JsonSchema:
        return {"channel": self.channel} if self.channel else {}

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        topic = context.catalog.consent_topics.get(value)
        if topic is None:
            yield unknown_topic("", value)
        elif self.channel not in {None, topic.channel}:
            yield wrong_channel("", topic.name)
