"""Trigger: pages are visited for the Nth time within a window."""

from bisect import bisect
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from nodes.catalog import Catalog
from nodes.contract import Configuration
from nodes.durations import Forms, in_number, say_duration
from nodes.fields import Choice, Line, NodeSchema, PageCategory, Span, Whole
from nodes.moments import SEVEN_DAYS, Duration, in_days
from nodes.texts import Text
from nodes.triggering import CATEGORY, PAGE, EventTrigger, contact_filter
from nodes.world import Contact, Event, EventCount, Json, Reads, Topic

VISITED: Final = "page_visited"
MOST_TIMES: Final = 100
_THREE: Final = 3
_OF: Final[Mapping[str, Text]] = {
    "category": Text("Pages of a category", "Pages d’une catégorie", "Страницы категории"),
    "page": Text("One page", "Une page", "Одна страница"),
    "any": Text("Any page", "N’importe quelle page", "Любая страница"),
}
_SENTENCE: Final[Mapping[str, Text]] = {
    "category": Text(
        "Visits “{name}” {times} within {span}",
        "Visite « {name} » {times} en {span}",
        "Смотрит «{name}» {times} за {span}",
    ),
    "page": Text(
        "Visits {name} {times} within {span}",
        "Visite {name} {times} en {span}",
        "Открывает {name} {times} за {span}",
    ),
    "any": Text("Visits {pages} within {span}", "Visite {pages} en {span}", "Открывает {pages} за {span}"),
}
_TIMES: Final = Forms(("once", "{n} times"), ("une fois", "{n} fois"), ("{n} раз", "{n} раза", "{n} раз"))
_PAGES: Final = Forms(
    ("one page", "{n} pages"), ("une page", "{n} pages"), ("{n} страницу", "{n} страницы", "{n} страниц")
)


class PageVisitedOften(EventTrigger):
    """Lets a contact in with the view that is the Nth within the window: each time that so many are reached."""

    key = "page_visited_often"
    label = Text("Pages visited N times", "Pages visitées N fois", "Страницы посещены N раз")
    description = Text(
        "A known contact visits a page, or pages of a category, for the Nth time within a time.",
        "Un contact connu visite une page, ou des pages d’une catégorie, pour la énième fois en un temps donné.",
        "Известный контакт посещает страницу или страницы категории в N-й раз за срок.",
    )
    icon = "IconFlame"
    search = (
        *("page", "category", "times", "often", "interest", "visit", "catégorie", "fois", "souvent", "intérêt"),
        *("страница", "категория", "раз", "часто", "интерес", "визит"),
    )
    example = {"of": "category", "category": "Shoes", "times": 3, "within": {"amount": 7, "unit": "days"}}

    class Config(NodeSchema):
        of = Choice(Text("What", "Quoi", "Что"), _OF, default="category")
        category = PageCategory(
            Text("Category", "Catégorie", "Категория"),
            help=Text(
                "Which pages are of it: Settings → Websites.",
                "Quelles pages en sont : Réglages → Sites web.",
                "Какие страницы к ней относятся: Настройки → Сайты.",
            ),
            show_when={"of": ["category"]},
        )
        page = Line(
            Text("Address", "Adresse", "Адрес"),
            help=Text(
                "As in the history of visits, without what follows “?”.",
                "Comme dans l’historique des visites, sans ce qui suit « ? ».",
                "Как в истории визитов, без того, что после «?».",
            ),
            show_when={"of": ["page"]},
        )
        times = Whole(Text("Times", "Fois", "Сколько раз"), low=1, high=MOST_TIMES, default=_THREE)
        within = Span(Text("Within", "En", "За срок"), default=SEVEN_DAYS._asdict())
        contact_filter = contact_filter()

    def topic(self, config: Configuration) -> Topic:
        return Topic(VISITED)

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(event_counts=frozenset({_question(config)}))

    def narrows(self, config: Configuration) -> Json:
        question = _question(config)
        return [
            str(config.get("times", _THREE)),
            str(question.days),
            *(f"{key}={value}" for key, value in question.where),
        ]

    def accepts(self, config: Configuration, event: Event, contact: Contact, now: datetime) -> bool:
        question = _question(config)
        if any(event.properties.get(key) != value for key, value in question.where):
            return False
        # As of the moment when the view came in: others of its batch are loaded already. By this view the numbers of
        # all windows with it grew by one; so one reached N now, and none before, if the highest is N.
        came = sorted(each.at for each in contact.event_times.get(question, ()) if each.id <= event.id)
        span = timedelta(days=question.days or 0)
        # Mostly its own only: one that came in late, as from a telephone that was offline, has later ones, too.
        ends = {at for at in came if event.at <= at < event.at + span}
        highest = max((bisect(came, end) - bisect(came, end - span) for end in ends), default=0)
        return highest == config.get("times", _THREE) and super().accepts(config, event, contact, now)

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        of = config.get("of", "category")
        often = config.get("times", _THREE)
        return _SENTENCE[of].format(
            name=config.get(of, ""),
            times=in_number(often, _TIMES),
            pages=in_number(often, _PAGES),
            span=say_duration(*_within(config)),
        )


def _question(config: Configuration) -> EventCount:
    """Return what must be known of the past; `config` as stored or prepared."""
    asked = {"category": CATEGORY.key, "page": PAGE.key}.get(config.get("of", "category"))
    where: tuple[tuple[str, Json], ...] = ((asked, config[config.get("of", "category")]),) if asked else ()
    return EventCount(VISITED, in_days(*_within(config)), where, times=True)


def _within(config: Configuration) -> Duration:
    written = config.get("within") or SEVEN_DAYS
    return Duration(**written) if isinstance(written, Mapping) else written
