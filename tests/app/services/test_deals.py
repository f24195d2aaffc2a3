from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import Invalid, NotFound
from app.services import deals
from app.services.paging import Paging
from tests.factories.contacts import make_contact
from tests.factories.sales import make_deal, make_pipeline
from tests.factories.users import make_user


@pytest.fixture(autouse=True)
def _database(database: Session) -> None:
    """Every test here writes."""


def names(sort: str = "name", **filters: Any) -> list[str]:
    return [deal.name for deal in deals.some(filters, sort, Paging()).items]  # type: ignore[arg-type] # as tests write it


def test_a_deal_begins_at_the_beginning() -> None:
    """Without a place it stands at the first stage of the default pipeline, open."""
    deal = make_deal("Big one", amount=12.5)
    assert (deal.pipeline.name, deal.stage.name, deal.status, deal.amount) == ("Sales", "New", "open", 12.5)
    assert deal.closed_at is None


def test_a_deal_names_everybody() -> None:
    """Owner, contacts and their names come with it."""
    owner, maria = make_user("rep"), make_contact(FIRSTNAME="Maria")
    deal = deals.create({"name": "A", "owner_id": owner.id, "contact_ids": [maria]})
    assert deal.owner == (owner.id, owner.name)
    assert deal.contacts == [(maria, "Maria")]


def test_closing_and_opening_again() -> None:
    """A deal that is not open any more has a day of its end; opened again, it has none."""
    deal = make_deal()
    assert deals.change(deal.id, {"status": "won"}).closed_at is not None
    assert deals.change(deal.id, {"status": "open"}).closed_at is None


def test_another_pipeline_means_its_first_stage() -> None:
    """Moving a deal over without naming a stage puts it at that pipeline's beginning."""
    other = make_pipeline()
    moved = deals.change(make_deal().id, {"pipeline_id": other.id})
    assert (moved.pipeline.id, moved.stage) == (other.id, other.stages[0])


def test_changing_leaves_the_rest() -> None:
    """Only what is named changes; contacts are replaced as a whole."""
    maria, paul = make_contact(), make_contact()
    deal = make_deal("A", maria, amount=5)
    changed = deals.change(deal.id, {"contact_ids": [paul], "amount": None})
    assert (changed.name, changed.amount, [each.id for each in changed.contacts]) == ("A", None, [paul])


@pytest.mark.parametrize(
    ("field", "value"),
    [("owner_id", 4242), ("company_id", 4242), ("contact_ids", [4242]), ("pipeline_id", 4242), ("stage_id", 4242)],
)
def test_what_does_not_exist_is_refused(field: str, value: Any) -> None:
    """A reference to nothing is refused by its field's name, and the deal stays as it was."""
    deal = make_deal()
    with pytest.raises(Invalid) as refused:
        deals.change(deal.id, {field: value})  # type: ignore[misc] # the field under test
    assert refused.value.problems[0].field == field
    assert deals.get(deal.id) == deal


def test_deals_are_filtered_and_sorted() -> None:
    """By status, owner, contact and words; by amount, empty ones last."""
    owner, maria = make_user("rep"), make_contact()
    deals.create({"name": "Alpha", "amount": 2, "owner_id": owner.id})
    deals.create({"name": "beta 100%", "amount": 1, "contact_ids": [maria]})
    deals.change(make_deal("Gamma").id, {"status": "lost"})
    assert names() == ["Alpha", "beta 100%", "Gamma"]
    assert names("-amount") == ["Alpha", "beta 100%", "Gamma"]
    assert (names(status="lost"), names(owner=owner.id), names(contact=maria)) == (["Gamma"], ["Alpha"], ["beta 100%"])
    assert (names(search="0%"), names(search="ALPHA"), names(search="_")) == (["beta 100%"], ["Alpha"], [])


def test_a_deleted_deal_is_gone() -> None:
    """It is found no more, and cannot be deleted twice."""
    deal = make_deal("A", make_contact())
    deals.remove(deal.id)
    for attempt in (deals.get, deals.remove):
        with pytest.raises(NotFound):
            attempt(deal.id)
