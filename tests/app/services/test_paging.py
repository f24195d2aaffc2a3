import base64
import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.errors import Invalid
from app.models import Contact, Deal
from app.services.paging import Order, Paging, page
from tests.factories.sales import make_deal

BY_AMOUNT = [Order(Deal.amount), Order(Deal.id)]
BY_AMOUNT_DOWN = [Order(Deal.amount, descending=True), Order(Deal.id)]


@pytest.fixture
def deals(database: Session) -> list[int]:
    return [make_deal(amount=amount).id for amount in (3, None, 1, 3, None, 2.5)]


def walk(session: Session, order: list[Order], size: int) -> list[int]:
    found: list[int] = []
    cursor = None
    while True:
        some = page(session, select(Deal.id), order, Paging(cursor, size))
        found += some.items
        cursor = some.next_cursor
        if cursor is None:
            return found


@pytest.mark.parametrize("size", [1, 2, 4, 6, 200])
def test_every_row_comes_once(database: Session, deals: list[int], size: int) -> None:
    """Equal and empty values split over pages lose nothing and repeat nothing; empty ones come last either way."""
    a, b, c, d, e, f = deals
    assert walk(database, BY_AMOUNT, size) == [c, f, a, d, b, e]
    assert walk(database, BY_AMOUNT_DOWN, size) == [a, d, f, c, b, e]


@pytest.mark.parametrize("descending", [True, False])
def test_the_newest_contacts_are_read_from_an_index(database: Session, descending: bool) -> None:
    """The first page of a million contacts takes as long as that of a hundred: nothing is sorted."""
    database.execute(text("SET LOCAL enable_seqscan = off"))
    order = [Order(each, descending).clause() for each in (Contact.created_at, Contact.id)]
    query = select(Contact.id).order_by(*order)
    plan = "\n".join(database.scalars(text(f"EXPLAIN {query} LIMIT 50")))
    assert "ix_contact_created_at_id" in plan
    assert "Sort" not in plan


def test_a_page_survives_deletions(database: Session, deals: list[int]) -> None:
    """The next page begins behind the last row seen, even if that row is gone by then."""
    first = page(database, select(Deal.id), [Order(Deal.id)], Paging(None, 2))
    database.delete(database.get_one(Deal, deals[1]))
    database.flush()
    assert page(database, select(Deal.id), [Order(Deal.id)], Paging(first.next_cursor, 2)).items == deals[2:4]


def test_the_total_is_of_all_pages(database: Session, deals: list[int]) -> None:
    """Counting ignores the page."""
    assert page(database, select(Deal), [Order(Deal.id)], Paging(None, 2), count=True).total == 6


def test_moments_are_kept_exactly(database: Session, deals: list[int]) -> None:
    """Rows of one and the same microsecond are told apart by their number."""
    assert walk(database, [Order(Deal.created_at, descending=True), Order(Deal.id)], 2) == deals


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "[]",
        encoded([]),
        encoded([1]),
        encoded([1.5, "2"]),
        encoded([True, 1]),
        encoded({"a": 1}),
        "[" * 99,
    ],
)
def test_a_made_up_cursor_is_refused(database: Session, cursor: str) -> None:
    """Whatever is no cursor of this list is refused by name, before it reaches the database."""
    with pytest.raises(Invalid) as refused:
        page(database, select(Deal.id), BY_AMOUNT, Paging(cursor))
    assert refused.value.problems[0].field == "cursor"
