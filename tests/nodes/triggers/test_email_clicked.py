import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, registry


@pytest.mark.row("C21")
@pytest.mark.parametrize(("link", "starts"), [("https://a.example/Pricing?x", True), ("https://a.example/blog", False)])
def test_the_link_can_be_asked(link: str, starts: bool):
    """Only clicks on links that contain the text start the automation, case aside."""
    config = {"event_filter": {"all": [{"event": "link", "op": "contains", "value": "/pricing"}]}}
    assert accepts("email_clicked", config, event("email_clicked", link=link)) is starts


def test_an_event_without_that_data_does_not_start_it():
    """What the event does not tell does not match."""
    config = {"event_filter": {"all": [{"event": "link", "op": "contains", "value": "/pricing"}]}}
    assert not accepts("email_clicked", config, event("email_clicked"))


def test_it_listens_to_its_own_event():
    """Its topic is the event of its own name."""
    assert registry()["email_clicked"].topic({}) == Topic("email_clicked")
