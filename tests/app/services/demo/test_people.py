from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.services.demo.geography import Numbers, countries, in_ascii
from app.services.demo.happenings import make_moments
from app.services.demo.people import Person, make_companies, make_people

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def folk(seed: int = 1, now: datetime = NOW) -> list[Person]:
    rng = Random(seed)
    return make_people(rng, 400, make_companies(rng, 40), now)


def test_the_same_seed_makes_the_same_world():
    """People, companies and everything they did come out alike, whenever they are made."""
    people, again = folk(), folk()
    assert people == again
    assert make_moments(Random(2), people, NOW) == make_moments(Random(2), again, NOW)


def test_another_seed_makes_another_world():
    """The seed is what decides."""
    assert folk(1) != folk(2)


def test_the_world_moves_with_the_clock():
    """A day later the same people are there, and everything of theirs is a day later."""
    later = folk(now=NOW + timedelta(days=1))
    assert [each.email for each in later] == [each.email for each in folk()]
    assert [each.created_at - timedelta(days=1) for each in later] == [each.created_at for each in folk()]


def test_nobody_shares_an_address_or_a_number():
    """Contacts are told apart by both."""
    people = folk()
    phones = [each.phone for each in people if each.phone]
    assert len({each.email for each in people}) == len(people)
    assert len(set(phones)) == len(phones) > 0


def test_every_address_belongs_to_nobody():
    """All mail addresses lie in domains that are set aside for examples."""
    domains = {each.email.rpartition("@")[2] for each in folk()}
    assert {".".join(each.split(".")[-2:]) for each in domains} <= {"example.com", "example.net", "example.org"}


def test_every_time_zone_exists():
    """The file of countries names zones that the clock knows."""
    assert all(ZoneInfo(place.time_zone) for country in countries() for place in country.places)


def test_names_of_any_alphabet_become_addresses():
    """Accents go, and other alphabets are spelled out."""
    assert [in_ascii(each) for each in ("Małgorzata", "Yıldız", "Шевченко", "O’Neil")] == [
        *("malgorzata", "yildiz", "shevchenko", "oneil")
    ]


def test_numbers_run_out_quietly():
    """When all numbers of a pattern are given away, people go without one."""
    numbers = Numbers(Random(1))
    assert {numbers.take("+1#") for _ in range(11)} == {*(f"+1{digit}" for digit in range(10)), None}


def test_nothing_happens_before_a_person_is_known_or_after_now():
    """Every event lies between the first moment and now, and no earlier than its person."""
    people = folk()
    happenings = [each for moment in make_moments(Random(2), people, NOW) for each in moment.happenings]
    assert all(people[each.person].created_at - timedelta(minutes=1) < each.at < NOW for each in happenings)
    assert len(happenings) > 500


def test_a_newcomer_is_created_before_anything_else():
    """The first event of whoever came within the last 30 days is their creation."""
    people = folk()
    first: dict[int, str] = {}
    for moment in make_moments(Random(2), people, NOW):
        for each in moment.happenings:
            first.setdefault(each.person, each.name)
    newcomers = [index for index, each in enumerate(people) if each.created_at > NOW - timedelta(days=30)]
    assert {first.get(index, "contact_created") for index in newcomers} == {"contact_created"}
