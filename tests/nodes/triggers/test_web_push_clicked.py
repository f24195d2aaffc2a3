import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, registry


@pytest.mark.row("C21")
@pytest.mark.parametrize(("campaign", "starts"), [("spring", True), ("Summer", False)])
def test_the_campaign_can_be_asked(campaign: str, starts: bool):
    """Only clicks on the push of that campaign start the automation."""
    config = {"event_filter": {"all": [{"event": "campaign", "op": "eq", "value": "Spring"}]}}
    assert accepts("web_push_clicked", config, event("web_push_clicked", campaign=campaign)) is starts


def test_an_event_without_that_data_does_not_start_it():
    """What the event does not tell does not match."""
    config = {"event_filter": {"all": [{"event": "campaign", "op": "eq", "value": "Spring"}]}}
    assert not accepts("web_push_clicked", config, event("web_push_clicked"))


def test_it_listens_to_its_own_event():
    """Its topic is the event of its own name."""
    assert registry()["web_push_clicked"].topic({}) == Topic("web_push_clicked")
