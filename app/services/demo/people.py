"""Who lives in the demo world: companies, and people who work there. The same random numbers, the same people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from app.services.demo.geography import Country, Numbers, Place, countries, in_ascii

LIFECYCLES: Final = ("Subscriber", "Lead", "Qualified lead", "Customer")
INTERESTS: Final = ("Automation", "Analytics", "Integrations", "Pricing", "Security", "Events")
JOBS: Final = (
    *("Marketing manager", "Head of sales", "Founder", "Office manager", "Operations lead", "Product manager"),
    *("Purchasing", "IT manager", "Consultant", "Communications", "Managing director", "Student"),
)
DAYS_BACK: Final = 540
NEWCOMER_DAYS: Final = 30
NEWCOMERS: Final = 0.08  # the share of people who came within NEWCOMER_DAYS

_FIRST_WORDS: Final = (
    *("Alderbrook", "Brightfen", "Calmora", "Dunewick", "Eastmere", "Fennholt", "Glimmerdale", "Harrowfen"),
    *("Ivoryne", "Juniperway", "Kestrelmoor", "Larkhollow", "Mosswell", "Nordhaven", "Oakenrill", "Pinecroft"),
    *("Quillmere", "Rowanbeck", "Silverlode", "Thistledown", "Umberlight", "Velmora", "Willowrun", "Yarrowby"),
)
_SECOND_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "Software": ("Systems", "Labs"),
    "Logistics": ("Freight", "Cargo"),
    "Manufacturing": ("Machining", "Works"),
    "Retail": ("Outfitters", "Markets"),
    "Healthcare": ("Clinics", "Care"),
    "Education": ("Academy", "Learning"),
    "Finance": ("Advisory", "Ledger"),
    "Energy": ("Solar", "Power"),
    "Food": ("Kitchens", "Orchards"),
    "Media": ("Studio", "Press"),
}
_SIZES: Final = (4, 9, 18, 35, 60, 110, 240, 520, 1400)
_ZONES: Final = ("example.com", "example.net", "example.org")
_FREEMAIL: Final = ("mail.example.com", "post.example.net", "inbox.example.org")


@dataclass(frozen=True, slots=True)
class Company:
    """An employer that does not exist."""

    name: str
    domain: str
    country: Country
    industry: str
    size: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. `engagement` (0 to 1): how readily they open, click and look.

    `company` and `rep` are places in the lists of companies and of reps; `rep`: whose contact they are already.
    """

    first_name: str
    last_name: str
    email: str
    phone: str | None
    country: str
    time_zone: str
    company: int | None
    job: str
    lifecycle: str
    interests: tuple[str, ...]
    birthday: date | None
    newsletter: bool
    push: bool
    engagement: float
    rep: int | None
    tags: tuple[str, ...]
    created_at: datetime


def make_companies(rng: Random, count: int) -> list[Company]:
    """Make companies, no two of one name."""
    kinds = [(industry, word) for industry, words in _SECOND_WORDS.items() for word in words]
    names = rng.sample([(first, *kind) for first in _FIRST_WORDS for kind in kinds], count)
    return [_company(rng, *name) for name in names]


def _company(rng: Random, first: str, industry: str, second: str) -> Company:
    known = countries()
    (country,) = rng.choices(known, [each.share for each in known])
    domain = f"{first}-{second}.{rng.choice(_ZONES)}".lower()
    return Company(f"{first} {second}", domain, country, industry, rng.choice(_SIZES))


def make_people(rng: Random, count: int, companies: Sequence[Company], now: datetime) -> list[Person]:
    """Make people, the one known longest first; no two share an address or a number."""
    numbers, taken = Numbers(rng), set[str]()
    moments = sorted(_moments(rng, count, now))
    return [_person(rng, companies, numbers, taken, moment) for moment in moments]


def _moments(rng: Random, count: int, now: datetime) -> Iterator[datetime]:
    """When each became known: ever more of them in the last year and a half, some in the last weeks."""
    newcomers = round(count * NEWCOMERS)
    for _ in range(newcomers):
        yield now - timedelta(days=0.1 + (NEWCOMER_DAYS - 0.1) * rng.betavariate(1, 1.7))
    for _ in range(count - newcomers):
        yield now - timedelta(days=NEWCOMER_DAYS + (DAYS_BACK - NEWCOMER_DAYS) * rng.betavariate(1.1, 1.6))


def _person(
    rng: Random, companies: Sequence[Company], numbers: Numbers, taken: set[str], created_at: datetime
) -> Person:
    company = rng.randrange(len(companies)) if rng.random() < 0.86 else None
    country = _country(rng, companies[company].country if company is not None else None)
    place: Place = rng.choice(country.places)
    first, last = rng.choice(country.given), rng.choice(country.family)
    (lifecycle,) = rng.choices(LIFECYCLES, (46, 29, 13, 12))
    newsletter = rng.random() < 0.72
    return Person(
        first_name=first,
        last_name=last,
        email=_address(first, last, companies[company].domain if company is not None else rng.choice(_FREEMAIL), taken),
        phone=numbers.take(place.phones) if rng.random() < 0.55 else None,
        country=country.name,
        time_zone=place.time_zone,
        company=company,
        job=rng.choice(JOBS),
        lifecycle=lifecycle,
        interests=tuple(sorted(rng.sample(INTERESTS, rng.choice((0, 1, 1, 2, 3))))),
        birthday=date(1958, 1, 1) + timedelta(days=rng.randrange(16800)) if rng.random() < 0.4 else None,
        newsletter=newsletter,
        push=rng.random() < 0.25,
        engagement=_engagement(rng, lifecycle),
        rep=_rep(rng, lifecycle),
        tags=tuple(_tags(rng, lifecycle, newsletter=newsletter)),
        created_at=created_at,
    )


def _country(rng: Random, home: Country | None) -> Country:
    """Most people live where their company is."""
    if home is not None and rng.random() < 0.8:
        return home
    known = countries()
    return rng.choices(known, [each.share for each in known])[0]


def _address(first: str, last: str, domain: str, taken: set[str]) -> str:
    local, number = f"{in_ascii(first)}.{in_ascii(last)}", 1
    address = f"{local}@{domain}"
    while address in taken:
        number += 1
        address = f"{local}{number}@{domain}"
    taken.add(address)
    return address


def _engagement(rng: Random, lifecycle: str) -> float:
    return min(0.95, rng.betavariate(1.1, 4.3) * (1.4 if lifecycle in {"Qualified lead", "Customer"} else 1))


def _rep(rng: Random, lifecycle: str) -> int | None:
    """Return the place of the rep whose contact this is, among the three."""
    share = {"Customer": 0.9, "Qualified lead": 0.5, "Lead": 0.08}.get(lifecycle, 0)
    return rng.randrange(3) if rng.random() < share else None


def _tags(rng: Random, lifecycle: str, *, newsletter: bool) -> Iterator[str]:
    if lifecycle == "Customer" and rng.random() < 0.15:
        yield "vip"
    if rng.random() < 0.06:
        yield "partner"
    if rng.random() < 0.1:
        yield "trade fair"
    if newsletter and rng.random() < 0.12:
        yield "webinar"
