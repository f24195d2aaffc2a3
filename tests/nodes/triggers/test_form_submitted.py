import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, registry


@pytest.mark.row("C21")
@pytest.mark.parametrize(("form", "starts"), [("demo-request", True), ("newsletter", False)])
def test_the_form_can_be_asked(form: str, starts: bool):
    """Only that form starts the automation."""
    config = {"event_filter": {"all": [{"event": "form", "op": "eq", "value": "demo-request"}]}}
    assert accepts("form_submitted", config, event("form_submitted", form=form)) is starts


def test_an_event_without_that_data_does_not_start_it():
    """What the event does not tell does not match."""
    config = {"event_filter": {"all": [{"event": "form", "op": "eq", "value": "demo-request"}]}}
    assert not accepts("form_submitted", config, event("form_submitted"))


def test_it_listens_to_its_own_event():
    """Its topic is the event of its own name."""
    assert registry()["form_submitted"].topic({}) == Topic("form_submitted")
