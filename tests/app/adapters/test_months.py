from datetime import date

from sqlalchemy import text

from app.adapters import months
from app.adapters.months import Month


def test_there_is_room_for_the_months_to_come(database):
    """Each table gets this month and the next two, once."""
    made = months.make_room(database, date(2031, 11, 30))
    assert [each.name for each in made if each.table == "event"] == ["event_2031_11", "event_2031_12", "event_2032_01"]
    assert {each.table for each in made} == set(months.BY_MONTH)
    assert months.make_room(database, date(2031, 11, 1)) == []


def test_a_row_lies_in_the_part_of_its_month(database):
    """Rows of a month with a part go there, all others to the default part, and both are found in the whole."""
    months.make_room(database, date(2031, 11, 30))
    log(database, "2031-12-31T23:59:59Z", "2040-01-01T00:00:00Z")
    parts = database.scalars(text("SELECT tableoid::regclass::text FROM event ORDER BY received_at")).all()
    assert parts == ["event_2031_12", "event_default"]


def test_months_that_have_strays_already_are_left_alone(database):
    """Rows that came before there was room stay where they are; no part is made that would exclude them."""
    log(database, "2040-01-15T00:00:00Z")
    made = {each.name for each in months.make_room(database, date(2040, 1, 1))}
    assert "event_2040_01" not in made
    assert "event_2040_02" in made


def test_old_months_are_taken_away_whole(database):
    """What ended before the first month that is kept is gone, with its rows; later months stay."""
    months.make_room(database, date(2031, 11, 30))
    log(database, "2031-11-30T23:59:59Z", "2031-12-01T00:00:00Z")
    gone = months.take_away(database, date(2031, 12, 1), ["event"])
    assert gone[-1] == Month("event", date(2031, 11, 1))
    assert {each.table for each in gone} == {"event"}
    assert database.scalars(text("SELECT tableoid::regclass::text FROM event")).all() == ["event_2031_12"]


def log(database, *received_at):
    for at in received_at:
        statement = text("INSERT INTO event (contact_id, type_id, at, received_at) VALUES (1, 1, now(), :at)")
        database.execute(statement, {"at": at})
