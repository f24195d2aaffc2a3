"""Trigger: a contact comes to fit a segment or a condition."""

from collections.abc import Mapping
from typing import Final

from nodes.catalog import Catalog
from nodes.conditions import describe, parse
from nodes.contract import Configuration
from nodes.fields import Choice, ConditionField, NodeSchema, SegmentId
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter
from nodes.watches import SegmentWatch
from nodes.world import Topic

_OF: Final[Mapping[str, Text]] = {
    "segment": Text("A saved segment", "Un segment enregistré", "Сохранённый сегмент"),
    "condition": Text("A condition", "Une condition", "Условие"),
}
_JOINED: Final = Text("Joins “{name}”", "Rejoint « {name} »", "Попадает в «{name}»")
_FITS: Final = Text("Comes to fit: {words}", "Vient à remplir : {words}", "Начинает отвечать условию: {words}")


class JoinedSegment(EventTrigger):
    """Lets contacts in when they begin to belong. Who belongs already may enter on activation, if asked for."""

    key = "joined_segment"
    label = Text("Joins a segment", "Rejoint un segment", "Попадает в сегмент")
    description = Text(
        "A contact begins to fit a segment or a condition. It is noticed within seconds.",
        "Un contact vient à remplir un segment ou une condition. C’est remarqué en quelques secondes.",
        "Контакт начинает отвечать сегменту или условию. Это замечается за секунды.",
    )
    icon = "IconUsersGroup"
    search = ("segment", "joins", "filter", "condition", "rejoint", "filtre", "сегмент", "условие", "фильтр")
    example = {"of": "condition", "condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}

    class Config(NodeSchema):
        of = Choice(Text("What", "Quoi", "Что"), _OF, default="segment")
        segment = SegmentId(
            Text("Segment", "Segment", "Сегмент"),
            help=Text(
                "If its condition is changed, whoever fits the new one and not the old one joins.",
                "Si sa condition change, ceux qui remplissent la nouvelle et pas l’ancienne le rejoignent.",
                "Если изменить его условие, попадёт тот, кто отвечает новому и не отвечал старому.",
            ),
            show_when={"of": ["segment"]},
        )
        condition = ConditionField(Text("Condition", "Condition", "Условие"), show_when={"of": ["condition"]})
        contact_filter = contact_filter()

    def topic(self, config: Configuration) -> Topic:
        return self.watch(config).topic

    def watch(self, config: Configuration) -> SegmentWatch:
        if config.get("of", "segment") == "segment":
            return SegmentWatch(segment=config["segment"])
        return SegmentWatch.of_condition(config["condition"])

    def members(self, config: Configuration) -> SegmentWatch:
        return self.watch(config)

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        if config.get("of", "segment") == "segment":
            return _JOINED.format(name=catalog.segments.get(config["segment"], f"#{config['segment']}"))
        return _FITS.format(words=describe(parse(config["condition"]), catalog))
