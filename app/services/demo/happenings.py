"""What the people of the demo world did in the last 30 days, as events; pure, and the same for the same numbers.

The engine works in moments: what happens between two of them is told just before the later one, so that whatever
an automation does about it follows within a minute.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Final, NamedTuple

from app.services.demo.pages import ADDRESS, PAGES
from app.services.demo.people import Person
from app.services.web.visits import LEFT, VISITED

DAYS: Final = 30
FORM: Final = "demo-request"
"""The hosted form's name, which its events say."""
WEBINAR: Final = "webinar"
"""The name of a form that another tool shows."""

Properties = Mapping[str, object]

_HOURS: Final = (6.9, 8.4, 10.1, 12.2, 14.4, 17.0, 20.2)
_LAST_MINUTES: Final = (210, 95, 41, 18, 6, 1.5)
CAMPAIGNS: Final[Sequence[tuple[float, str]]] = (
    (29.1, "Product news"),
    (26.1, "Customer story: two days saved"),
    (22.1, "Webinar invitation"),
    (19.1, "Five automations to steal"),
    (15.1, "Webinar: last seats"),
    (12.1, "Product news"),
    (8.1, "Pricing made simple"),
    (5.1, "Customer story: calm inbox"),
    (1.2, "Product news"),
)
_PUSHES: Final = ((25.4, "New templates"), (18.4, "Webinar starts soon"), (11.4, "New templates"), (4.3, "Price check"))
_PAGE_WEIGHTS: Final = [page.weight for page in PAGES]
_DEMO_REQUEST: Final[tuple[str, Properties]] = ("form_submitted", {"form": FORM, "page": f"{ADDRESS}/pricing"})
_TODAY: Final = timedelta(hours=5)
_TELLING: Final = timedelta(seconds=40)  # before each moment


class Happening(NamedTuple):
    """An event of a person, named by their place in the list of people."""

    person: int
    name: str
    at: datetime
    properties: Properties


class Moment(NamedTuple):
    """A moment at which the engine works, and what has happened since the one before, in order."""

    at: datetime
    happenings: Sequence[Happening]


class _Wish(NamedTuple):
    """Something that a person does at `at`, whatever the engine's moments."""

    at: datetime
    person: int
    name: str
    properties: Properties


def make_moments(rng: Random, people: Sequence[Person], now: datetime, asking: int | None = None) -> list[Moment]:
    """Make the history up to `now`, the oldest moment first. `asking`: the place of who asks for a demo today."""
    moments = sorted(_engine_moments(rng, now))
    between: defaultdict[int, list[_Wish]] = defaultdict(list)
    wishes = [*_wishes(rng, people, now)]
    if asking is not None:
        wishes.append(_Wish(now - _TODAY, asking, *_DEMO_REQUEST))
    for wish in wishes:
        if wish.at >= people[wish.person].created_at:
            between[bisect_left(moments, wish.at)].append(wish)
    return [Moment(at, list(_told(at, between[index]))) for index, at in enumerate(moments)]


def _told(moment: datetime, wishes: list[_Wish]) -> Iterator[Happening]:
    """Bring wishes close to the moment, in their order."""
    wishes.sort(key=lambda wish: wish[:2])
    for index, (_, person, name, properties) in enumerate(wishes):
        yield Happening(person, name, moment - _TELLING * (1 - index / len(wishes)), properties)


def _engine_moments(rng: Random, now: datetime) -> Iterator[datetime]:
    for days in range(DAYS, -1, -1):
        midnight = datetime.combine((now - timedelta(days=days)).date(), time(), now.tzinfo)
        for hour in _HOURS:
            at = midnight + timedelta(hours=hour, seconds=rng.uniform(-1500, 1500))
            if now - timedelta(days=DAYS) < at < now - timedelta(hours=4):
                yield at
    for minutes in _LAST_MINUTES:
        yield now - timedelta(minutes=minutes)


def _wishes(rng: Random, people: Sequence[Person], now: datetime) -> Iterator[_Wish]:
    start = now - timedelta(days=DAYS)
    for index, person in enumerate(people):
        if person.created_at > start:
            yield _Wish(person.created_at, index, "contact_created", {})
        if person.newsletter:
            yield from _mails(rng, index, person, now)
        if person.push:
            yield from _pushes(rng, index, person, now)
        yield from _visits(rng, index, person, start)
        yield from _forms(rng, index, person, start)
        yield from _business(rng, index, person, start)


def _mails(rng: Random, index: int, person: Person, now: datetime) -> Iterator[_Wish]:
    for days, campaign in CAMPAIGNS:
        if rng.random() > person.engagement:
            continue
        patience = rng.choice((300, 300, 2600))  # most open soon, some days later
        opened = now - timedelta(days=days) + timedelta(minutes=2 + rng.expovariate(1 / patience))
        message = {"message_kind": "campaign", "campaign": campaign}
        yield _Wish(opened, index, "email_opened", message)
        if rng.random() < 0.28:
            link = rng.choice(PAGES).address
            yield _Wish(opened + timedelta(minutes=2), index, "email_clicked", {**message, "link": link})


def _pushes(rng: Random, index: int, person: Person, now: datetime) -> Iterator[_Wish]:
    for days, campaign in _PUSHES:
        if rng.random() < person.engagement * 0.7:
            at = now - timedelta(days=days) + timedelta(minutes=rng.expovariate(1 / 90))
            yield _Wish(at, index, "web_push_clicked", {"message_kind": "campaign", "campaign": campaign})


def _visits(rng: Random, index: int, person: Person, start: datetime) -> Iterator[_Wish]:
    for _ in range(round(rng.expovariate(1) * person.engagement * 5)):
        at = start + timedelta(days=rng.uniform(0, DAYS))
        for page in rng.choices(PAGES, _PAGE_WEIGHTS, k=rng.choice((1, 1, 2, 3))):
            yield _Wish(at, index, VISITED, page.view())
            yield _Wish(at, index, LEFT, {"page": page.address, "seconds": round(rng.expovariate(1 / 50)) + 2})


def _forms(rng: Random, index: int, person: Person, start: datetime) -> Iterator[_Wish]:
    if person.lifecycle != "Customer" and rng.random() < person.engagement * 0.1:
        at = start + timedelta(days=rng.uniform(0, DAYS))
        yield _Wish(at, index, *_DEMO_REQUEST)
    if "webinar" in person.tags and rng.random() < 0.4:
        at = start + timedelta(days=rng.uniform(8, 16))
        yield _Wish(at, index, "form_submitted", {"form": WEBINAR, "page": f"{ADDRESS}/webinar"})


def _business(rng: Random, index: int, person: Person, start: datetime) -> Iterator[_Wish]:
    """Yield what other systems report, and mail that is no campaign."""
    at = start + timedelta(days=rng.uniform(0, DAYS))
    if person.lifecycle == "Customer":
        amount = rng.choice((49, 99, 249, 990))
        yield _Wish(at, index, "invoice_paid", {"amount": amount, "currency": "EUR"})
        if rng.random() < 0.6:
            yield _Wish(at + timedelta(hours=1), index, "email_opened", {"message_kind": "transactional"})
    elif person.lifecycle == "Qualified lead" and rng.random() < 0.15:
        yield _Wish(at, index, "trial_started", {"plan": rng.choice(("team", "business"))})
