from nodes.world import Topic
from tests.support.steps import accepts, event, person, registry


def test_it_listens_to_new_contacts():
    """Its topic is the creation of a contact."""
    assert registry()["contact_created"].topic({}) == Topic("contact_created")


def test_only_contacts_of_the_filter_enter():
    """The contact filter judges the contact as it was created."""
    config = {"contact_filter": {"all": [{"field": "email", "op": "ends_with", "value": "@example.com"}]}}
    assert accepts("contact_created", config, event("contact_created"), person(email="ann@EXAMPLE.com"))
    assert not accepts("contact_created", config, event("contact_created"), person(email=None))


def test_where_it_came_from_can_be_asked():
    """The event filter tells imports from contacts that a program made."""
    config = {"event_filter": {"all": [{"event": "source", "op": "eq", "value": "import"}]}}
    assert accepts("contact_created", config, event("contact_created", source="import"))
    assert not accepts("contact_created", config, event("contact_created", source="program"))
