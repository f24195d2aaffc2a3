from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from app.adapters.bulk import copy_lines, moment_cell, text_cell
from app.models import Notification, Tag
from tests.factories.users import make_user


@pytest.mark.parametrize(
    "name", ["plain", "back\\slash", "\\N", "\\.", "a\tb", "two\nlines\r", "\\\t\\n", "ü — 😀", "\u2028"]
)
def test_a_text_arrives_as_it_was(database, name):
    """COPY has signs of its own; none of them is taken for one in a text."""
    copy_lines(database, Tag, ["name"], [f"{text_cell(name)}\n"])

    assert database.scalars(select(Tag.name)).all() == [name]


def test_a_moment_arrives_as_it_was_and_nothing_as_nothing(database):
    """To the microsecond, whatever its offset; None is NULL."""
    user = make_user()
    moment = datetime(2026, 2, 28, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=-7)))
    lines = [f"{user.id}\tHello\t\t{moment_cell(moment)}\t{moment_cell(None)}\n"]

    copy_lines(database, Notification, ["user_id", "title", "body", "created_at", "read_at"], lines)

    created_at, read_at = database.execute(select(Notification.created_at, Notification.read_at)).one()
    assert (created_at, read_at) == (moment.astimezone(UTC), None)
