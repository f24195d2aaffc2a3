import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, faults, person, registry, says

CAMPAIGNS = {"event_filter": {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]}}
FRANCE = {"contact_filter": {"all": [{"attribute": "COUNTRY", "op": "eq", "value": "France"}]}}


@pytest.mark.row("C5")
@pytest.mark.parametrize(("kind", "starts"), [("campaign", True), ("transactional", False), ("automation", False)])
def test_an_event_filter_lets_matching_events_start_it(kind: str, starts: bool):
    """Only opens of campaign emails start the automation when the event filter says so."""
    assert accepts("email_opened", CAMPAIGNS, event(message_kind=kind)) is starts


@pytest.mark.row("C6")
@pytest.mark.parametrize(("country", "enters"), [("France", True), ("france", True), ("Spain", False), (None, False)])
def test_a_contact_filter_lets_matching_contacts_enter(country: str | None, enters: bool):
    """Only contacts in France enter when the contact filter says so, whatever the event."""
    assert accepts("email_opened", FRANCE, event(), person(COUNTRY=country)) is enters


@pytest.mark.row("C7")
@pytest.mark.parametrize(
    ("kind", "country", "enters"),
    [("campaign", "France", True), ("campaign", "Spain", False), ("transactional", "France", False)],
)
def test_with_both_filters_both_must_hold(kind: str, country: str, enters: bool):
    """The right event of the wrong contact does not enter, nor the wrong event of the right contact."""
    assert accepts("email_opened", CAMPAIGNS | FRANCE, event(message_kind=kind), person(COUNTRY=country)) is enters


@pytest.mark.row("C7")
def test_without_filters_every_such_event_enters():
    """No filter, or one that asks nothing, lets everyone in."""
    assert accepts("email_opened", {}, event())
    assert accepts("email_opened", {"event_filter": {"all": []}, "contact_filter": None}, event())


def test_it_listens_to_opens():
    """Its topic is the event of its own name."""
    assert registry()["email_opened"].topic({}) == Topic("email_opened")


def test_each_filter_keeps_to_its_own():
    """The contact's data cannot be asked in the event filter, nor the event's in the contact filter."""
    assert faults("email_opened", {"event_filter": FRANCE["contact_filter"]}) == [
        ("event_filter.all[0].attribute", "contact_not_here")
    ]
    assert faults("email_opened", {"contact_filter": CAMPAIGNS["event_filter"]}) == [
        ("contact_filter.all[0].event", "event_not_here")
    ]


def test_a_kind_of_message_that_does_not_exist_is_a_fault():
    """Event filters offer the three kinds of message, and no other."""
    filter_ = {"all": [{"event": "message_kind", "op": "eq", "value": "fax"}]}
    assert faults("email_opened", {"event_filter": filter_}) == [("event_filter.all[0].value", "unknown_option")]


def test_its_sentence_names_both_filters():
    """Both filters are read out, each in its place."""
    assert says("email_opened", CAMPAIGNS | FRANCE) == (
        "Email opened (kind of message is campaign), if COUNTRY is France",
        "E-mail ouvert (type de message est campagne), si COUNTRY est France",
        "Письмо открыто (вид сообщения — рассылка), если COUNTRY — France",
    )
