"""What triggers share: the two filters, the event data they can be about, and the sentence with both."""

from collections.abc import Mapping, Sequence
from typing import Final

from nodes.catalog import Catalog, Kind
from nodes.conditions import All, EventField, Scope, describe, parse
from nodes.contract import FILTERS, Configuration, Trigger
from nodes.fields import ConditionField
from nodes.texts import Text, same
from nodes.world import Topic

MESSAGE_KIND: Final = EventField(
    "message_kind",
    Text("kind of message", "type de message", "вид сообщения"),
    Kind.CATEGORY,
    (
        ("campaign", Text("campaign", "campagne", "рассылка")),
        ("automation", Text("automation", "automatisation", "автоматизация")),
        ("transactional", Text("transactional", "transactionnel", "транзакционное")),
    ),
)
CAMPAIGN: Final = EventField("campaign", Text("campaign", "campagne", "рассылка"), Kind.TEXT)
HOW_AGREED: Final = EventField(
    "source",
    Text("where it agreed", "où il a accepté", "где согласился"),
    Kind.CATEGORY,
    (
        ("confirmation", Text("confirmed by mail", "confirmé par e-mail", "подтвердил по почте")),
        ("preferences", Text("preference page", "page de préférences", "страница настроек")),
        ("api", Text("API", "API", "API")),
        ("form", Text("form", "formulaire", "форма")),
        ("staff", Text("entered by staff", "saisi par l’équipe", "внёс сотрудник")),
    ),
)
LINK: Final = EventField("link", Text("link", "lien", "ссылка"), Kind.TEXT)
PAGE: Final = EventField("page", Text("page", "page", "страница"), Kind.TEXT)
CATEGORY: Final = EventField(
    "category", Text("category of the page", "catégorie de la page", "категория страницы"), Kind.TEXT
)
FORM: Final = EventField("form", Text("form", "formulaire", "форма"), Kind.TEXT)

_FRAMES: Final[Mapping[Scope, Text]] = {
    "event": same("{what} ({words})"),
    "contact": Text("{what}, if {words}", "{what}, si {words}", "{what}, если {words}"),
}


def event_filter(*fields: EventField, by: Mapping[str, Sequence[str]] | None = None) -> ConditionField:
    """Return the field that asks about the event's own data; without `fields`, about any property.

    `by` names the fields and values that make it appear; None: it always does.
    """
    return ConditionField(
        Text("Event filter", "Filtre d’événement", "Фильтр события"),
        help=Text(
            "Only events that match count. Empty: every such event.",
            "Seuls les événements correspondants comptent. Vide : tous.",
            "Учитываются только подходящие события. Пусто — любые.",
        ),
        required=False,
        scope="event",
        event_fields=fields,
        show_when=by,
    )


def contact_filter() -> ConditionField:
    """Return the field that asks about the contact, whatever the event."""
    return ConditionField(
        Text("Contact filter", "Filtre de contact", "Фильтр контакта"),
        help=Text(
            "Only contacts that match can enter. Empty: everyone.",
            "Seuls les contacts correspondants peuvent entrer. Vide : tous.",
            "Войти могут только подходящие контакты. Пусто — все.",
        ),
        required=False,
    )


class EventTrigger(Trigger):
    """Base of triggers: listens to the event of its own key, and says both filters in its sentence."""

    def topic(self, config: Configuration) -> Topic:
        return Topic(self.key)

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        """Say what happens, without the filters."""
        return self.label

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        sentence = self.what(config, catalog)
        for name, field in self.schema().form.items():
            if name not in FILTERS:
                continue
            condition = parse(config[name]) if config.get(name) and isinstance(field, ConditionField) else All()
            if condition != All() and isinstance(field, ConditionField):
                words = describe(condition, catalog, field.event_fields)
                sentence = _FRAMES[field.scope].format(what=sentence, words=words)
        return sentence
