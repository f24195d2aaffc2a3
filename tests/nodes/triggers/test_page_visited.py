import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, registry


@pytest.mark.row("C21")
@pytest.mark.parametrize(("page", "starts"), [("https://shop.example/cart", True), ("https://blog.example/", False)])
def test_the_page_can_be_asked(page: str, starts: bool):
    """Only visits of pages that begin so start the automation."""
    config = {"event_filter": {"all": [{"event": "page", "op": "starts_with", "value": "https://shop.example/"}]}}
    assert accepts("page_visited", config, event("page_visited", page=page)) is starts


def test_an_event_without_that_data_does_not_start_it():
    """What the event does not tell does not match."""
    config = {"event_filter": {"all": [{"event": "page", "op": "starts_with", "value": "https://shop.example/"}]}}
    assert not accepts("page_visited", config, event("page_visited"))


def test_it_listens_to_its_own_event():
    """Its topic is the event of its own name."""
    assert registry()["page_visited"].topic({}) == Topic("page_visited")
