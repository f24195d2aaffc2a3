"""What contacts are interested in, as texts name it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.templates import render
from app.services import workspace
from nodes.fields.templates import reads_of
from tests.factories.automations import happens
from tests.factories.contacts import make_contact

WORDS = "{{ contact.interest | default('nothing') }}, {{ contact.latest_interest }}"


@pytest.mark.row("E3")
def test_a_text_names_what_was_viewed_most_and_last(database: Session):
    """Of each contact by itself; who viewed nothing of a category has no interest."""
    workspace.setup()
    maria, nobody = make_contact(email="maria@example.com"), make_contact(email="nobody@example.com")
    for category in ("Shoes", "Hats", "Shoes", "Bags", 7, None):
        told = {} if category is None else {"category": category}
        happens("page_visited", "maria@example.com", **told)
    found = load_contacts(database, [maria, nobody], reads_of(WORDS), load_catalog(), datetime.now(UTC))
    assert [render(WORDS, found[each]) for each in (maria, nobody)] == ["Shoes, Bags", "nothing, "]


def test_nothing_is_looked_up_for_a_text_that_does_not_ask():
    """Interests cost a statement, so only who names them pays for it."""
    assert reads_of("{{ contact.interest }}").interests
    assert not reads_of("{{ contact.FIRSTNAME }}").interests
